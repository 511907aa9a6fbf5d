import { cardMessage, defineFlow, formatDay, formatMoney, hours, reply, textMessage, type Content } from '@inthread/sdk'
import { billPaySteps } from './bill-pay-steps.ts'
import {
  amountOf,
  billInput,
  billSlots,
  dropAmount,
  isNews,
  leftOf,
  minimumOf,
  readChoice,
  type BillContext,
  type BillStep,
  type PartNames,
} from './bill-slots.ts'
import { toRows, toTitleRate } from '../cards.ts'
import { contract } from '../contract.ts'
import { patience } from '../patience.ts'
import { readGoOn } from '../words/read-answer.ts'

/** Twelve parts of a bill: each, the whole cost, and the rate by the year before anything. */
const partSteps: Readonly<Record<PartNames, BillStep>> = {
  offer: {
    kind: 'call',
    need: 'parts',
    operation: 'offer',
    input: ({ state }) => ({ product: 'bill-instalments', periods: 12, bill: state.bill?.id ?? '-' }),
    on: {
      offered: {
        to: 'confirm',
        set: ({ id, headline, facts }) => ({ quote: id, rate: headline ?? '', rows: facts }),
      },
      not_offered: 'noPlan',
      declined: 'unreachable',
      unknown: 'unreachable',
    },
  },
  confirm: { kind: 'ask', slot: 'goes', prompt: planCard, read: readGoOn, ...patience, next: 'confirmed' },
  confirmed: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.goes === 'yes', to: 'plan' }],
    otherwise: 'notPlanned',
  },
  plan: {
    kind: 'call',
    need: 'parts',
    operation: 'bill',
    input: ({ state }) => ({ quote: state.quote ?? '-' }),
    on: {
      succeeded: 'planned',
      declined: 'notPlanned',
      cancelled: 'notPlanned',
      expired: 'notPlanned',
      unknown: 'checking',
    },
  },
  checking: { kind: 'say', message: ({ t }) => textMessage(t('planChecking')), next: 'wait' },
  wait: {
    kind: 'wait',
    need: 'parts',
    event: 'settled',
    limitMs: hours(30),
    on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
  },
  settled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.result === 'succeeded', to: 'planned' }],
    otherwise: 'notPlanned',
  },
  planned: { kind: 'say', message: ({ t }) => textMessage(t('planned')), next: 'end' },
  notPlanned: { kind: 'say', message: ({ t }) => textMessage(t('notPlanned')), next: 'end' },
  noPlan: { kind: 'say', message: ({ t }) => textMessage(t('noPlan')), next: 'end' },
}

/** A card's bill: paid in full, paid with its minimum, or turned into parts. */
export const billFlow = defineFlow(contract, {
  id: 'bill',
  revision: 4,
  input: billInput,
  state: billSlots,
  moves: { 3: { steps: { show: 'show', confirm: 'confirm', askPay: 'askPay' } } },
  start: 'list',
  steps: {
    list: {
      kind: 'call',
      need: 'parts',
      operation: 'bills',
      input: () => ({}),
      on: {
        listed: {
          to: 'hasBill',
          set: ({ items }, { input }) => {
            const found = items.find(({ id, state }) => state === 'open' && (input.bill ?? id) === id)
            if (!found) return {}
            const { id, amount, minimum, paid, dueOn } = found
            return { bill: { id, amount, dueOn, ...(minimum && { minimum }), ...(paid && { paid }) } }
          },
        },
        declined: 'noList',
        unknown: 'noList',
      },
    },
    noList: {
      kind: 'branch',
      when: [{ is: ({ input }) => input.bill !== undefined, to: 'newsLater' }],
      otherwise: 'unreachable',
    },
    hasBill: {
      kind: 'branch',
      when: [
        { is: isNews, to: 'show' },
        { is: ({ input }) => input.bill !== undefined, to: 'end' },
      ],
      otherwise: 'noBills',
    },
    show: { kind: 'ask', slot: 'act', prompt: billCard, read: readChoice, ...patience, next: 'acts' },
    acts: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.act === 'parts', to: 'offer' },
        { is: ({ state }) => state.act === 'later', to: 'leave' },
      ],
      otherwise: 'price',
    },
    ...billPaySteps,
    ...partSteps,
    leave: { kind: 'say', message: ({ t }) => textMessage(t('leave')), next: 'end' },
    noBills: { kind: 'say', message: ({ t }) => textMessage(t('noBills')), next: 'end' },
    newsLater: { kind: 'say', message: ({ t }) => textMessage(t('billNews')), next: 'end' },
    unreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})

function billCard({ t, locale, state }: BillContext): Content<'full' | 'minimum' | 'parts' | 'later'> {
  const { bill } = state
  const minimum = minimumOf(state)
  const paid = bill?.paid?.amountMinor ? formatMoney(bill.paid) : ''
  return cardMessage({
    title: paid ? t('billLeft', { left: leftOf(state) }) : t('billTitle', { amount: amountOf(state) }),
    description: t('billBody', {
      due: bill ? formatDay(bill.dueOn, locale) : '',
      paid,
      minimum: minimum ? formatMoney(minimum) : '',
    }),
    suggestions: [
      reply(t('payFull'), 'full' as const),
      ...(minimum ? [reply(t('payMinimum', { minimum }), 'minimum' as const)] : []),
      reply(t('inParts'), 'parts' as const),
      reply(t('notNow'), 'later' as const),
    ],
  })
}

function planCard({ t, locale, state }: BillContext): Content<'yes' | 'no'> {
  const { rate = '', rows = [] } = state
  const amount = leftOf(state)
  // What the title says is not repeated, but for the rate: the title has its first half only.
  const lines = toRows(dropAmount(rows, amount).slice(0, 4), locale)
  return cardMessage({
    title: t('planTitle', { amount, rate: toTitleRate(rate) }),
    description: t('rows', {
      ...lines,
      row1: rate,
      row2: lines.row1,
      row3: lines.row2,
      row4: lines.row3,
      row5: lines.row4,
    }),
    suggestions: [reply(t('goOn'), 'yes' as const), reply(t('notNow'), 'no' as const)],
  })
}
