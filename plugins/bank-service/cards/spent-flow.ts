import { cardMessage, defineFlow, hours, minutes, reply, textMessage, z, type ContextOf } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { findMissed, lookAgainSteps } from '../look-again.ts'
import { readWasItYou } from '../words/read-was-it-you.ts'
import { lastDigits, purchaseSchema, toPurchase } from './purchase.ts'

/** `notice`: the bank has told of it. Without one the user looks for what they want to deny. */
const input = z.strictObject({ notice: z.string().optional() })
const answers = z.enum(['confirmed', 'denied'])
const state = z
  .strictObject({
    purchases: z.array(purchaseSchema),
    purchase: purchaseSchema,
    answer: answers,
    /** The answer that the bank did not take. */
    refused: answers,
    dispute: z.string(),
    locked: z.boolean(),
    unlinked: z.boolean(),
    /** How often the bank has not said what it told of. */
    missed: z.int(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const deniable = ['notified', 'confirmed', 'unanswered']
type Told =
  | 'yesNotTaken'
  | 'thanksForTelling'
  | 'nothingToDo'
  | 'answeredTooLate'
  | 'stillDeniable'
  | 'spentUnclear'
  | 'noPurchases'
  | 'cannotList'
  | 'notLinked'
const say = (text: Told) => ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const
const sayAboutCard = (text: 'cardLocked' | 'cardNotLocked') =>
  ({
    kind: 'say',
    message: ({ t, state: { purchase, dispute = '' } }: Context) =>
      textMessage(t(text, { mask: lastDigits(purchase?.mask), dispute })),
    next: 'end',
  }) as const
const sayAndAsk = (text: 'answerLost' | 'denialNotTaken') =>
  ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'ask' }) as const

/** A card was used. One tap says that it was the user; one tap locks the card, and asks for nothing else. */
export const spentFlow = defineFlow(contract, {
  id: 'spent',
  revision: 2,
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
        ...findMissed,
      },
    },
    ...lookAgainSteps,
    // Answered meanwhile, here or elsewhere. What nobody answered within a day can still be denied.
    isOpen: {
      kind: 'branch',
      when: [{ is: ({ state: { purchase } }) => isAsked(purchase?.state), to: 'ask' }],
      otherwise: 'end',
    },
    ask: {
      kind: 'ask',
      slot: 'answer',
      prompt: ({ t, now, state: { purchase } }) =>
        cardMessage({
          title: purchase
            ? t('spentTitle', { mask: lastDigits(purchase.mask), amount: purchase.amount })
            : t('noPurchases'),
          description: t('spentBody', { shop: purchase?.shop ?? '', at: purchase?.at ?? now }),
          suggestions: [reply(t('itWasMe'), 'confirmed'), reply(t('notMe'), 'denied')],
        }),
      read: readWasItYou,
      // The bank takes it for unanswered after a day.
      timeout: { afterMs: hours(24), to: 'end' },
      giveUp: 'sayStillDeniable',
      next: 'needsBank',
    },
    // The bank takes a yes for a day only, and needs none.
    needsBank: {
      kind: 'branch',
      when: [
        {
          is: ({ state: { purchase, answer } }) => answer === 'confirmed' && purchase?.state === 'unanswered',
          to: 'sayNothingToDo',
        },
      ],
      otherwise: 'answer',
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
        declined: { to: 'isLinked', set: ({ reason }) => ({ unlinked: reason === 'not_linked' }) },
        unknown: 'sayCannotList',
      },
    },
    isLinked: {
      kind: 'branch',
      when: [{ is: ({ state: { unlinked } }) => unlinked === true, to: 'sayNotLinked' }],
      otherwise: 'sayCannotList',
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
          purchases.map((each) => reply(t('purchaseLabel', { amount: each.amount, at: each.at }), each)),
        ),
      timeout: { afterMs: minutes(15), to: 'sayStillDeniable' },
      next: { to: 'answer', set: () => ({ answer: 'denied' as const }) },
    },
    answer: {
      kind: 'call',
      need: 'cardNotice',
      operation: 'answer',
      input: ({ state: { purchase, answer = 'denied' } }) => ({ notice: purchase?.id ?? '', answer }),
      on: {
        confirmed: 'sayThanks',
        denied: { to: 'isLocked', set: ({ dispute, card }) => ({ dispute, locked: card === 'frozen' }) },
        too_late: 'sayTooLate',
        declined: {
          to: 'isDenial',
          set: (_none, { state: { answer } }) => ({ refused: answer, answer: undefined }),
        },
        unknown: { to: 'sayLost', set: () => ({ answer: undefined }) },
      },
    },
    isLocked: {
      kind: 'branch',
      when: [{ is: ({ state: { locked } }) => locked === true, to: 'sayLocked' }],
      otherwise: 'sayNotLocked',
    },
    isDenial: {
      kind: 'branch',
      when: [{ is: ({ state: { refused } }) => refused === 'confirmed', to: 'sayYesNotTaken' }],
      otherwise: 'sayNotTaken',
    },
    sayLost: sayAndAsk('answerLost'),
    sayNotTaken: sayAndAsk('denialNotTaken'),
    sayLocked: sayAboutCard('cardLocked'),
    sayNotLocked: sayAboutCard('cardNotLocked'),
    sayYesNotTaken: say('yesNotTaken'),
    sayThanks: say('thanksForTelling'),
    sayNothingToDo: say('nothingToDo'),
    sayTooLate: say('answeredTooLate'),
    sayStillDeniable: say('stillDeniable'),
    sayUnclear: say('spentUnclear'),
    sayNone: say('noPurchases'),
    sayCannotList: say('cannotList'),
    sayNotLinked: say('notLinked'),
    end: { kind: 'end' },
  },
  moves: { 1: { steps: { ask: 'ask', askWhich: 'askWhich' } } },
})

function isAsked(standing: string | undefined): boolean {
  return standing === 'notified' || standing === 'unanswered'
}
