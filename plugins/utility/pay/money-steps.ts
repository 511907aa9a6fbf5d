import { addMs, days, minutes, seconds, textMessage } from '@inthread/sdk'
import {
  againQuestion,
  amountText,
  billQuestion,
  checkingNote,
  debitedNote,
  givenBackNote,
  movedNote,
  notPaidNote,
  paidNote,
  purposeOf,
  retryQuestion,
} from './messages.ts'
import { getBill, type Bill, type MoneyStep, type PayContext, type PayState, type PayStep } from './slots.ts'

/** A bill that is about to run out is asked for anew before anybody confirms it. */
const freshMs = seconds(30)
const patience = { timeout: { afterMs: minutes(15), to: 'sayLater' }, giveUp: 'sayLater' } as const

/** From the bill to the biller's word that it is settled. What is not known is never paid again. */
export const moneySteps: Readonly<Record<MoneyStep, PayStep>> = {
  judge: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.bill === undefined, to: 'sayNothingOwed' },
      { is: (context) => isMoved(context), to: 'sayMoved' },
      { is: ({ state }) => getBill(state).paidAt !== undefined, to: 'askAgain' },
    ],
    otherwise: 'show',
  },
  sayMoved: { kind: 'say', message: movedNote, next: 'show' },
  show: {
    kind: 'ask',
    slot: 'decision',
    prompt: billQuestion,
    read: (words) => readDecision(words, 'pay'),
    ...patience,
    next: { to: 'decided', set: (_decision, context) => ({ shown: amountText(context) }) },
  },
  askAgain: {
    kind: 'ask',
    slot: 'decision',
    prompt: againQuestion,
    read: (words) => readDecision(words, 'again'),
    ...patience,
    next: { to: 'decided', set: (_decision, context) => ({ shown: amountText(context) }) },
  },
  decided: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.decision === 'no', to: 'sayLater' },
      { is: ({ state, now }) => addMs(now, freshMs) >= getBill(state).expiresAt, to: 'queryAgain' },
    ],
    otherwise: 'pay',
  },
  queryAgain: {
    kind: 'call',
    need: 'bills',
    operation: 'query',
    input: ({ state }) => ({ biller: state.biller ?? '', account: state.number ?? '' }),
    on: {
      found: { to: 'moved', set: ({ bills }, context) => takeFresh(bills, context) },
      none: 'sayNothingOwed',
      not_an_account: 'sayNoAnswer',
      declined: 'sayNoAnswer',
      unknown: 'sayNoAnswer',
    },
  },
  moved: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.bill === undefined || state.decision === undefined, to: 'judge' }],
    otherwise: 'pay',
  },
  pay: {
    kind: 'call',
    need: 'bills',
    operation: 'pay',
    input: (context) => ({
      quote: getBill(context.state).id,
      ...(context.state.decision === 'again' ? { again: true } : {}),
      purpose: purposeOf(context),
    }),
    on: {
      succeeded: { to: 'keep', set: ({ receipt }) => ({ receipt }) },
      checking: { to: 'sayDebited', set: ({ receipt }) => ({ receipt, debited: true }) },
      declined: { to: 'notPaid', set: ({ reason }) => ({ reason, retry: undefined }) },
      cancelled: { to: 'notPaid', set: () => ({ reason: 'cancelled' }) },
      expired: { to: 'notPaid', set: () => ({ reason: 'expired' }) },
      unknown: 'sayChecking',
    },
  },
  sayDebited: { kind: 'say', message: debitedNote, next: 'wait' },
  sayChecking: { kind: 'say', message: checkingNote, next: 'wait' },
  wait: {
    kind: 'wait',
    need: 'bills',
    event: 'settled',
    // The biller's file of the next day decides at the latest; after a week of silence it is a case for people.
    limitMs: days(7),
    on: {
      happened: {
        to: 'settled',
        set: ({ result, receipt, reason }, { state }) => ({
          paid: result === 'succeeded',
          receipt: receipt ?? state.receipt,
          reason,
          retry: undefined,
        }),
      },
      limit: 'sayStillOpen',
    },
  },
  sayStillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
  settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'keep' }], otherwise: 'notPaid' },
  keep: {
    kind: 'write',
    to: 'accounts',
    put: ({ state: { biller = '', number = '' }, now }) => ({ id: `${biller} ${number}`, biller, number, paidAt: now }),
    next: 'sayPaid',
  },
  sayPaid: { kind: 'say', message: paidNote, next: 'end' },
  notPaid: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.debited === true, to: 'sayGivenBack' },
      { is: ({ state }) => state.reason === 'insufficient_funds', to: 'askRetry' },
    ],
    otherwise: 'sayNotPaid',
  },
  askRetry: { kind: 'ask', slot: 'retry', prompt: retryQuestion, ...patience, next: 'retried' },
  // What it costs may have changed with the time that passed: it is looked up again.
  retried: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.retry === 'again', to: 'queryAgain' }],
    otherwise: 'sayLater',
  },
  sayGivenBack: { kind: 'say', message: givenBackNote, next: 'end' },
  sayNotPaid: { kind: 'say', message: notPaidNote, next: 'end' },
}

/** Another amount than the user has seen is shown before it is paid. */
function isMoved(context: PayContext): boolean {
  return context.state.shown !== undefined && context.state.shown !== amountText(context)
}

function takeFresh(bills: readonly Bill[], { state }: PayContext): Partial<PayState> {
  const bill = bills.find(({ period }) => period === state.bill?.period) ?? bills[0]
  const same = bill !== undefined && amountText({ state: { ...state, bill } }) === state.shown
  return { bill, decision: same ? state.decision : undefined }
}

const yes = new Set(['缴', '缴费', '付', '支付', '是', '好', '好的', 'pay', 'yes', 'ok'])
const no = new Set(['不', '不缴', '稍后', '不用', '算了', 'no', 'later', 'not now'])

function readDecision<Y extends 'pay' | 'again'>(words: string, wish: Y): Y | 'no' | undefined {
  const said = words.trim().toLowerCase()
  if (no.has(said)) return 'no'
  // Paying once more takes more than a yes in passing.
  return wish === 'pay' && yes.has(said) ? wish : undefined
}
