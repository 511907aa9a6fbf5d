import { defineFlow, hours, money, textMessage, z } from '@inthread/sdk'
import { contract } from './till-contract.ts'

/** A cup that is paid with as many points as the bank allows, and money. */
export const pointsFlow = defineFlow(contract, {
  id: 'points',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ quote: z.string(), result: z.enum(['succeeded', 'declined']) }).partial(),
  start: 'price',
  steps: {
    price: {
      kind: 'call',
      need: 'points',
      operation: 'quote',
      input: () => ({ amount: money('30.00', 'CNY') }),
      on: {
        quoted: { to: 'pay', set: ({ id }) => ({ quote: id }) },
        not_enough: 'sayNotSold',
        declined: 'sayNotSold',
        unknown: 'sayNotSold',
      },
    },
    pay: {
      kind: 'call',
      need: 'points',
      operation: 'pay',
      input: ({ state: { quote = '-' } }) => ({ quote, purpose: '茶杯' }),
      on: {
        succeeded: 'saySold',
        declined: 'sayNotSold',
        cancelled: 'sayNotSold',
        expired: 'sayNotSold',
        unknown: 'wait',
      },
    },
    wait: {
      kind: 'wait',
      need: 'points',
      event: 'settled',
      limitMs: hours(24),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'saySold' }],
      otherwise: 'sayNotSold',
    },
    saySold: { kind: 'say', message: ({ t }) => textMessage(t('cupSold')), next: 'end' },
    sayNotSold: { kind: 'say', message: ({ t }) => textMessage(t('cupNotSold')), next: 'end' },
    end: { kind: 'end' },
  },
})
