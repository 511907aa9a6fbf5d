import {
  cardMessage,
  carousel,
  defineFlow,
  findInstant,
  hours,
  minutes,
  reply,
  textMessage,
  z,
  type Card,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import { visitSchema } from '@inthread/sdk/capabilities'
import { contract } from '../contract.ts'
import { findMissed, lookAgainSteps } from '../look-again.ts'
import { heldSchema, pickSlotFlow, whySchema } from './pick-slot-flow.ts'

const choice = z.strictObject({ id: z.string(), act: z.enum(['move', 'cancel', 'keep']) })
const input = z.strictObject({ appointment: z.string().optional() })
const state = z
  .strictObject({
    visits: z.array(visitSchema),
    choice,
    held: heldSchema,
    why: whySchema,
    ended: z.enum(['too_late', 'refused']),
    unlinked: z.boolean(),
    /** How often the bank has not said what it told of. */
    missed: z.int(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>
type Visit = z.infer<typeof visitSchema>

const open = ['booked_confirmed', 'needs_confirmation']
const visitsShown = 10
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const

/** The visits that are booked: each can be moved or cancelled. The bank's reminder comes here as well. */
export const myVisitsFlow = defineFlow(contract, {
  id: 'myVisits',
  revision: 2,
  input,
  state,
  start: 'which',
  runs: { pickSlot: pickSlotFlow },
  steps: {
    which: {
      kind: 'branch',
      when: [{ is: ({ input: { appointment } }) => appointment !== undefined, to: 'find' }],
      otherwise: 'list',
    },
    find: {
      kind: 'call',
      need: 'appointment',
      operation: 'find',
      input: ({ input: { appointment = '' } }) => ({ appointment }),
      on: {
        found: { to: 'isOpen', set: (visit) => ({ visits: keepOpen([visit]) }) },
        ...findMissed,
      },
    },
    ...lookAgainSteps,
    // Cancelled meanwhile: there is nothing to be reminded of.
    isOpen: {
      kind: 'branch',
      when: [{ is: ({ state: { visits = [] } }) => visits.length === 0, to: 'end' }],
      otherwise: 'remind',
    },
    remind: {
      kind: 'ask',
      slot: 'choice',
      prompt: ({ t, now, state: { visits: [visit] = [] } }) =>
        cardMessage<z.infer<typeof choice>>({
          title: t('reminder', {
            ...{ branch: visit?.branchName ?? '', service: visit?.serviceName ?? '' },
            from: findInstant(visit?.from ?? '') ?? now,
          }),
          suggestions: [
            reply(t('otherTime'), { id: visit?.id ?? '', act: 'move' }),
            reply(t('cancelVisit'), { id: visit?.id ?? '', act: 'cancel' }),
            reply(t('allRight'), { id: visit?.id ?? '', act: 'keep' }),
          ],
        }),
      timeout: { afterMs: hours(3), to: 'end' },
      giveUp: 'sayQuiet',
      next: 'chosen',
    },
    list: {
      kind: 'call',
      need: 'appointment',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: { to: 'isAny', set: ({ items }) => ({ visits: keepOpen(items) }) },
        declined: { to: 'isLinked', set: ({ reason }) => ({ unlinked: reason === 'not_linked' }) },
        unknown: 'sayUnreachable',
      },
    },
    isLinked: {
      kind: 'branch',
      when: [{ is: ({ state: { unlinked } }) => unlinked === true, to: 'sayNotLinked' }],
      otherwise: 'sayCannotLook',
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { visits = [] } }) => visits.length === 0, to: 'sayNone' }],
      otherwise: 'show',
    },
    show: {
      kind: 'ask',
      slot: 'choice',
      prompt: (context) => carousel((context.state.visits ?? []).map((visit) => buildCard(context, visit))),
      timeout: { afterMs: minutes(10), to: 'sayQuiet' },
      next: 'chosen',
    },
    chosen: {
      kind: 'branch',
      when: [
        { is: ({ state: { choice: chosen } }) => chosen?.act === 'cancel', to: 'noteEnd' },
        { is: ({ state: { choice: chosen } }) => chosen?.act === 'move', to: 'pick' },
      ],
      otherwise: 'sayUnchanged',
    },
    // Before the bank is asked: its news may be here before its answer.
    noteEnd: {
      kind: 'write',
      to: 'visits',
      put: ({ state }) => ({ appointment: state.choice?.id ?? '' }),
      next: 'cancel',
    },
    cancel: {
      kind: 'call',
      need: 'appointment',
      operation: 'cancel',
      input: ({ state }) => ({ appointment: state.choice?.id ?? '' }),
      on: {
        cancelled: 'sayCancelled',
        too_late: { to: 'forgetEnd', set: () => ({ ended: 'too_late' as const }) },
        declined: { to: 'forgetEnd', set: () => ({ ended: 'refused' as const }) },
        unknown: 'sayUnsure',
      },
    },
    forgetEnd: { kind: 'write', to: 'visits', remove: ({ state }) => state.choice?.id ?? '', next: 'whyNot' },
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state: { ended } }) => ended === 'too_late', to: 'sayTooLate' }],
      otherwise: 'sayRefused',
    },
    pick: {
      kind: 'run',
      flow: 'pickSlot',
      input: ({ state: { visits = [], choice: chosen } }) => {
        const visit = visits.find(({ id }) => id === chosen?.id)
        const { branch = '', service = '', cash } = visit ?? {}
        return { branch, service, ...(cash ? { cash } : {}) }
      },
      on: { done: { to: 'isKept', set: ({ held, why }) => ({ held, why }) } },
    },
    isKept: {
      kind: 'branch',
      when: [
        { is: ({ state: { held } }) => held !== undefined, to: 'move' },
        { is: ({ state: { why } }) => why === 'unreachable', to: 'sayNoTimes' },
        { is: ({ state: { why } }) => why === 'not_linked', to: 'sayNotLinked' },
      ],
      otherwise: 'sayUnchanged',
    },
    move: {
      kind: 'call',
      need: 'appointment',
      operation: 'reschedule',
      input: ({ state: { choice: chosen, held } }) => ({ appointment: chosen?.id ?? '', quote: held?.quote ?? '' }),
      on: { moved: 'sayMoved', too_late: 'sayTooLate', declined: 'sayRefused', unknown: 'sayUnsure' },
    },
    sayMoved: say(({ t, state: { held } }) =>
      textMessage(t('visitMoved', { branch: held?.branch ?? '', from: held?.from ?? 0 })),
    ),
    sayCancelled: say(({ t }) => textMessage(t('visitCancelled'))),
    sayTooLate: say(({ t }) => textMessage(t('visitTooLate'))),
    sayNone: say(({ t }) => textMessage(t('noVisits'))),
    sayUnchanged: say(({ t }) => textMessage(t('unchanged'))),
    sayNoTimes: say(({ t }) => textMessage(t('noTimesToMove'))),
    sayRefused: say(({ t }) => textMessage(t('visitRefused'))),
    sayUnsure: say(({ t }) => textMessage(t('visitUnsure'))),
    sayUnclear: say(({ t }) => textMessage(t('reminderUnclear'))),
    sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    end: { kind: 'end' },
  },
  moves: { 1: { steps: { remind: 'remind', show: 'show' } } },
})

function keepOpen(visits: readonly Visit[]): Visit[] {
  return visits.filter(({ state: standing }) => open.includes(standing)).slice(0, visitsShown)
}

function buildCard(
  { t, now }: Context,
  { id, branchName, serviceName, from, ticketNo }: Visit,
): Card<z.infer<typeof choice>> {
  return {
    title: t('visitTitle', { service: serviceName }),
    description: t('myVisitBody', { branch: branchName, from: findInstant(from) ?? now, ticket: ticketNo }),
    suggestions: [
      reply(t('moveTicket', { ticket: ticketNo }), { id, act: 'move' }),
      reply(t('cancelTicket', { ticket: ticketNo }), { id, act: 'cancel' }),
    ],
  }
}
