import {
  cardMessage,
  defineFlow,
  hours,
  minutes,
  moneySchema,
  reply,
  textMessage,
  z,
  type ContextOf,
} from '@inthread/sdk'
import { contract } from '../contract.ts'

const purchase = z.strictObject({
  id: z.string(),
  state: z.string(),
  amount: moneySchema,
  shop: z.string(),
  mask: z.string(),
  at: z.int(),
})
/** `notice`: the bank has told of it. Without one the user looks for what they want to deny. */
const input = z.strictObject({ notice: z.string().optional() })
const state = z
  .strictObject({
    purchases: z.array(purchase),
    purchase,
    answer: z.enum(['confirmed', 'denied']),
    dispute: z.string(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>
type Wire = Omit<z.infer<typeof purchase>, 'at'> & { readonly boughtAt: number }

const toPurchase = ({ id, state: standing, amount, shop, mask, boughtAt }: Wire): z.infer<typeof purchase> => ({
  ...{ id, state: standing, amount, shop, mask, at: boughtAt },
})
const deniable = ['notified', 'confirmed', 'unanswered']
const say = (text: 'thanksForTelling' | 'answeredTooLate' | 'noPurchases' | 'unreachable') =>
  ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const

/** A card was used. One tap says that it was the user; one tap locks the card, and asks for nothing else. */
export const spentFlow = defineFlow(contract, {
  id: 'spent',
  revision: 1,
  input,
  state,
  start: 'which',
  steps: {
    which: {
      kind: 'branch',
      when: [{ is: ({ input: { notice } }) => notice !== undefined, to: 'find' }],
      otherwise: 'list',
    },
    find: {
      kind: 'call',
      need: 'cardNotice',
      operation: 'find',
      input: ({ input: { notice = '' } }) => ({ notice }),
      on: {
        found: { to: 'isOpen', set: (found) => ({ purchase: toPurchase(found) }) },
        declined: 'end',
        unknown: 'end',
      },
    },
    // Answered meanwhile, here or elsewhere.
    isOpen: {
      kind: 'branch',
      when: [{ is: ({ state: { purchase: found } }) => found?.state === 'notified', to: 'ask' }],
      otherwise: 'end',
    },
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t, now, state: { purchase: found } }) =>
        cardMessage({
          title: found
            ? t('spentTitle', { mask: found.mask.replaceAll('*', ''), amount: found.amount })
            : t('noPurchases'),
          description: t('spentBody', { shop: found?.shop ?? '', at: found?.at ?? now }),
          suggestions: [reply(t('itWasMe'), 'confirmed'), reply(t('notMe'), 'denied')],
        }),
      // The bank takes it for unanswered after a day.
      timeout: { afterMs: hours(24), to: 'end' },
      next: 'answer',
    },
    list: {
      kind: 'call',
      need: 'cardNotice',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'isAny',
          set: ({ items }) => ({
            purchases: items
              .filter((item) => deniable.includes(item.state))
              .slice(0, 8)
              .map(toPurchase),
          }),
        },
        declined: 'sayNone',
        unknown: 'sayUnreachable',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { purchases = [] } }) => purchases.length === 0, to: 'sayNone' }],
      otherwise: 'askWhich',
    },
    askWhich: {
      kind: 'ask',
      slot: 'purchase',
      prompt: ({ t, state: { purchases = [] } }) =>
        textMessage(
          t('whichPurchase'),
          purchases.map((each) => reply(t('purchaseLabel', { amount: each.amount, time: each.at }), each)),
        ),
      timeout: { afterMs: minutes(15), to: 'end' },
      next: { to: 'answer', set: () => ({ answer: 'denied' as const }) },
    },
    answer: {
      kind: 'call',
      need: 'cardNotice',
      operation: 'answer',
      input: ({ state: { purchase: found, answer = 'denied' } }) => ({ notice: found?.id ?? '', answer }),
      on: {
        confirmed: 'sayThanks',
        denied: { to: 'sayLocked', set: ({ dispute }) => ({ dispute }) },
        too_late: 'sayTooLate',
        declined: 'sayTooLate',
        unknown: { to: 'sayLost', set: () => ({ answer: undefined }) },
      },
    },
    sayLost: { kind: 'say', message: ({ t }) => textMessage(t('answerLost')), next: 'ask' },
    sayLocked: {
      kind: 'say',
      message: ({ t, state: { purchase: found, dispute = '–' } }) =>
        textMessage(t('cardLocked', { mask: (found?.mask ?? '').replaceAll('*', ''), dispute })),
      next: 'end',
    },
    sayThanks: say('thanksForTelling'),
    sayTooLate: say('answeredTooLate'),
    sayNone: say('noPurchases'),
    sayUnreachable: say('unreachable'),
    end: { kind: 'end' },
  },
})
