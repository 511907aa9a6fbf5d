import { defineFlow, hours, money, textMessage, z } from '@inthread/sdk'
import { contract } from './till-contract.ts'

/** A course that is paid by a loan. */
export const loanFlow = defineFlow(contract, {
  id: 'loan',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ result: z.enum(['succeeded', 'declined']) }).partial(),
  start: 'finance',
  steps: {
    finance: {
      kind: 'call',
      need: 'loan',
      operation: 'finance',
      input: () => ({ amount: money('18800.00', 'CNY'), product: 'education-loan', purpose: '英语课程' }),
      on: {
        succeeded: 'sayFinanced',
        pending: 'sayOpen',
        declined: 'sayNotFinanced',
        cancelled: 'sayNotFinanced',
        expired: 'sayNotFinanced',
        unknown: 'sayOpen',
      },
    },
    sayOpen: { kind: 'say', message: ({ t }) => textMessage(t('loanOpen')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'loan',
      event: 'settled',
      limitMs: hours(24),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayFinanced' }],
      otherwise: 'sayNotFinanced',
    },
    sayFinanced: { kind: 'say', message: ({ t }) => textMessage(t('financed')), next: 'end' },
    sayNotFinanced: { kind: 'say', message: ({ t }) => textMessage(t('notFinanced')), next: 'end' },
    end: { kind: 'end' },
  },
})
