import { defineFlow, findInstant, hours, reply, textMessage, z, type ContextOf } from '@inthread/sdk'
import { visitSchema } from '@inthread/sdk/capabilities'
import { contract } from '../contract.ts'
import { findMissed, lookAgainSteps } from '../look-again.ts'
import { services, visitFlow } from './visit-flow.ts'

const input = z.strictObject({ appointment: z.string() })
const state = z
  .strictObject({
    visit: visitSchema,
    other: z.enum(['time', 'leave']),
    /** How often the bank has not said what it told of. */
    missed: z.int(),
  })
  .partial()
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const say = (text: 'calledOffUnclear' | 'allDone' | 'quiet') =>
  ({ kind: 'say', message: ({ t }: Context) => textMessage(t(text)), next: 'end' }) as const

/** A visit is off, and nobody has said so here: the user is told before they go there. */
export const calledOffFlow = defineFlow(contract, {
  id: 'calledOff',
  revision: 1,
  input,
  state,
  start: 'isKnown',
  runs: { visit: visitFlow },
  steps: {
    isKnown: {
      kind: 'read',
      from: 'visits',
      by: 'key',
      key: ({ input: { appointment } }) => appointment,
      on: { found: 'end', none: 'find' },
    },
    find: {
      kind: 'call',
      need: 'appointment',
      operation: 'find',
      input: ({ input: { appointment } }) => ({ appointment }),
      on: {
        found: { to: 'isOff', set: (visit) => ({ visit }) },
        ...findMissed,
      },
    },
    ...lookAgainSteps,
    isOff: {
      kind: 'branch',
      when: [{ is: ({ state: { visit } }) => visit?.state === 'cancelled', to: 'ask' }],
      otherwise: 'end',
    },
    ask: {
      kind: 'ask',
      slot: 'other',
      prompt: ({ t, now, state: { visit } }) =>
        textMessage(t('calledOff', { branch: visit?.branchName ?? '', from: findInstant(visit?.from ?? '') ?? now }), [
          reply(t('otherTime'), 'time' as const),
          reply(t('leaveIt'), 'leave' as const),
        ]),
      timeout: { afterMs: hours(24), to: 'end' },
      giveUp: 'sayQuiet',
      next: 'wantsOther',
    },
    wantsOther: {
      kind: 'branch',
      when: [{ is: ({ state: { other } }) => other === 'time', to: 'again' }],
      otherwise: 'sayDone',
    },
    again: {
      kind: 'run',
      flow: 'visit',
      input: ({ state: { visit } }) => {
        const service = services.find((known) => known === visit?.service)
        return {
          ...(visit ? { branch: visit.branch } : {}),
          ...(service ? { service } : {}),
          ...(visit?.cash ? { cash: visit.cash } : {}),
        }
      },
      on: { done: 'end' },
    },
    sayUnclear: say('calledOffUnclear'),
    sayDone: say('allDone'),
    sayQuiet: say('quiet'),
    end: { kind: 'end' },
  },
})
