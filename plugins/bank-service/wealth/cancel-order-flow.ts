import { defineFlow, textMessage, z } from '@inthread/sdk'
import { contract, wealthOrderSchema } from '../contract.ts'

const none = { order: '', name: '' }

/** The youngest order is cancelled, if its cut-off has not passed: the bank knows. */
export const cancelOrderFlow = defineFlow(contract, {
  id: 'cancelOrder',
  revision: 2,
  input: z.strictObject({}),
  state: z.strictObject({ order: wealthOrderSchema, unsure: z.boolean() }).partial(),
  start: 'look',
  steps: {
    look: {
      kind: 'read',
      from: 'wealthOrders',
      by: 'mine',
      limit: 20,
      on: {
        found: { to: 'isAny', set: (orders) => ({ order: orders.find(({ withdrawn }) => withdrawn !== true) }) },
        none: 'sayNone',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { order } }) => order === undefined, to: 'sayNone' }],
      otherwise: 'mark',
    },
    // Before the bank is asked: whoever waits for this order may hear of its end first, and says nothing of it then.
    mark: {
      kind: 'write',
      to: 'wealthOrders',
      put: ({ state: { order = none } }) => ({ ...order, withdrawn: true }),
      next: 'cancel',
    },
    cancel: {
      kind: 'call',
      need: 'wealth',
      operation: 'cancel',
      input: ({ state: { order = none } }) => ({ placed: order.order }),
      on: {
        cancelled: 'sayCancelled',
        too_late: 'unmark',
        declined: 'unmark',
        unknown: { to: 'unmark', set: () => ({ unsure: true }) },
      },
    },
    unmark: {
      kind: 'write',
      to: 'wealthOrders',
      put: ({ state: { order = none } }) => order,
      next: 'isUnsure',
    },
    isUnsure: {
      kind: 'branch',
      when: [{ is: ({ state: { unsure } }) => unsure === true, to: 'sayUnreachable' }],
      otherwise: 'sayTooLate',
    },
    sayCancelled: { kind: 'say', message: ({ t }) => textMessage(t('orderWithdrawn')), next: 'end' },
    sayTooLate: { kind: 'say', message: ({ t }) => textMessage(t('orderTooLate')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('noOrder')), next: 'end' },
    sayUnreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
