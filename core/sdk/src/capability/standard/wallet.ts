import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'

export const walletSchema = z.object({
  id: z.string(),
  /** `open` or `frozen`. */
  state: z.string(),
  class: z.number().int(),
  mask: z.string(),
  balance: moneySchema,
  limits: z.object({ balance: moneySchema, single: moneySchema, day: moneySchema, dayLeft: moneySchema }),
})

const states = { succeeded: 'succeeded', failed: 'declined' } as const

/**
 * A digital wallet that is opened by the phone number alone, with small limits. It is one of the ways to pay from then
 * on, so paying with it is a payment like any other.
 */
export const wallet = defineCapability({
  id: 'wallet',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(walletSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/wallets?link={link}', otherwise: 'listed' },
    },
    open: {
      class: 'commit',
      input: z.strictObject({ purpose }),
      outcomes: orderEnds,
      bank: {
        method: 'POST',
        path: '/v1/wallets',
        states: { open: 'succeeded', frozen: 'succeeded', failed: 'declined' },
      },
      confirm: {
        op: 'wallet-opening',
        title: { 'zh-CN': '确认开立钱包', en: 'Confirm the new wallet' },
        payer: false,
        payee: false,
      },
    },
    quote: {
      class: 'quote',
      input: z.strictObject({ direction: z.enum(['load', 'unload']), amount: moneySchema }),
      outcomes: {
        quoted: z.object({ ...quoteFields, amount: moneySchema }),
        /** More than a wallet of this class may hold or move. */
        limited: nothing,
        frozen: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/wallet-quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { above_max: 'limited', below_min: 'limited', account_frozen: 'frozen' },
      },
    },
    load: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: orderEnds,
      bank: { method: 'POST', path: '/v1/wallet-loads', states },
      book: { hold: { debit: 'ecny:{user}', credit: 'ext:customer:{user}' } },
      confirm: { op: 'wallet-load', title: { 'zh-CN': '确认充值钱包', en: 'Confirm wallet load' } },
    },
    unload: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: orderEnds,
      bank: { method: 'POST', path: '/v1/wallet-unloads', states },
      book: { hold: { debit: 'ext:customer:{user}', credit: 'ecny:{user}' } },
      confirm: { op: 'wallet-unload', title: { 'zh-CN': '确认提现', en: 'Confirm the withdrawal' } },
    },
  },
  events: { settled: settledSchema },
})
