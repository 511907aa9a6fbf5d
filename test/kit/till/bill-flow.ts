import { defineFlow, hours, textMessage, z } from '@inthread/sdk'
import { contract } from './till-contract.ts'

/** What is owed for power, and paying it. */
export const billFlow = defineFlow(contract, {
  id: 'bill',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ bill: z.string(), result: z.enum(['succeeded', 'declined']) }).partial(),
  start: 'query',
  steps: {
    query: {
      kind: 'call',
      need: 'bills',
      operation: 'query',
      input: () => ({ biller: 'power', account: '13010077' }),
      on: {
        found: { to: 'pay', set: ({ bills: [bill] }) => ({ bill: bill?.id }) },
        none: 'sayNothing',
        not_an_account: 'sayNothing',
        declined: 'sayNothing',
        unknown: 'query',
      },
    },
    pay: {
      kind: 'call',
      need: 'bills',
      operation: 'pay',
      input: ({ state: { bill = '' } }) => ({ quote: bill }),
      on: {
        succeeded: 'sayPaid',
        checking: 'sayOpen',
        declined: 'sayNotPaid',
        cancelled: 'sayNotPaid',
        expired: 'sayNotPaid',
        unknown: 'sayOpen',
      },
    },
    sayOpen: { kind: 'say', message: ({ t }) => textMessage(t('billOpen')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'bills',
      event: 'settled',
      limitMs: hours(24),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayPaid' }],
      otherwise: 'sayNotPaid',
    },
    sayNothing: { kind: 'say', message: ({ t }) => textMessage(t('nothingOwed')), next: 'end' },
    sayPaid: { kind: 'say', message: ({ t }) => textMessage(t('billPaid')), next: 'end' },
    sayNotPaid: { kind: 'say', message: ({ t }) => textMessage(t('billNotPaid')), next: 'end' },
    end: { kind: 'end' },
  },
})
