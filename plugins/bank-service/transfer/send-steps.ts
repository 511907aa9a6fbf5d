import { addMs, days, hours, moneyToDecimal, reply, textMessage, type Content } from '@inthread/sdk'
import { amountOf } from './amount-steps.ts'
import { nobody } from './find-steps.ts'
import type { TransferContext, TransferState, TransferStep, TransferSteps } from './slots.ts'
import { patience } from './who-steps.ts'

/** What the bank's dialogue hands back. Whatever is open stays open until the bank has said how it ended. */
export const sendSteps: TransferSteps<'send'> = {
  send: {
    kind: 'call',
    need: 'transfer',
    operation: 'send',
    input: (context) => {
      const { speed, found } = context.state
      return {
        amount: amountOf(context),
        quote: found?.quote ?? '',
        speed: speed === '2h' || speed === 'nextDay' ? speed : 'realtime',
      }
    },
    on: {
      succeeded: { to: 'remember', set: ({ receipt }) => ({ receipt }) },
      scheduled: {
        to: 'keepDelayed',
        set: ({ receipt, id, executeAt }, { now, state }) => ({
          ...{ receipt, transfer: id },
          executes: executeAt ?? addMs(now, state.speed === '2h' ? hours(2) : days(1)),
        }),
      },
      declined: 'askAfter',
      cancelled: 'sayNotSent',
      expired: 'askAfter',
      unknown: 'sayChecking',
    },
  },
  keepDelayed: { kind: 'write', to: 'delayed', put: describeDelayed, next: 'tellDelayed' },
  // Taking it back is a question of its own: this run waits for the bank meanwhile.
  tellDelayed: { kind: 'emit', event: 'delayed', data: describeDelayed, next: 'settle' },
  sayChecking: { kind: 'say', message: name('checking'), next: 'settle' },
  settle: {
    kind: 'wait',
    need: 'transfer',
    event: 'settled',
    limitMs: hours(56),
    on: {
      happened: {
        to: 'settled',
        set: ({ result, receipt }, { state }) => ({ result, receipt: receipt ?? state.receipt }),
      },
      limit: 'sayStillOpen',
    },
  },
  settled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayArrived' }],
    otherwise: 'readDelayed',
  },
  // What the user has taken back was told to them when they did.
  readDelayed: {
    kind: 'read',
    from: 'delayed',
    by: 'key',
    key: ({ state }) => state.transfer ?? 'none',
    on: {
      found: { to: 'wasWithdrawn', set: ([delayed]) => ({ withdrawn: delayed.withdrawn }) },
      none: 'sayFailed',
    },
  },
}

export const endSteps: TransferSteps<'end'> = {
  wasWithdrawn: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.withdrawn === true, to: 'end' }],
    otherwise: 'sayFailed',
  },
  askAfter: {
    kind: 'ask',
    slot: 'after',
    prompt: ({ t }) =>
      textMessage(t('askAfter'), [
        ...[reply(t('checkAgain'), 'check' as const), reply(t('otherAmount'), 'amount' as const)],
        reply(t('stop'), 'stop' as const),
      ]),
    ...patience,
    next: { to: 'after', set: restart },
  },
  after: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.who === undefined, to: 'sayNotSent' }],
    otherwise: 'lookup',
  },
  sayArrived: { kind: 'say', message: name('arrived'), next: 'remember' },
  sayFailed: { kind: 'say', message: name('failed'), next: 'end' },
  sayStillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
  remember: {
    kind: 'run',
    flow: 'remember',
    input: ({ input, state: { who, found } }) => {
      const nick = who?.nick ?? input.nick?.slice(0, 12)
      return {
        ...{ phone: who?.phone ?? '', name: found?.name ?? '', bank: found?.bankId ?? '' },
        ...(nick === undefined ? {} : { nick }),
      }
    },
    on: { done: 'waitReturn' },
  },
  // The payee's bank may still send it back on the next day.
  waitReturn: {
    kind: 'wait',
    need: 'transfer',
    event: 'changed',
    limitMs: days(2),
    on: { happened: { to: 'changed', set: ({ state }) => ({ change: state }) }, limit: 'end' },
  },
  changed: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.change === 'returned', to: 'sayReturned' }],
    otherwise: 'waitReturn',
  },
  sayReturned: { kind: 'say', message: name('returned'), next: 'end' },
  sayNotSent: { kind: 'say', message: ({ t }) => textMessage(t('notSent')), next: 'end' },
  sayQuiet: { kind: 'say', message: ({ t }) => textMessage(t('quiet')), next: 'end' },
  sayUnreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
  sayNotLinked: { kind: 'say', message: ({ t }) => textMessage(t('notLinked')), next: 'end' },
  sayCannotLook: { kind: 'say', message: ({ t }) => textMessage(t('cannotLook')), next: 'end' },
  end: { kind: 'end' },
} satisfies Readonly<Record<string, TransferStep>>

/** The payee is looked up anew in any case: what the bank promised has been used, or may be over. */
function restart(after: NonNullable<TransferState['after']>): Partial<TransferState> {
  const anew = { after: undefined, speed: undefined, found: undefined, isThem: undefined }
  if (after === 'stop') return nobody
  return after === 'check' ? anew : { ...anew, said: undefined, amount: undefined }
}

function describeDelayed(context: TransferContext) {
  const { transfer = '', found, executes = context.now } = context.state
  return {
    transfer,
    amount: moneyToDecimal(amountOf(context)),
    name: found?.name ?? '',
    until: executes,
    withdrawn: false,
  }
}

function name(text: 'checking' | 'arrived' | 'failed' | 'returned'): (context: TransferContext) => Content {
  return (context) => {
    const { t, state } = context
    const about = { amount: amountOf(context), name: state.found?.name ?? '' }
    return textMessage(text === 'arrived' ? t(text, { ...about, receipt: state.receipt ?? '' }) : t(text, about))
  }
}
