import { defineFlow, hours, textMessage, z } from '@inthread/sdk'
import { contract } from './contract.ts'

/** A credit card. Everything about it, its annual rate before anything else, is said by the bank's dialogue. */
export const cardFlow = defineFlow(contract, {
  id: 'card',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ result: z.string() }).partial(),
  start: 'apply',
  steps: {
    apply: {
      kind: 'call',
      need: 'card',
      operation: 'apply',
      input: ({ config }) => ({ product: config.card }),
      on: {
        succeeded: 'ready',
        declined: 'noCard',
        cancelled: 'noCard',
        expired: 'noCard',
        unknown: 'checking',
      },
    },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('cardChecking')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'card',
      event: 'settled',
      limitMs: hours(72),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'ready' }],
      otherwise: 'noCard',
    },
    ready: { kind: 'say', message: ({ t }) => textMessage(t('cardReady')), next: 'end' },
    noCard: { kind: 'say', message: ({ t }) => textMessage(t('noCard')), next: 'end' },
    end: { kind: 'end' },
  },
})
