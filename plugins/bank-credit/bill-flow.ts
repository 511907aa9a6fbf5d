import {
  cardMessage,
  defineFlow,
  formatDay,
  formatMoney,
  hours,
  minutes,
  moneySchema,
  reply,
  textMessage,
  z,
} from '@inthread/sdk'
import { toRows, toTitleRate } from './cards.ts'
import { contract } from './contract.ts'

const bill = z.object({ id: z.string(), amount: moneySchema, dueOn: z.string() })
const slots = z
  .strictObject({
    bill,
    act: z.enum(['parts', 'later']),
    quote: z.string(),
    rate: z.string(),
    rows: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    goes: z.enum(['yes', 'no']),
    result: z.string(),
  })
  .partial()

const patience = { timeout: { afterMs: minutes(30), to: 'end' }, giveUp: 'end' } as const
const none = { amountMinor: 0n, currency: 'CNY' }

/** A card's bill, and turning it into twelve parts: each, the whole cost, and the rate by the year before anything. */
export const billFlow = defineFlow(contract, {
  id: 'bill',
  revision: 2,
  input: z.strictObject({}),
  state: slots,
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
          set: ({ items }) => {
            const found = items.find(({ state }) => state === 'open')
            return { bill: found && { id: found.id, amount: found.amount, dueOn: found.dueOn } }
          },
        },
        declined: 'unreachable',
        unknown: 'unreachable',
      },
    },
    hasBill: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.bill !== undefined, to: 'show' }],
      otherwise: 'noBills',
    },
    show: {
      kind: 'ask',
      slot: 'act',
      prompt: ({ t, locale, state }) =>
        cardMessage({
          title: t('billTitle', { amount: state.bill?.amount ?? none }),
          description: t('billBody', { due: state.bill ? formatDay(state.bill.dueOn, locale) : '' }),
          suggestions: [reply(t('inParts'), 'parts' as const), reply(t('notNow'), 'later' as const)],
        }),
      ...patience,
      next: 'acts',
    },
    acts: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.act === 'parts', to: 'offer' }],
      otherwise: 'notPlanned',
    },
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
    confirm: {
      kind: 'ask',
      slot: 'goes',
      prompt: ({ t, locale, state: { bill: found, rate = '', rows = [] } }) => {
        const amount = found?.amount ?? none
        // What the title says is not repeated, but for the rate: the title has its first half only.
        const said = rows.findIndex(({ value }) => value === formatMoney(amount))
        const others = rows.filter((_row, index) => index !== said)
        const lines = toRows(others.slice(0, 4), locale)
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
      },
      ...patience,
      next: 'confirmed',
    },
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
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'wait' },
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
    noBills: { kind: 'say', message: ({ t }) => textMessage(t('noBills')), next: 'end' },
    unreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
