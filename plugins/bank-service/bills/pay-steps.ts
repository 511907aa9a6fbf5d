import { cardMessage, formatMoney, hours, money, reply, textMessage, type Content } from '@inthread/sdk'
import { nameOf, patience } from './find-steps.ts'
import type { BillContext, BillState, BillStep, EndNames, PayNames } from './slots.ts'
import { writePeriod } from './write-period.ts'

type Bill = NonNullable<BillState['bill']>

function billOf({ state: { bill } }: BillContext): Bill {
  if (!bill) throw new TypeError('a bill is found before it is spoken of')
  return bill
}

/** The money has left the account: if it comes to nothing, it comes back. */
export const debited = { to: 'sayChecking', set: (): Partial<BillState> => ({ debited: true }) } as const
const askAnew = (): Partial<BillState> => ({ retry: undefined })

/** What is owed is shown as the bank quoted it; whoever paid it within a day is asked first. */
export const paySteps: Readonly<Record<PayNames, BillStep>> = {
  wasPaid: {
    kind: 'branch',
    when: [
      { is: ({ state: { bill } }) => bill === undefined, to: 'sayNoBill' },
      { is: ({ state: { bill } }) => bill?.paidAt !== undefined, to: 'askAgain' },
    ],
    otherwise: 'askBill',
  },
  askAgain: {
    kind: 'ask',
    slot: 'again',
    prompt: (context) => {
      const { amount, paidAt = context.now } = billOf(context)
      const { t } = context
      const ask = t('paidAlready', { amount, at: paidAt })
      return textMessage(ask, [reply(t('notNow'), false), reply(t('payAgain'), true)])
    },
    ...patience,
    next: 'again',
  },
  again: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.again === true, to: 'askBill' }],
    otherwise: 'sayNotAgain',
  },
  sayNotAgain: { kind: 'say', message: ({ t }) => textMessage(t('notPaidAgain')), next: 'end' },
  askBill: {
    kind: 'ask',
    slot: 'answer',
    prompt: (context) => {
      const { amount, account, period, lateFee } = billOf(context)
      const { t, locale } = context
      const late = /^\d+$/.test(lateFee) && lateFee !== '0' ? formatMoney(money(BigInt(lateFee), amount.currency)) : ''
      return cardMessage({
        title: t('billTitle', { biller: nameOf(context), amount }),
        description: t('billBody', { account, period: writePeriod(period, locale), late }),
        suggestions: [reply(t('payBill'), 'pay'), reply(t('notNow'), 'no')],
      })
    },
    ...patience,
    next: 'decided',
  },
  decided: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.answer === 'pay', to: 'pay' }],
    otherwise: 'sayNotPaid',
  },
  pay: {
    kind: 'call',
    need: 'bills',
    operation: 'pay',
    input: ({ state: { bill, again } }) => ({ quote: bill?.id ?? '', ...(again === true ? { again } : {}) }),
    on: {
      succeeded: 'keepMeter',
      checking: debited,
      declined: { to: 'askRetry', set: askAnew },
      cancelled: 'sayNotPaid',
      expired: { to: 'askRetry', set: askAnew },
      unknown: 'sayChecking',
    },
  },
  keepMeter: {
    kind: 'write',
    to: 'meters',
    put: ({ state: { biller, meter = '' } }) => ({
      ...{ id: `${biller?.id ?? ''} ${meter}`, biller: biller?.id ?? '', account: meter },
    }),
    next: 'saySettled',
  },
  askRetry: {
    kind: 'ask',
    slot: 'retry',
    prompt: ({ t }) => textMessage(t('billRetry'), [reply(t('queryAgain'), 'query'), reply(t('notNow'), 'no')]),
    ...patience,
    next: 'retry',
  },
  retry: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.retry === 'no', to: 'sayQuiet' },
      { is: ({ state }) => state.quote !== undefined, to: 'askCredit' },
    ],
    otherwise: 'query',
  },
}

const say = (message: (context: BillContext) => Content): BillStep => ({ kind: 'say', message, next: 'end' })

function about(context: BillContext): { biller: string; amount: NonNullable<BillState['amount']> } {
  const { bill, amount = money('0', 'CNY') } = context.state
  return { biller: nameOf(context), amount: bill?.amount ?? amount }
}

/** What was debited stays "being checked" until the biller, or the bank's file of the next day, has spoken. */
export const endSteps: Readonly<Record<EndNames, BillStep>> = {
  sayChecking: {
    kind: 'say',
    message: (context) => textMessage(context.t('billChecking', about(context))),
    next: 'settle',
  },
  settle: {
    kind: 'wait',
    need: 'bills',
    event: 'settled',
    limitMs: hours(56),
    on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'sayOpen' },
  },
  settled: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.result !== 'succeeded', to: 'wasDebited' },
      { is: ({ state }) => state.bill !== undefined, to: 'keepMeter' },
    ],
    otherwise: 'saySettled',
  },
  // An order of which nobody knew may never have been debited: only what was is said to be back.
  wasDebited: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.debited === true, to: 'sayReturned' }],
    otherwise: 'sayFell',
  },
  saySettled: say((context) => {
    const { t, state } = context
    const { biller, amount } = about(context)
    return textMessage(
      state.quote ? t('credited', { phone: state.quote.phone, amount }) : t('billSettled', { biller, amount }),
    )
  }),
  sayReturned: say((context) => textMessage(context.t('billReturned', about(context)))),
  sayFell: say((context) => textMessage(context.t('billFell', about(context)))),
  sayOpen: say(({ t }) => textMessage(t('billOpen'))),
  sayNotPaid: say(({ t }) => textMessage(t('billNotPaid'))),
  sayQuiet: say(({ t }) => textMessage(t('quiet'))),
  sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
  sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
  sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
  sayNotPossible: say(({ t }) => textMessage(t('notPossible'))),
  end: { kind: 'end' },
}
