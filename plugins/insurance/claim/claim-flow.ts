import { defineFlow, formatDay, minutes, money, reply, shorten, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { claimForm } from './claim-form.ts'
import { claimState } from './claim-slots.ts'
import { followFlow } from './follow-flow.ts'

/** Which policy, what, when, how, how much; then the insurer has it. */
export const claimFlow = defineFlow(contract, {
  id: 'claim',
  revision: 1,
  input: z.strictObject({}),
  state: claimState,
  start: 'look',
  runs: { follow: followFlow },
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
            const policies = items.filter((each) => each.state === 'in_force').slice(0, 8)
            return { policies, policy: policies.length === 1 ? policies[0]?.id : undefined }
          },
        },
        declined: 'sayNotReported',
        unknown: 'sayNotReported',
      },
    },
    some: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.policies?.length === 0, to: 'sayNone' }],
      otherwise: 'ask',
    },
    ask: {
      kind: 'ask',
      slot: 'policy',
      prompt: ({ state, t, locale }) =>
        textMessage<string>(
          t('whichCover'),
          (state.policies ?? []).map(({ id, name, to }) =>
            reply<string>(t('policyChip', { name: shorten(name, 12), to: formatDay(to, locale) }), id),
          ),
        ),
      timeout: { afterMs: minutes(15), to: 'sayDropped' },
      next: 'reportKind',
    },
    ...claimForm,
    report: {
      kind: 'run',
      flow: 'follow',
      input: ({ state: { policy = '', kind = 'collision', day = '', story = '', amount = '0' } }) => ({
        report: { policy, kind, happenedOn: day, description: story, amount: money(amount, 'CNY') },
      }),
      on: { done: { to: 'end', set: () => ({ over: true }) } },
    },
    sayDropped: { kind: 'say', message: ({ t }) => textMessage(t('claimDropped')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noPolicy')), next: 'end' },
    sayNotReported: { kind: 'say', message: ({ t }) => textMessage(t('notReported')), next: 'end' },
    end: { kind: 'end' },
  },
})
