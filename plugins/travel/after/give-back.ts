import { days, defineFlow, moneySchema, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'

/** A refund that nobody has decided after this long is a case for people. */
const patienceMs = days(7)

const partSchema = z.strictObject({ receipt: z.string(), amount: moneySchema })
export const givenBack = z.enum(['returned', 'refused', 'partly', 'unknown'])

/** `told`: the user has heard already that the money is on its way. */
const one = z.strictObject({ part: partSchema, reason: z.string(), told: z.boolean().optional() })

/** One refund, to its end: `unknown` is waited for. */
export const giveBackOne = defineFlow(contract, {
  id: 'giveBackOne',
  revision: 2,
  input: one,
  state: z.strictObject({ result: givenBack }).partial(),
  result: z.strictObject({ result: givenBack }),
  start: 'refund',
  steps: {
    refund: {
      kind: 'call',
      need: 'pay',
      operation: 'refund',
      input: ({ input: { part, reason } }) => ({ ...part, reason }),
      on: {
        succeeded: { to: 'end', set: () => ended('returned') },
        declined: { to: 'end', set: () => ended('refused') },
        unknown: 'isTold',
      },
    },
    isTold: {
      kind: 'branch',
      when: [{ is: ({ input }) => input.told === true, to: 'wait' }],
      otherwise: 'sayUnderWay',
    },
    sayUnderWay: {
      kind: 'say',
      message: ({ t, input }) => textMessage(t('refundUnderWay', { amount: input.part.amount })),
      next: 'wait',
    },
    wait: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: patienceMs,
      on: {
        happened: { to: 'end', set: ({ result }) => ({ result: result === 'succeeded' ? 'returned' : 'refused' }) },
        limit: 'end',
      },
    },
    end: { kind: 'end', result: ({ state }) => ({ result: state.result ?? 'unknown' }) },
  },
})

const state = z.strictObject({ first: givenBack, second: givenBack }).partial()

/** Gives back a sum that was paid in one or two parts. */
export const giveBack = defineFlow(contract, {
  id: 'giveBack',
  revision: 2,
  input: z.strictObject({
    parts: z.array(partSchema).min(1).max(2),
    reason: z.string().min(1).max(60),
    told: z.boolean().optional(),
  }),
  state,
  result: z.strictObject({ result: givenBack }),
  start: 'first',
  runs: { giveBackOne },
  steps: {
    first: {
      kind: 'run',
      flow: 'giveBackOne',
      input: ({ input: { parts, reason, told } }) => ({ part: partAt(parts, 0), reason, told }),
      on: { done: { to: 'more', set: ({ result }) => ({ first: result }) } },
    },
    more: {
      kind: 'branch',
      when: [{ is: ({ state: { first }, input }) => first === 'returned' && input.parts.length > 1, to: 'second' }],
      otherwise: 'end',
    },
    second: {
      kind: 'run',
      flow: 'giveBackOne',
      input: ({ input: { parts, reason, told } }) => ({ part: partAt(parts, 1), reason, told }),
      on: { done: { to: 'end', set: ({ result }) => ({ second: result }) } },
    },
    end: { kind: 'end', result: ({ state: { first, second } }) => ({ result: join(first, second) }) },
  },
})

type Part = z.infer<typeof partSchema>
type GivenBack = z.infer<typeof givenBack>

function ended(result: GivenBack): { readonly result: GivenBack } {
  return { result }
}

function partAt(parts: readonly Part[], index: number): Part {
  return parts[index] ?? { receipt: '', amount: { amountMinor: 0n, currency: 'CNY' } }
}

function join(first: GivenBack = 'unknown', second: GivenBack = first): GivenBack {
  return first === 'returned' && second !== 'returned' ? 'partly' : second
}
