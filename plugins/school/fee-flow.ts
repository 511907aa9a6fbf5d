import {
  cardMessage,
  defineFlow,
  hours,
  minutes,
  money,
  pagedList,
  listPick,
  reply,
  shorten,
  textMessage,
  z,
  type ContextOf,
} from '@inthread/sdk'
import { itemSchema, priceOf, repriced, type Item } from './collections.ts'
import { contract } from './contract.ts'

const slots = z
  .strictObject({
    found: z.array(itemSchema),
    item: itemSchema,
    pick: listPick(itemSchema),
    page: z.number(),
    answer: z.enum(['pay', 'later']),
    /** The price that was shown, where it has changed since. */
    before: z.string(),
    closed: z.boolean(),
    retry: z.enum(['again', 'later']),
    receipt: z.string(),
    paid: z.boolean(),
    reason: z.string(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof slots>>

const none: Item = { id: '', name: '', amount: '0.00', currency: 'CNY' }
const itemOf = ({ state }: Context): Item => state.item ?? none

const list = pagedList(contract, slots, {
  id: 'list',
  slot: 'item',
  pick: 'pick',
  page: 'page',
  items: ({ state }) => state.found ?? [],
  card: (item, { t }) => ({
    title: t('fee', { name: item.name }),
    description: t('amount', { amount: priceOf(item) }),
    suggestions: [reply(t('choose', { name: shorten(item.name, 20) }), item)],
  }),
  read: (words, { state }) => state.found?.find(({ name }) => name === words.trim()),
  buttons: { more: ({ t }) => t('more'), back: ({ t }) => t('back') },
  timeout: { afterMs: minutes(15), to: 'end' },
  none: 'noFees',
  next: 'look',
})

/** What the school asks of every family: shown, paid through the bank, noted, and never taken twice. */
export const feeFlow = defineFlow(contract, {
  id: 'fee',
  revision: 2,
  input: z.strictObject({}),
  state: slots,
  start: 'find',
  steps: {
    find: {
      kind: 'read',
      from: 'fees',
      by: 'state',
      where: () => ({ state: 'open' as const }),
      limit: 10,
      on: {
        found: {
          to: 'isOne',
          set: (rows, { locale }) => {
            const found = rows.map(({ id, name, nameEn, amount, currency }) => ({
              ...{ id, amount, currency },
              name: locale === 'en' ? nameEn : name,
            }))
            return { found, ...(found.length === 1 ? { item: found[0] } : {}) }
          },
        },
        none: 'noFees',
      },
    },
    // With one fee there is nothing to choose.
    isOne: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.item !== undefined, to: 'look' }],
      otherwise: 'listStart',
    },
    ...list,
    look: {
      kind: 'read',
      from: 'paid',
      by: 'key',
      key: ({ state }) => state.item?.id ?? '',
      on: { found: { to: 'paidBefore', set: ([{ receipt }]) => ({ receipt }) }, none: 'ask' },
    },
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: (context) => {
        const { t } = context
        const { name } = itemOf(context)
        return cardMessage({
          title: t('feeCard', { name, amount: priceOf(itemOf(context)) }),
          description: t('feeBody'),
          suggestions: [reply(t('pay'), 'pay' as const), reply(t('later'), 'later' as const)],
        })
      },
      timeout: { afterMs: hours(2), to: 'end' },
      giveUp: 'seeYou',
      next: 'answered',
    },
    answered: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.answer === 'pay', to: 'fresh' }],
      otherwise: 'seeYou',
    },
    // The card may have stood there for two hours: what is paid is what the school asks now.
    fresh: {
      kind: 'read',
      from: 'fees',
      by: 'key',
      key: (context) => itemOf(context).id,
      on: {
        found: {
          to: 'judge',
          set: ([fee], context) => {
            const now = repriced(itemOf(context), fee)
            return { ...now, ...(now.before === undefined ? {} : { answer: undefined }) }
          },
        },
        none: 'feeClosed',
      },
    },
    judge: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.closed === true, to: 'feeClosed' },
        { is: ({ state }) => state.before !== undefined, to: 'sayMoved' },
      ],
      otherwise: 'pay',
    },
    sayMoved: {
      kind: 'say',
      message: (context) => {
        const { t, state } = context
        const item = itemOf(context)
        return textMessage(
          t('amountMoved', { before: money(state.before ?? item.amount, item.currency), amount: priceOf(item) }),
        )
      },
      next: 'ask',
    },
    feeClosed: {
      kind: 'say',
      message: (context) => textMessage(context.t('feeClosed', { name: itemOf(context).name })),
      next: 'end',
    },
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: (context) => ({ amount: priceOf(itemOf(context)), purpose: itemOf(context).name }),
      on: {
        succeeded: { to: 'keep', set: ({ receipt }) => ({ receipt }) },
        declined: { to: 'whyNot', set: ({ reason }) => ({ reason, retry: undefined }) },
        cancelled: 'notPaid',
        expired: 'notPaid',
        unknown: 'checking',
      },
    },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'settle' },
    settle: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: hours(30),
      on: {
        happened: {
          to: 'settled',
          set: ({ result, receipt = '', reason }) => ({
            ...{ paid: result === 'succeeded', receipt, reason },
            retry: undefined,
          }),
        },
        limit: 'stillOpen',
      },
    },
    stillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
    settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'keep' }], otherwise: 'whyNot' },
    keep: {
      kind: 'write',
      to: 'paid',
      put: (context) => {
        const { id, name, amount, currency } = itemOf(context)
        const { receipt = '' } = context.state
        const facts = { id, name, amount, currency, receipt, refund: '0.00' }
        return { ...facts, kind: 'fee' as const, by: 'payment' as const, state: 'paid' as const }
      },
      next: 'thanks',
    },
    thanks: {
      kind: 'say',
      message: (context) =>
        textMessage(context.t('feePaid', { name: itemOf(context).name, receipt: context.state.receipt ?? '' })),
      next: 'end',
    },
    paidBefore: {
      kind: 'say',
      message: (context) =>
        textMessage(context.t('paidBefore', { name: itemOf(context).name, receipt: context.state.receipt ?? '' })),
      next: 'end',
    },
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.reason === 'not_linked', to: 'notPaid' }],
      otherwise: 'askRetry',
    },
    // Why it was refused is the bank's to say, and has been said.
    askRetry: {
      kind: 'ask',
      slot: 'retry',
      prompt: (context) => {
        const { t } = context
        return textMessage(t('feeNotPaid', { name: itemOf(context).name }), [
          reply(t('tryAgain'), 'again' as const),
          reply(t('later'), 'later' as const),
        ])
      },
      timeout: { afterMs: hours(2), to: 'end' },
      giveUp: 'seeYou',
      next: 'retried',
    },
    retried: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.retry === 'again', to: 'fresh' }],
      otherwise: 'seeYou',
    },
    notPaid: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
    seeYou: { kind: 'say', message: ({ t }) => textMessage(t('seeYou')), next: 'end' },
    noFees: { kind: 'say', message: ({ t }) => textMessage(t('noFees')), next: 'end' },
    end: { kind: 'end' },
  },
})
