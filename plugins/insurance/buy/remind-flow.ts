import {
  cardMessage,
  defineFlow,
  formatDay,
  hours,
  moneySchema,
  reply,
  textMessage,
  z,
  type ContextOf,
} from '@inthread/sdk'
import { addDays, morningOf } from '../calendar.ts'
import { coverSchema } from '../catalogue.ts'
import { boundSchema, contract } from '../contract.ts'
import { buyFlow } from './buy-flow.ts'

/** So many days before the end. */
const rounds = [30, 7, 1] as const

const state = z
  .strictObject({
    round: z.int(),
    cover: coverSchema,
    /** Last year's, when the policy still waits for its next one. */
    premium: moneySchema,
    answer: z.enum(['renew', 'other', 'off']),
    bound: z.boolean(),
  })
  .partial()

type RemindContext = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof boundSchema>>

/** Speaks thirty, seven and one days before a policy ends, until it is renewed or nobody wants to hear of it. */
export const remindFlow = defineFlow(contract, {
  id: 'remind',
  revision: 1,
  input: boundSchema,
  state,
  start: 'begin',
  runs: { buy: buyFlow },
  steps: {
    begin: {
      kind: 'read',
      from: 'covers',
      by: 'key',
      key: ({ input }) => input.policy,
      on: { found: { to: 'any', set: (_cover, context) => ({ round: firstRound(context) }) }, none: 'end' },
    },
    any: { kind: 'branch', when: [{ is: ({ state }) => isOver(state.round), to: 'end' }], otherwise: 'wait' },
    wait: { kind: 'wait', until: (context) => momentOf(context, context.state.round ?? 0), next: 'look' },
    look: {
      kind: 'read',
      from: 'covers',
      by: 'key',
      key: ({ input }) => input.policy,
      on: { found: { to: 'wanted', set: ([cover]) => ({ cover }) }, none: 'end' },
    },
    wanted: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.cover?.reminders !== true, to: 'end' }],
      otherwise: 'policies',
    },
    policies: {
      kind: 'call',
      need: 'insurance',
      operation: 'policies',
      input: () => ({}),
      on: {
        listed: {
          to: 'runsOut',
          set: ({ items }, { input }) => ({
            answer: undefined,
            premium: items.find(
              ({ id, state: stands, renewedBy }) =>
                id === input.policy && stands === 'in_force' && renewedBy === undefined,
            )?.amount,
          }),
        },
        declined: 'onward',
        unknown: 'onward',
      },
    },
    runsOut: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.premium === undefined, to: 'end' }],
      otherwise: 'offer',
    },
    offer: {
      kind: 'ask',
      slot: 'answer',
      prompt: offerQuestion,
      timeout: { afterMs: hours(24), to: 'onward' },
      giveUp: 'onward',
      next: 'answered',
    },
    answered: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.answer === 'renew', to: 'renew' },
        { is: ({ state }) => state.answer === 'other', to: 'other' },
      ],
      otherwise: 'off',
    },
    renew: {
      kind: 'run',
      flow: 'buy',
      input: ({ input }) => ({ policy: input.policy }),
      on: { done: { to: 'done', set: ({ bound }) => ({ bound }) } },
    },
    other: {
      kind: 'run',
      flow: 'buy',
      input: () => ({}),
      on: { done: { to: 'done', set: ({ bound }) => ({ bound }) } },
    },
    done: { kind: 'branch', when: [{ is: ({ state }) => state.bound === true, to: 'end' }], otherwise: 'onward' },
    onward: {
      kind: 'read',
      from: 'covers',
      by: 'key',
      key: ({ input }) => input.policy,
      on: { found: { to: 'any', set: (_cover, { state }) => ({ round: (state.round ?? 0) + 1 }) }, none: 'end' },
    },
    off: {
      kind: 'write',
      to: 'covers',
      put: ({ input }) => ({ policy: input.policy, reminders: false }),
      next: 'sayOff',
    },
    sayOff: { kind: 'say', message: ({ t }) => textMessage(t('remindersOff')), next: 'end' },
    end: { kind: 'end' },
  },
})

function momentOf({ input, timeZone }: Pick<RemindContext, 'input' | 'timeZone'>, round: number): number {
  return morningOf(addDays(input.to, -(rounds[round] ?? 0)), timeZone)
}

/** A policy of a month is not spoken of on the day it was bought. */
function firstRound(context: RemindContext): number {
  const ahead = rounds.findIndex((_days, round) => momentOf(context, round) > context.now + hours(48) * 1000)
  return ahead < 0 ? rounds.length : ahead
}

function isOver(round = 0): boolean {
  return round >= rounds.length
}

function offerQuestion({ state, input, t, locale }: RemindContext) {
  const premium = state.premium ?? { amountMinor: 0n, currency: 'CNY' }
  return cardMessage<'renew' | 'other' | 'off'>({
    title: t('productTitle', { name: input.name }),
    description: t('ends', { name: input.name, to: formatDay(input.to, locale), premium }),
    suggestions: [reply(t('renewNow'), 'renew'), reply(t('otherPlan'), 'other'), reply(t('noReminders'), 'off')],
  })
}
