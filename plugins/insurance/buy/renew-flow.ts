import { defineFlow, formatDay, minutes, reply, shorten, textMessage, z } from '@inthread/sdk'
import { policySchema } from '@inthread/sdk/capabilities'
import { contract } from '../contract.ts'
import { buyFlow } from './buy-flow.ts'

const state = z.strictObject({ policies: z.array(policySchema), picked: z.string(), bound: z.boolean() }).partial()

/** The policy that is to have a next year; a single one is not asked for. */
export const renewFlow = defineFlow(contract, {
  id: 'renew',
  revision: 1,
  input: z.strictObject({}),
  state,
  start: 'look',
  runs: { buy: buyFlow },
  steps: {
    look: {
      kind: 'call',
      need: 'insurance',
      operation: 'policies',
      input: () => ({}),
      on: {
        listed: {
          to: 'some',
          set: ({ items }) => {
            const policies = items.filter((each) => each.state === 'in_force' && each.renewedBy === undefined)
            return { policies: policies.slice(0, 8), picked: policies.length === 1 ? policies[0]?.id : undefined }
          },
        },
        declined: 'sayNoAnswer',
        unknown: 'sayNoAnswer',
      },
    },
    some: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.policies?.length === 0, to: 'sayNone' }],
      otherwise: 'ask',
    },
    ask: {
      kind: 'ask',
      slot: 'picked',
      prompt: ({ state, t, locale }) =>
        textMessage<string>(
          t('whichPolicy'),
          (state.policies ?? []).map(({ id, name, to }) =>
            reply<string>(t('policyChip', { name: shorten(name, 12), to: formatDay(to, locale) }), id),
          ),
        ),
      timeout: { afterMs: minutes(15), to: 'end' },
      next: 'buy',
    },
    buy: {
      kind: 'run',
      flow: 'buy',
      input: ({ state }) => ({ policy: state.picked ?? '' }),
      on: { done: { to: 'end', set: ({ bound }) => ({ bound }) } },
    },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noPolicy')), next: 'end' },
    sayNoAnswer: { kind: 'say', message: ({ t }) => textMessage(t('noAnswer')), next: 'end' },
    end: { kind: 'end' },
  },
})
