import {
  addMs,
  cardMessage,
  carousel,
  days,
  defineFlow,
  findInstant,
  holdSchema,
  hours,
  minutes,
  moneySchema,
  reply,
  shorten,
  textMessage,
  z,
  type ContextOf,
} from '@inthread/sdk'
import { contract, findSchema, priceOf, type Find } from './contract.ts'

const slots = z
  .strictObject({
    found: z.array(findSchema),
    /** What was found to be somebody else's meanwhile. */
    gone: z.array(z.string()),
    item: findSchema,
    /** The price that was shown and the one of now, where it has changed since. */
    moved: z.strictObject({ before: moneySchema, amount: moneySchema }),
    closed: z.boolean(),
    hold: holdSchema,
    quote: z.string(),
    receipt: z.string(),
    paid: z.boolean(),
    escrow: z.string(),
    /** RFC 3339: until when the bank waits for the parcel. */
    answerBy: z.string(),
    /** So long the shop's list of parcels is looked at. */
    lookUntil: z.int(),
    /** How often the bank could not be told of the parcel. */
    tries: z.int(),
    parcel: z.string(),
  })
  .partial()
type Slots = z.infer<typeof slots>
type Context = ContextOf<typeof contract, Slots>

const none: Find = { id: '', name: '', names: { zh: '', en: '' }, price: '0.00', currency: 'CNY' }
const noHold = { id: '', unit: 0, until: 0 }
/** So often the shop's list of parcels is looked at; this long where the bank has not said how long it waits. */
const lookEveryMs = hours(1)
const lookAtMostMs = days(10)
/** A run may call so often, and no more: what the bank does not take after a day and a half it does not take at all. */
const triesAtMost = 36

/** Somebody else has it: the others are offered. */
const giveUp = (_nothing: unknown, { state: { gone = [], item = none } }: Context): Partial<Slots> => ({
  gone: [...gone, item.id],
  item: undefined,
})

const countTry = (_answer: unknown, { state: { tries = 0 } }: Context): Partial<Slots> => ({ tries: tries + 1 })

const isLookedEnough = ({ state: { lookUntil, tries = 0 }, now }: Context): boolean =>
  tries >= triesAtMost || (lookUntil !== undefined && now >= lookUntil)

/** One thing, kept while it is paid; the money goes to the bank and not to the seller, who sends it then. */
export const buyFlow = defineFlow(contract, {
  id: 'buy',
  revision: 2,
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
          to: 'isAny',
          set: (rows, { locale, state: { gone = [] } }) => ({
            found: rows
              .filter(({ id }) => !gone.includes(id))
              .map(({ id, name, nameEn, price, currency }) => ({
                ...{ id, price, currency, name: locale === 'en' ? nameEn : name, names: { zh: name, en: nameEn } },
              })),
          }),
        },
        none: 'nothingHere',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { found = [] } }) => found.length === 0, to: 'nothingHere' }],
      otherwise: 'which',
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
      giveUp: 'closing',
      next: 'fresh',
    },
    // The card may have stood there for a while: what is paid is what it costs now.
    fresh: {
      kind: 'read',
      from: 'finds',
      by: 'key',
      key: ({ state: { item = none } }) => item.id,
      on: { found: { to: 'judge', set: ([row], context) => reprice(row, context) }, none: { to: 'gone', set: giveUp } },
    },
    judge: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.closed === true, to: 'gone' },
        { is: ({ state }) => state.moved !== undefined, to: 'sayMoved' },
      ],
      otherwise: 'hold',
    },
    sayMoved: {
      kind: 'say',
      message: ({ t, state: { moved } }) =>
        textMessage(t('priceMoved', moved ?? { before: priceOf(none), amount: priceOf(none) })),
      next: 'which',
    },
    hold: {
      kind: 'reserve',
      from: 'finds',
      counter: 'count',
      of: ({ state }) => ({ key: state.item?.id ?? '' }),
      holdMs: hours(1),
      on: { held: { to: 'quote', set: (hold) => ({ hold }) }, none_left: { to: 'gone', set: giveUp } },
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
        succeeded: { to: 'taken', set: ({ receipt }, { now }) => ({ receipt, lookUntil: addMs(now, lookAtMostMs) }) },
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
        happened: {
          to: 'settled',
          set: ({ result, receipt = '' }, { now }) => ({
            ...{ paid: result === 'succeeded', receipt },
            lookUntil: addMs(now, lookAtMostMs),
          }),
        },
        limit: 'stillOpen',
      },
    },
    stillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
    settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'taken' }], otherwise: 'release' },
    taken: { kind: 'take', hold: ({ state }) => state.hold ?? noHold, on: { taken: 'sold', lapsed: 'lapsed' } },
    // There was one of it: nobody else is shown it any more.
    sold: {
      kind: 'write',
      to: 'finds',
      put: ({ state: { item = none } }) => {
        const { id, names, price, currency } = item
        return { id, state: 'closed' as const, name: names.zh, nameEn: names.en, price, currency, count: 1 }
      },
      next: 'locate',
    },
    locate: {
      kind: 'call',
      need: 'kept',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'toBeShipped',
          set: ({ items }, { state, now }) => {
            const { id = '-', answerBy = '' } = items.find(({ quote }) => quote === state.quote) ?? {}
            return { escrow: id, answerBy, lookUntil: findInstant(answerBy) ?? addMs(now, lookAtMostMs) }
          },
        },
        declined: 'toBeShipped',
        unknown: 'toBeShipped',
      },
    },
    toBeShipped: {
      kind: 'say',
      message: ({ t, state: { item = none, answerBy = '', receipt = '' } }) => {
        const order = { item: item.name, receipt }
        const until = findInstant(answerBy)
        return textMessage(until === undefined ? t('toBeShipped', order) : t('toBeShippedBy', { ...order, until }))
      },
      next: 'later',
    },
    // The shop writes down what it has sent. The bank waits for the buyer from then on, and not a moment before.
    later: { kind: 'wait', until: ({ now }) => addMs(now, lookEveryMs), next: 'look' },
    look: {
      kind: 'read',
      from: 'parcels',
      by: 'key',
      key: ({ state: { receipt = '' } }) => receipt,
      on: { found: { to: 'isLocated', set: ([{ parcel }]) => ({ parcel }) }, none: 'isOver' },
    },
    // How it ended then is told by the bank.
    isOver: {
      kind: 'branch',
      when: [{ is: isLookedEnough, to: 'end' }],
      otherwise: 'later',
    },
    isLocated: {
      kind: 'branch',
      when: [{ is: ({ state: { escrow = '-' } }) => escrow === '-', to: 'locateAgain' }],
      otherwise: 'ship',
    },
    locateAgain: {
      kind: 'call',
      need: 'kept',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'ship',
          set: ({ items }, { state }) => ({ escrow: items.find(({ quote }) => quote === state.quote)?.id ?? '-' }),
        },
        declined: { to: 'isOver', set: countTry },
        unknown: { to: 'isOver', set: countTry },
      },
    },
    ship: {
      kind: 'call',
      need: 'kept',
      operation: 'ship',
      input: ({ state: { escrow = '-', parcel = '' } }) => ({ escrow, parcel }),
      on: {
        shipped: 'shipped',
        over: 'end',
        declined: { to: 'isOver', set: countTry },
        unknown: { to: 'isOver', set: countTry },
      },
    },
    shipped: {
      kind: 'say',
      message: ({ t, state: { item = none, parcel = '' } }) => textMessage(t('shipped', { item: item.name, parcel })),
      next: 'end',
    },
    notKept: { kind: 'say', message: ({ t }) => textMessage(t('notKept')), next: 'releaseOnly' },
    releaseOnly: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'end' },
    release: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'notPaid' },
    notPaid: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
    lapsed: { kind: 'say', message: ({ t }) => textMessage(t('lapsed')), next: 'end' },
    gone: { kind: 'say', message: ({ t }) => textMessage(t('gone')), next: 'find' },
    closing: { kind: 'say', message: ({ t }) => textMessage(t('closing')), next: 'end' },
    nothingHere: { kind: 'say', message: ({ t }) => textMessage(t('nothingHere')), next: 'end' },
    end: { kind: 'end' },
  },
})

type Row = Pick<Find, 'price' | 'currency'> & { readonly state: 'open' | 'closed' }

/** What is closed meanwhile is somebody else's; what costs something else is asked for anew, with its new price. */
function reprice({ price, currency, state: stands }: Row, context: Context): Partial<Slots> {
  const { item = none, found = [] } = context.state
  if (stands === 'closed') return { ...giveUp(null, context), closed: true, moved: undefined }
  if (item.price === price && item.currency === currency) return { closed: false, moved: undefined }
  const dearer = { ...item, price, currency }
  return {
    ...{ closed: false, item: undefined, moved: { before: priceOf(item), amount: priceOf(dearer) } },
    found: found.map((one) => (one.id === item.id ? dearer : one)),
  }
}
