import { defineFlow, money, textMessage, z } from '@inthread/sdk'
import { contract } from './contract.ts'

const slots = z
  .strictObject({ name: z.string(), price: z.string(), currency: z.string(), receipt: z.string(), count: z.number() })
  .partial()

/** What this customer has bought here. */
export const mineFlow = defineFlow(contract, {
  id: 'mine',
  revision: 1,
  input: z.strictObject({}),
  state: slots,
  start: 'find',
  steps: {
    find: {
      kind: 'read',
      from: 'purchases',
      by: 'mine',
      limit: 50,
      on: {
        found: {
          to: 'show',
          set: (rows) => {
            const { name = '', price = '0.00', currency = 'CNY', receipt = '' } = rows[0] ?? {}
            return { name, price, currency, receipt, count: rows.length }
          },
        },
        none: 'none',
      },
    },
    show: {
      kind: 'say',
      message: ({ t, state: { name = '', price = '0.00', currency = 'CNY', receipt = '', count = 0 } }) =>
        textMessage(t('lastPurchase', { name, amount: money(price, currency), receipt, count })),
      next: 'end',
    },
    none: { kind: 'say', message: ({ t }) => textMessage(t('noPurchases')), next: 'end' },
    end: { kind: 'end' },
  },
})
