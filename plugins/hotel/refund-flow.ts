import { days, defineFlow, moneySchema, z } from '@inthread/sdk'
import { contract } from './contract.ts'

/** The hotel's money alone goes back; nobody asks for the ticket's. */
export const refundFlow = defineFlow(contract, {
  id: 'refund',
  revision: 1,
  input: z.strictObject({ receipt: z.string(), amount: moneySchema, reason: z.string() }),
  state: z.strictObject({ returned: z.boolean() }).partial(),
  result: z.strictObject({ returned: z.boolean() }),
  start: 'refund',
  steps: {
    refund: {
      kind: 'call',
      need: 'pay',
      operation: 'refund',
      input: ({ input }) => input,
      on: { succeeded: { to: 'end', set: () => ({ returned: true }) }, declined: 'end', unknown: 'wait' },
    },
    wait: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: days(7),
      on: {
        happened: { to: 'end', set: ({ result }) => ({ returned: result === 'succeeded' }) },
        limit: 'end',
      },
    },
    end: { kind: 'end', result: ({ state }) => ({ returned: state.returned ?? false }) },
  },
})
