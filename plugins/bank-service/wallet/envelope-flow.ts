import {
  cardMessage,
  days,
  defineFlow,
  hours,
  money,
  moneySchema,
  reply,
  textMessage,
  z,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import { contract } from '../contract.ts'

const state = z
  .strictObject({
    tap: z.literal('open'),
    later: z.enum(['fetch', 'leave']),
    amount: moneySchema,
    claim: z.string(),
    /** As the bank calls it: on its way, there, or gone back. */
    standing: z.string(),
    again: z.boolean(),
    linked: z.boolean(),
  })
  .partial()
const input = z.strictObject({})
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const

/** How long a share may be on its way until it is there, or gone back. */
const arrivesWithin = days(2)

/** One tap. Who taps again is told what they have got already: the bank has one claim for each person. */
export const envelopeFlow = defineFlow(contract, {
  id: 'envelope',
  revision: 3,
  input,
  state,
  start: 'isAny',
  steps: {
    isAny: {
      kind: 'branch',
      when: [{ is: ({ config }) => config.campaign === '', to: 'sayOver' }],
      otherwise: 'offer',
    },
    offer: {
      kind: 'ask',
      slot: 'tap',
      prompt: ({ t }) =>
        cardMessage({ title: t('envelopeTitle'), suggestions: [reply(t('openEnvelope'), 'open' as const)] }),
      timeout: { afterMs: hours(24), to: 'end' },
      giveUp: 'sayQuiet',
      next: 'claim',
    },
    claim: {
      kind: 'call',
      need: 'envelope',
      operation: 'claim',
      input: ({ config }) => ({ campaign: config.campaign }),
      on: {
        claimed: { to: 'look', set: ({ amount, id, state }) => ({ amount, claim: id, standing: state }) },
        reserved: { to: 'askLater', set: ({ amount }) => ({ amount, later: undefined }) },
        empty: 'sayEmpty',
        over: 'sayOver',
        declined: { to: 'whyNot', set: ({ reason }) => ({ linked: reason !== 'not_linked' }) },
        unknown: 'sayUnsure',
      },
    },
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.linked === false, to: 'sayNotLinked' }],
      otherwise: 'sayNotPossible',
    },
    look: {
      kind: 'read',
      from: 'claims',
      by: 'key',
      key: ({ state: { claim = '' } }) => claim,
      on: { found: { to: 'sayGot', set: () => ({ again: true }) }, none: 'keep' },
    },
    keep: { kind: 'write', to: 'claims', put: ({ state: { claim = '' } }) => ({ claim }), next: 'sayGot' },
    sayGot: {
      kind: 'say',
      message: ({ t, state: { amount = money('0', 'CNY'), again } }) =>
        textMessage(t('envelopeGot', { amount, again: again === true ? 1 : 0 })),
      next: 'isThere',
    },
    isThere: {
      kind: 'branch',
      when: [
        { is: ({ state: { standing } }) => standing === 'released', to: 'sayBack' },
        // Where it was claimed first, somebody waits already.
        { is: ({ state: { standing, again } }) => standing !== 'paying' || again === true, to: 'end' },
      ],
      otherwise: 'arrive',
    },
    // An account that cannot be paid into gives the share back, after it was promised.
    arrive: {
      kind: 'wait',
      need: 'envelope',
      event: 'changed',
      limitMs: arrivesWithin,
      on: { happened: { to: 'isThere', set: ({ state }) => ({ standing: state }) }, limit: 'end' },
    },
    sayBack: say(({ t, state: { amount = money('0', 'CNY') } }) => textMessage(t('envelopeBack', { amount }))),
    // Nobody at the bank has this number yet: the share waits a day for somebody who has.
    askLater: {
      kind: 'ask',
      slot: 'later',
      prompt: ({ t, state: { amount = money('0', 'CNY') } }) =>
        cardMessage({
          title: t('envelopeReserved', { amount }),
          description: t('envelopeHow'),
          suggestions: [reply(t('fetchEnvelope'), 'fetch' as const), reply(t('fetchLater'), 'leave' as const)],
        }),
      timeout: { afterMs: hours(24), to: 'sayReleased' },
      giveUp: 'sayComeBack',
      next: 'later',
    },
    later: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.later === 'fetch', to: 'claim' }],
      otherwise: 'sayComeBack',
    },
    sayComeBack: say(({ t }) => textMessage(t('envelopeComeBack'))),
    sayReleased: say(({ t, state: { amount = money('0', 'CNY') } }) => textMessage(t('envelopeReleased', { amount }))),
    sayEmpty: say(({ t }) => textMessage(t('envelopeEmpty'))),
    sayOver: say(({ t }) => textMessage(t('envelopeOver'))),
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayNotPossible: say(({ t }) => textMessage(t('notPossible'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayUnsure: say(({ t }) => textMessage(t('envelopeUnsure'))),
    end: { kind: 'end' },
  },
  moves: { 2: { steps: { offer: 'offer', askLater: 'askLater' } } },
})
