import {
  cardMessage,
  carousel,
  defineFlow,
  holdSchema,
  hours,
  minutes,
  reply,
  shorten,
  textMessage,
  z,
} from '@inthread/sdk'
import { contract, findSchema, priceOf } from './contract.ts'

const slots = z
  .strictObject({
    found: z.array(findSchema),
    item: findSchema,
    hold: holdSchema,
    quote: z.string(),
    receipt: z.string(),
    paid: z.boolean(),
    escrow: z.string(),
    parcel: z.string(),
  })
  .partial()

const none = { id: '', name: '', price: '0.00', currency: 'CNY' }
const noHold = { id: '', unit: 0, until: 0 }

/** One thing, kept while it is paid; the money goes to the bank and not to the seller, who sends it then. */
export const buyFlow = defineFlow(contract, {
  id: 'buy',
  revision: 1,
  input: z.strictObject({}),
  state: slots,
  start: 'find',
  steps: {
    find: {
      kind: 'read',
      from: 'finds',
      by: 'state',
      where: () => ({ state: 'open' as const }),
      limit: 10,
      on: {
        found: {
          to: 'which',
          set: (rows, { locale }) => ({
            found: rows.map(({ id, name, nameEn, price, currency }) => ({
              ...{ id, price, currency, name: locale === 'en' ? nameEn : name },
            })),
          }),
        },
        none: 'nothingHere',
      },
    },
    which: {
      kind: 'ask',
      slot: 'item',
      prompt: ({ t, state: { found = [] } }) => {
        const cards = found.map((item) => ({
          title: t('item', { name: item.name }),
          description: t('price', { amount: priceOf(item) }),
          suggestions: [reply(t('take', { name: shorten(item.name, 20) }), item)],
        }))
        const [only, ...others] = cards
        return only && others.length === 0 ? cardMessage(only) : carousel(cards)
      },
      read: (words, { state: { found = [] } }) => found.find(({ name }) => name === words.trim()),
      timeout: { afterMs: minutes(15), to: 'end' },
      giveUp: 'end',
      next: 'hold',
    },
    hold: {
      kind: 'reserve',
      from: 'finds',
      counter: 'count',
      of: ({ state }) => ({ key: state.item?.id ?? '' }),
      holdMs: hours(1),
      on: { held: { to: 'quote', set: (hold) => ({ hold }) }, none_left: 'gone' },
    },
    quote: {
      kind: 'call',
      need: 'kept',
      operation: 'quote',
      input: ({ state: { item = none } }) => ({ amount: priceOf(item), item: item.name }),
      on: {
        quoted: { to: 'pay', set: ({ id }) => ({ quote: id }) },
        not_offered: 'notKept',
        declined: 'release',
        unknown: 'release',
      },
    },
    pay: {
      kind: 'call',
      need: 'kept',
      operation: 'pay',
      input: ({ state: { quote = '-', item = none } }) => ({ quote, purpose: item.name }),
      on: {
        succeeded: { to: 'taken', set: ({ receipt }) => ({ receipt }) },
        declined: 'release',
        cancelled: 'release',
        expired: 'release',
        unknown: 'checking',
      },
    },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'kept',
      event: 'settled',
      limitMs: hours(30),
      on: {
        happened: { to: 'settled', set: ({ result, receipt = '' }) => ({ paid: result === 'succeeded', receipt }) },
        limit: 'end',
      },
    },
    settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'taken' }], otherwise: 'release' },
    taken: { kind: 'take', hold: ({ state }) => state.hold ?? noHold, on: { taken: 'locate', lapsed: 'lapsed' } },
    locate: {
      kind: 'call',
      need: 'kept',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'ship',
          set: ({ items }, { state }) => ({ escrow: items.find(({ quote }) => quote === state.quote)?.id ?? '-' }),
        },
        declined: 'toBeShipped',
        unknown: 'toBeShipped',
      },
    },
    // The seller is the shop itself, which sends what is paid for. The bank waits for the buyer from here on.
    ship: {
      kind: 'call',
      need: 'kept',
      operation: 'ship',
      input: ({ state: { escrow = '-', receipt = '' } }) => ({ escrow, parcel: `P-${receipt}` }),
      on: {
        shipped: { to: 'shipped', set: ({ parcel = '' }) => ({ parcel }) },
        over: 'toBeShipped',
        declined: 'toBeShipped',
        unknown: 'toBeShipped',
      },
    },
    shipped: {
      kind: 'say',
      message: ({ t, state: { item = none, parcel = '' } }) => textMessage(t('shipped', { item: item.name, parcel })),
      next: 'end',
    },
    toBeShipped: {
      kind: 'say',
      message: ({ t, state: { item = none } }) => textMessage(t('toBeShipped', { item: item.name })),
      next: 'end',
    },
    notKept: { kind: 'say', message: ({ t }) => textMessage(t('notKept')), next: 'releaseOnly' },
    releaseOnly: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'end' },
    release: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'notPaid' },
    notPaid: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
    lapsed: { kind: 'say', message: ({ t }) => textMessage(t('lapsed')), next: 'end' },
    gone: { kind: 'say', message: ({ t }) => textMessage(t('gone')), next: 'end' },
    nothingHere: { kind: 'say', message: ({ t }) => textMessage(t('nothingHere')), next: 'end' },
    end: { kind: 'end' },
  },
})
