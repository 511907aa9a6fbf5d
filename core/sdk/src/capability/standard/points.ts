import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'

const digits = z.string().regex(/^(0|[1-9][0-9]{0,17})$/)

/** The bank's points as a part of what is paid. Points and money are held together and move together, or not at all. */
export const points = defineCapability({
  id: 'points',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    balance: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: {
        answered: z.object({
          points: digits,
          worth: moneySchema,
          lots: z.array(z.object({ points: digits, expiresAt: z.number().int() })),
        }),
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/points/balance?link={link}', otherwise: 'answered' },
    },
    /** What an order costs with points: `amount` is what is left to pay in money. */
    quote: {
      class: 'quote',
      input: z.strictObject({
        /** The whole order. */
        amount: moneySchema,
        /** As many as may be used when left out. */
        points: digits.optional(),
      }),
      outcomes: {
        quoted: z.object({
          ...quoteFields,
          amount: moneySchema,
          order: moneySchema,
          points: digits,
          worth: moneySchema,
        }),
        /** No points, or more than may be used for this order. */
        not_enough: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/points/quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { above_max: 'not_enough', below_min: 'not_enough', insufficient_funds: 'not_enough' },
      },
    },
    pay: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: orderEnds,
      bank: {
        method: 'POST',
        path: '/v1/groups',
        states: { succeeded: 'succeeded', failed: 'declined', cancelled: 'declined' },
      },
      // Their issuer pays for the points, so that the merchant has all of it in money.
      book: {
        hold: { debit: 'bank:{bank}:clearing', credit: 'ext:customer:{user}' },
        then: { debit: 'ext:tenant:{tenant}:due', credit: 'bank:{bank}:clearing' },
        beside: [
          { member: 'points', asset: 'PTS', hold: { debit: 'points:pool', credit: 'points:{user}' } },
          {
            member: 'worth',
            then: [
              { debit: 'bank:{bank}:clearing', credit: 'ext:points-issuer' },
              { debit: 'ext:tenant:{tenant}:due', credit: 'bank:{bank}:clearing' },
            ],
          },
        ],
      },
      confirm: { op: 'points-payment', title: { 'zh-CN': '确认支付', en: 'Confirm payment' } },
    },
  },
  events: { settled: settledSchema },
})
