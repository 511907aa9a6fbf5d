import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { changedSchema, settledSchema } from '../payment.ts'

/** Until `executeAt` it may be withdrawn. */
const scheduled = z.object({ receipt: z.string(), id: z.string(), executeAt: z.number().int().optional() })

const payee = z.object({ id: z.string(), name: z.string(), account: z.string() })

/**
 * Money from the user to somebody whose phone number they know. The bank looks the payee up and shows name and account
 * masked; what the user confirms is that payee and no other.
 */
export const transfer = defineCapability({
  id: 'transfer',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** Where a payee may have an account; the first is the bank itself. */
    banks: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/payees/banks', otherwise: 'listed' },
    },
    /** Who a number belongs to, masked. Counted by the bank: ten a day, and three that miss in an hour. */
    lookup: {
      class: 'quote',
      input: z.strictObject({
        /** E.164. */
        phone: z.string().min(5).max(16),
        /** One of several banks that the number is known at. */
        bank: z.string().optional(),
      }),
      outcomes: {
        found: z.object({
          ...quoteFields,
          payee,
          /** Where the account is, and whether the user has paid it before. */
          bank: z.object({ id: z.string(), name: z.string() }).optional(),
          firstTime: z.boolean().optional(),
          /**
           * From this amount on, the bank asks on a page of its own for the character of the name that its mask hides.
           * The answer never passes through a message.
           */
          nameAskedFrom: moneySchema.optional(),
        }),
        not_registered: nothing,
        /** No more today, or no more this hour. */
        limited: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/payees/lookups',
        states: { open: 'found', not_registered: 'not_registered' },
        otherwise: 'unknown',
        refusals: { rate_limited: 'limited' },
      },
    },
    /** Sends the money. A delayed one is `scheduled` and may be withdrawn until it is carried out. */
    send: {
      class: 'commit',
      input: z.strictObject({
        amount: moneySchema,
        /** Of the lookup. */
        quote,
        speed: z.enum(['realtime', '2h', 'nextDay']),
        purpose,
      }),
      outcomes: { ...orderEnds, scheduled },
      bank: {
        method: 'POST',
        path: '/v1/transfers',
        states: {
          ...{ succeeded: 'succeeded', scheduled: 'scheduled' },
          ...{ failed: 'declined', cancelled: 'declined', returned: 'declined' },
        },
        product: true,
      },
      book: {
        hold: { debit: 'ext:payee:{payee}', credit: 'ext:customer:{user}' },
        // The payee's bank did not take it after all.
        after: { returned: { debit: 'ext:customer:{user}', credit: 'ext:payee:{payee}' } },
      },
      confirm: {
        op: 'transfer',
        title: { 'zh-CN': '确认转账', en: 'Confirm transfer' },
        rows: {
          speed: {
            label: { 'zh-CN': '到账时间', en: 'Arrives' },
            values: {
              realtime: { 'zh-CN': '实时', en: 'right away' },
              '2h': { 'zh-CN': '2 小时后', en: 'after 2 hours' },
              nextDay: { 'zh-CN': '次日', en: 'the next day' },
            },
          },
        },
      },
    },
    /** Takes a scheduled transfer back. */
    withdraw: {
      class: 'hold',
      input: z.strictObject({ transfer: z.string() }),
      outcomes: { withdrawn: nothing, too_late: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/transfers/{transfer}/cancel',
        states: { cancelled: 'withdrawn' },
        otherwise: 'too_late',
        refusals: { state_conflict: 'too_late' },
      },
    },
  },
  events: { settled: settledSchema, changed: changedSchema },
})
