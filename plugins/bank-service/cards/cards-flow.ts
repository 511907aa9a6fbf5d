import { cardMessage, defineFlow, minutes, reply, textMessage, z, type Content, type ContextOf } from '@inthread/sdk'
import { toRows } from '../common-texts.ts'
import { contract } from '../contract.ts'

const card = z.strictObject({
  id: z.string(),
  label: z.string(),
  mask: z.string(),
  preferred: z.boolean(),
  /** A locked one cannot. */
  canPay: z.boolean(),
})
const state = z
  .strictObject({
    cards: z.array(card),
    act: z.enum(['bind', 'choose', 'unbind', 'done']),
    last4: z.string(),
    chosen: z.string(),
    unlinked: z.boolean(),
  })
  .partial()
const input = z.strictObject({})
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const patience = { timeout: { afterMs: minutes(10), to: 'sayQuiet' }, giveUp: 'sayQuiet' } as const
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const

/** Another one that can pay. */
const canBecomeDefault = ({ canPay, preferred }: z.infer<typeof card>): boolean => canPay && !preferred

const askCard = (text: 'whichDefault' | 'whichUnbind', next: 'choose' | 'unbind') =>
  ({
    kind: 'ask',
    slot: 'chosen',
    prompt: ({ t, state: { cards = [] } }: Context) =>
      textMessage(
        t(text),
        cards
          .filter((each) => next === 'unbind' || canBecomeDefault(each))
          .map(({ id, label, mask }) => reply(t('accountLabel', { label, mask }), id)),
      ),
    ...patience,
    next,
  }) as const

/** Which cards may pay here, and by which of them it is paid unless the user says otherwise. */
export const cardsFlow = defineFlow(contract, {
  id: 'cards',
  revision: 2,
  input,
  state,
  start: 'list',
  steps: {
    list: {
      kind: 'call',
      need: 'cardBinding',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'show',
          set: ({ methods }) => ({
            cards: methods
              .slice(0, 6)
              .map(({ id, label, mask, canPay, default: preferred }) => ({ id, label, mask, canPay, preferred })),
          }),
        },
        declined: { to: 'isLinked', set: ({ reason }) => ({ unlinked: reason === 'not_linked' }) },
        unknown: 'sayUnreachable',
      },
    },
    isLinked: {
      kind: 'branch',
      when: [{ is: ({ state: { unlinked } }) => unlinked === true, to: 'sayNotLinked' }],
      otherwise: 'sayCannotLook',
    },
    show: {
      kind: 'ask',
      slot: 'act',
      prompt: ({ t, locale, state: { cards = [] } }) =>
        cardMessage({
          title: t('cardsTitle'),
          description: t('rows', toRows(cards.map((each) => writeCard(each, locale)))),
          suggestions: [
            reply(t('bindCard'), 'bind' as const),
            ...(cards.some(canBecomeDefault) ? [reply(t('chooseDefault'), 'choose' as const)] : []),
            ...(cards.length > 1 ? [reply(t('unbindCard'), 'unbind' as const)] : []),
            reply(t('done'), 'done' as const),
          ],
        }),
      ...patience,
      next: 'acts',
    },
    acts: {
      kind: 'branch',
      when: [
        { is: ({ state: { act } }) => act === 'bind', to: 'askLast4' },
        { is: ({ state: { act } }) => act === 'choose', to: 'askDefault' },
        { is: ({ state: { act } }) => act === 'unbind', to: 'askUnbind' },
      ],
      otherwise: 'sayDone',
    },
    askLast4: {
      kind: 'ask',
      slot: 'last4',
      prompt: ({ t }) => textMessage(t('typeLast4')),
      read: (words) => {
        const typed = words.normalize('NFKC').trim()
        return /^[0-9]{4}$/.test(typed) ? typed : undefined
      },
      ...patience,
      next: 'bind',
    },
    bind: {
      kind: 'call',
      need: 'cardBinding',
      operation: 'bind',
      input: ({ state: { last4 = '' } }) => ({ last4 }),
      on: {
        bound: 'sayBound',
        no_such_card: { to: 'sayNoCard', set: () => ({ last4: undefined }) },
        limited: 'sayLimited',
        declined: 'sayRefused',
        unknown: 'sayUnsure',
      },
    },
    sayNoCard: { kind: 'say', message: ({ t }) => textMessage(t('noSuchCard')), next: 'askLast4' },
    askDefault: askCard('whichDefault', 'choose'),
    choose: {
      kind: 'call',
      need: 'cardBinding',
      operation: 'choose',
      input: ({ state: { chosen = '' } }) => ({ method: chosen }),
      on: { chosen: 'sayChosen', declined: 'sayRefused', unknown: 'sayUnsure' },
    },
    askUnbind: askCard('whichUnbind', 'unbind'),
    unbind: {
      kind: 'call',
      need: 'cardBinding',
      operation: 'unbind',
      input: ({ state: { chosen = '' } }) => ({ card: chosen }),
      on: { unbound: 'sayUnbound', not_bound: 'sayNotBound', declined: 'sayRefused', unknown: 'sayUnsure' },
    },
    sayBound: say(({ t }) => textMessage(t('cardBound'))),
    sayChosen: say(({ t }) => textMessage(t('defaultChosen'))),
    sayUnbound: say(({ t }) => textMessage(t('cardUnbound'))),
    sayNotBound: say(({ t }) => textMessage(t('notBound'))),
    sayLimited: say(({ t }) => textMessage(t('bindLimited'))),
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
    sayRefused: say(({ t }) => textMessage(t('cardsRefused'))),
    sayUnsure: say(({ t }) => textMessage(t('cardsUnsure'))),
    sayDone: say(({ t }) => textMessage(t('allDone'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    end: { kind: 'end' },
  },
})

function writeCard({ label, mask, preferred, canPay }: z.infer<typeof card>, locale: string): string {
  const marks = locale.startsWith('zh')
    ? { preferred: '（默认）', useless: '（现在不能付款）' }
    : { preferred: ' (default)', useless: ' (cannot pay now)' }
  return `${label} ${mask}${preferred ? marks.preferred : ''}${canPay ? '' : marks.useless}`
}
