import { defineFlow, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { followFlow } from './follow-flow.ts'

const state = z.strictObject({ claim: z.string(), over: z.boolean() }).partial()

/** How the newest claim stands, and what can be done about it. */
export const progressFlow = defineFlow(contract, {
  id: 'progress',
  revision: 2,
  input: z.strictObject({}),
  state,
  start: 'look',
  runs: { follow: followFlow },
  steps: {
    look: {
      kind: 'call',
      need: 'insurance',
      operation: 'claims',
      input: () => ({}),
      on: {
        listed: { to: 'some', set: ({ items }) => ({ claim: items[0]?.id }) },
        declined: 'sayNoAnswer',
        unknown: 'sayNoAnswer',
      },
    },
    some: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.claim === undefined, to: 'sayNone' }],
      otherwise: 'follow',
    },
    follow: {
      kind: 'run',
      flow: 'follow',
      input: ({ state }) => ({ claim: state.claim ?? '' }),
      on: { done: { to: 'end', set: () => ({ over: true }) } },
    },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noClaim')), next: 'end' },
    sayNoAnswer: { kind: 'say', message: ({ t }) => textMessage(t('progressUnknown')), next: 'end' },
    end: { kind: 'end' },
  },
})
