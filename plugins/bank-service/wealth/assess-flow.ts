import { defineFlow, minutes, reply, textMessage, z, type Content, type ContextOf } from '@inthread/sdk'
import { contract } from '../contract.ts'

const answer = z.enum(['low', 'mid', 'high'])
const state = z
  .strictObject({
    ...{ a0: answer, a1: answer, a2: answer, a3: answer, a4: answer },
    profile: z.string(),
    /** All was answered, and the bank made no profile of it. */
    failed: z.boolean(),
  })
  .partial()
const input = z.strictObject({})
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>
type Step = 'q0' | 'q1' | 'q2' | 'q3' | 'q4' | 'assess'

const weights = { low: 1, mid: 3, high: 5 } as const
type Place = 0 | 1 | 2 | 3 | 4

function askQuestion({ t }: Context, place: Place): Content<'low' | 'mid' | 'high'> {
  return textMessage(t(`question${place}`), [
    reply(t(`answer${place}low`), 'low'),
    reply(t(`answer${place}mid`), 'mid'),
    reply(t(`answer${place}high`), 'high'),
  ])
}

const ask = <N extends Place>(place: N, next: Step) =>
  ({
    kind: 'ask',
    slot: `a${place}`,
    prompt: (context: Context) => askQuestion(context, place),
    timeout: { afterMs: minutes(10), to: 'end' },
    giveUp: 'end',
    next,
  }) as const

const failed = { to: 'end', set: () => ({ failed: true }) } as const

/** Five answers; the bank makes the profile of them. */
export const assessFlow = defineFlow(contract, {
  id: 'assess',
  revision: 2,
  input,
  state,
  result: z.strictObject({ profile: z.string().optional(), failed: z.boolean().optional() }),
  start: 'sayWhy',
  steps: {
    sayWhy: { kind: 'say', message: ({ t }) => textMessage(t('assessFirst')), next: 'q0' },
    q0: ask(0, 'q1'),
    q1: ask(1, 'q2'),
    q2: ask(2, 'q3'),
    q3: ask(3, 'q4'),
    q4: ask(4, 'assess'),
    assess: {
      kind: 'call',
      need: 'wealth',
      operation: 'assess',
      input: ({ state: { a0 = 'low', a1 = 'low', a2 = 'low', a3 = 'low', a4 = 'low' } }) => ({
        answers: [a0, a1, a2, a3, a4].map((each) => weights[each]),
      }),
      on: {
        assessed: { to: 'sayProfile', set: ({ profile }) => ({ profile }) },
        declined: failed,
        unknown: failed,
      },
    },
    sayProfile: {
      kind: 'say',
      message: ({ t, state: { profile = '' } }) => textMessage(t('profileIs', { profile })),
      next: 'end',
    },
    end: {
      kind: 'end',
      result: ({ state: { profile, failed: isLost } }) => ({
        ...(profile === undefined ? {} : { profile }),
        ...(isLost === undefined ? {} : { failed: isLost }),
      }),
    },
  },
  moves: { 1: { steps: { q0: 'q0', q1: 'q1', q2: 'q2', q3: 'q3', q4: 'q4' } } },
})
