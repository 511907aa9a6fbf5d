import { cardMessage, formatDay, formatMoney, hours, reply, textMessage, type Content } from '@inthread/sdk'
import { amountOf, dropAmount, leftOf, type BillContext, type BillStep, type PayNames } from './bill-slots.ts'
import { toRows } from '../cards.ts'
import { patience } from '../patience.ts'
import { readGoOn } from '../words/read-answer.ts'

/** Paying a bill, all of it or the least: what it comes to today, what is left of it, and the result. */
export const billPaySteps: Readonly<Record<PayNames, BillStep>> = {
  price: {
    kind: 'call',
    need: 'loan',
    operation: 'billPayoff',
    input: ({ state }) => ({
      bill: state.bill?.id ?? '-',
      kind: state.act === 'minimum' ? ('minimum' as const) : ('full' as const),
    }),
    on: {
      quoted: { to: 'askPay', set: ({ id, amount, facts }) => ({ quote: id, pays: amount, rows: facts }) },
      not_possible: 'changed',
      declined: 'unreachable',
      unknown: 'unreachable',
    },
  },
  askPay: { kind: 'ask', slot: 'goes', prompt: payCard, read: readGoOn, ...patience, next: 'payChosen' },
  payChosen: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.goes === 'yes', to: 'pay' }],
    otherwise: 'notPaid',
  },
  pay: {
    kind: 'call',
    need: 'loan',
    operation: 'repayBill',
    input: ({ state }) => ({ quote: state.quote ?? '-' }),
    on: {
      succeeded: 'isPaid',
      // The bank's card has said that it has taken it.
      processing: 'payWait',
      declined: 'notPaid',
      cancelled: 'notPaid',
      expired: 'notPaid',
      unknown: 'payChecking',
    },
  },
  payChecking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'payWait' },
  payWait: {
    kind: 'wait',
    need: 'loan',
    event: 'settled',
    limitMs: hours(30),
    on: { happened: { to: 'paySettled', set: ({ result }) => ({ result }) }, limit: 'end' },
  },
  paySettled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.result === 'succeeded', to: 'isPaid' }],
    otherwise: 'notPaid',
  },
  isPaid: {
    kind: 'branch',
    when: [{ is: ({ state }) => leftOf(state, state.pays).amountMinor === 0n, to: 'paidFull' }],
    otherwise: 'paidPart',
  },
  paidFull: { kind: 'say', message: ({ t }) => textMessage(t('billPaid')), next: 'end' },
  paidPart: { kind: 'say', message: sayLeft, next: 'end' },
  notPaid: { kind: 'say', message: ({ t }) => textMessage(t('billNotPaid')), next: 'end' },
  changed: { kind: 'say', message: ({ t }) => textMessage(t('billChanged')), next: 'end' },
}

function payCard({ t, locale, state }: BillContext): Content<'yes' | 'no'> {
  const amount = state.pays ?? amountOf(state)
  const left = leftOf(state, amount)
  const { row1, row2, row3 } = toRows(dropAmount(state.rows ?? [], amount).slice(0, 3), locale)
  return cardMessage({
    title: t('quoted', { amount }),
    description: t('billQuote', { row1, row2, row3, left: left.amountMinor === 0n ? '' : formatMoney(left) }),
    suggestions: [reply(t('goOn'), 'yes' as const), reply(t('notNow'), 'no' as const)],
  })
}

function sayLeft({ t, locale, state }: BillContext): Content {
  const amount = state.pays ?? amountOf(state)
  const due = state.bill ? formatDay(state.bill.dueOn, locale) : ''
  return textMessage(t('billPaidPart', { amount, left: leftOf(state, amount), due }))
}
