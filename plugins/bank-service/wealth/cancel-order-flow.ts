import { defineFlow, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'

/** The youngest order is cancelled, if its cut-off has not passed: the bank knows. */
export const cancelOrderFlow = defineFlow(contract, {
  id: 'cancelOrder',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ order: z.string() }).partial(),
  start: 'look',
  steps: {
    look: {
      kind: 'read',
      from: 'wealthOrders',
      by: 'mine',
      limit: 1,
      on: { found: { to: 'cancel', set: ([order]) => ({ order: order?.order ?? '' }) }, none: 'sayNone' },
    },
    cancel: {
      kind: 'call',
      need: 'wealth',
      operation: 'cancel',
      input: ({ state: { order = '' } }) => ({ placed: order }),
      on: { cancelled: 'sayCancelled', too_late: 'sayTooLate', declined: 'sayTooLate', unknown: 'sayUnreachable' },
    },
    sayCancelled: { kind: 'say', message: ({ t }) => textMessage(t('orderWithdrawn')), next: 'end' },
    sayTooLate: { kind: 'say', message: ({ t }) => textMessage(t('orderTooLate')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noOrder')), next: 'end' },
    sayUnreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
