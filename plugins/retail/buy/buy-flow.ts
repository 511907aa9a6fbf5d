import { defineFlow, hours, minutes, pagedList, reply, shorten, textMessage, z } from '@inthread/sdk'
import { priceOf } from '../collections.ts'
import { contract } from '../contract.ts'
import { giveBackSteps } from './give-back-steps.ts'
import { askHow } from './messages.ts'
import { priceSteps } from './price-steps.ts'
import { remedySteps } from './remedy-steps.ts'
import { amountOf, buySlots, itemOf, noHold, untilOf, type BuySteps } from './slots.ts'

const list = pagedList(contract, buySlots, {
  id: 'list',
  slot: 'item',
  pick: 'pick',
  page: 'page',
  items: ({ state }) => state.found ?? [],
  card: (item, { t }) => ({
    title: t('item', { name: item.name }),
    description: t('price', { amount: priceOf(item) }),
    suggestions: [reply(t('take', { name: shorten(item.name, 20) }), item)],
  }),
  read: (words, { state }) => state.found?.find(({ name }) => name === words.trim()),
  buttons: { more: ({ t }) => t('more'), back: ({ t }) => t('back') },
  timeout: { afterMs: minutes(15), to: 'end' },
  none: 'nothingOnSale',
  next: 'hold',
})

const shelf: BuySteps<'find' | 'isOne' | 'hold' | 'ask' | 'chosen'> = {
  find: {
    kind: 'read',
    from: 'goods',
    by: 'state',
    where: () => ({ state: 'open' as const }),
    limit: 20,
    on: {
      found: {
        to: 'isOne',
        set: (rows, { locale }) => {
          const found = rows.map(({ id, name, nameEn, price, currency }) => ({
            ...{ id, price, currency },
            name: locale === 'en' ? nameEn : name,
          }))
          return { found, ...(found.length === 1 ? { item: found[0] } : {}) }
        },
      },
      none: 'nothingOnSale',
    },
  },
  isOne: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.item !== undefined, to: 'hold' }],
    otherwise: 'listStart',
  },
  // Long enough for somebody who has to apply for a card first.
  hold: {
    kind: 'reserve',
    from: 'goods',
    counter: 'stock',
    of: ({ state }) => ({ key: state.item?.id ?? '' }),
    holdMs: hours(2),
    on: { held: { to: 'ask', set: (hold) => ({ hold }) }, none_left: 'soldOut' },
  },
  ask: {
    kind: 'ask',
    slot: 'way',
    prompt: askHow,
    timeout: { afterMs: minutes(30), to: 'release' },
    next: 'chosen',
  },
  chosen: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.way === 'pay', to: 'fresh' },
      { is: ({ state }) => state.way === 'parts', to: 'fresh' },
    ],
    otherwise: 'release',
  },
}

type PayNames = 'stillOpen' | 'pay' | 'checking' | 'whichWait' | 'waitPay' | 'waitParts' | 'waitLoan' | 'settled'

const paying: BuySteps<PayNames> = {
  stillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
  pay: {
    kind: 'call',
    need: 'pay',
    operation: 'pay',
    input: (context) => ({
      amount: amountOf(context),
      purpose: itemOf(context).name,
      expiresAt: untilOf(context),
    }),
    on: {
      succeeded: { to: 'take', set: ({ receipt }) => ({ receipt, by: 'payment' as const }) },
      declined: {
        to: 'isOver',
        set: ({ reason }) => ({ reason, refused: true, remedy: undefined, notHere: undefined, resumes: undefined }),
      },
      cancelled: 'release',
      expired: 'release',
      unknown: { to: 'checking', set: () => ({ by: 'payment' as const }) },
    },
  },
  checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'whichWait' },
  whichWait: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.by === 'loan', to: 'waitLoan' },
      { is: ({ state }) => state.by === 'instalments', to: 'waitParts' },
    ],
    otherwise: 'waitPay',
  },
  waitPay: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: hours(30),
    on: {
      happened: { to: 'settled', set: ({ result, receipt = '' }) => ({ paid: result === 'succeeded', receipt }) },
      limit: 'stillOpen',
    },
  },
  waitParts: {
    kind: 'wait',
    need: 'parts',
    event: 'settled',
    limitMs: hours(30),
    on: {
      happened: { to: 'settled', set: ({ result, receipt = '' }) => ({ paid: result === 'succeeded', receipt }) },
      limit: 'stillOpen',
    },
  },
  waitLoan: {
    kind: 'wait',
    need: 'loan',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'settled', set: ({ result, receipt = '' }) => ({ paid: result === 'succeeded', receipt }) },
      limit: 'stillOpen',
    },
  },
  settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'take' }], otherwise: 'release' },
}

type EndNames = 'take' | 'keep' | 'bought' | 'release' | 'notPaid' | 'sayLapsed' | 'soldOut' | 'nothingOnSale' | 'end'

const ending: BuySteps<EndNames> = {
  take: {
    kind: 'take',
    hold: ({ state }) => state.hold ?? noHold,
    on: { taken: 'keep', lapsed: 'gone' },
  },
  keep: {
    kind: 'write',
    to: 'purchases',
    put: (context) => {
      const { name, price, currency } = itemOf(context)
      const { receipt = '', by = 'payment' } = context.state
      return { receipt, name, price, currency, by }
    },
    next: 'bought',
  },
  bought: {
    kind: 'say',
    message: (context) =>
      textMessage(context.t('bought', { name: itemOf(context).name, receipt: context.state.receipt ?? '' })),
    next: 'end',
  },
  release: { kind: 'release', hold: ({ state }) => state.hold ?? noHold, next: 'notPaid' },
  notPaid: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
  sayLapsed: { kind: 'say', message: ({ t }) => textMessage(t('lapsed')), next: 'end' },
  soldOut: { kind: 'say', message: ({ t }) => textMessage(t('soldOut')), next: 'end' },
  nothingOnSale: { kind: 'say', message: ({ t }) => textMessage(t('nothingOnSale')), next: 'end' },
  end: { kind: 'end' },
}

/**
 * Something is chosen, kept, and paid. Whose money is not enough can pay otherwise, as far as the shop and its bank
 * have it; an order that was not paid is taken up again with a confirmation of its own, and never silently.
 */
export const buyFlow = defineFlow(contract, {
  id: 'buy',
  revision: 3,
  input: z.strictObject({}),
  state: buySlots,
  start: 'find',
  steps: { ...shelf, ...list, ...priceSteps, ...paying, ...remedySteps, ...ending, ...giveBackSteps },
})
