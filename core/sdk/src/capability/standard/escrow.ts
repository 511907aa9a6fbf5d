import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { changedSchema, settledSchema } from '../payment.ts'

const id = z.string().min(1).max(190)

/**
 * Money that the bank keeps between two people. `held`, `shipped` and `disputed` mean that it waits; `released` went to
 * the seller and `returned` to the buyer, and neither is ever left.
 */
export const escrowSchema = z.object({
  id: z.string(),
  state: z.string(),
  amount: moneySchema.optional(),
  /** The quote it was paid in by. */
  quote: z.string().optional(),
  item: z.string().optional(),
  /** RFC 3339: until when somebody is waited for, before the bank's terms act. */
  answerBy: z.string().optional(),
  reminded: z.boolean().optional(),
  /** Who has asked to have it given back. */
  wantsBack: z.array(z.enum(['buyer', 'seller'])).optional(),
  /** Of an end: `parties`, `rule` for the bank's terms, `bank` for its decision in a dispute. */
  decidedBy: z.string().optional(),
  parcel: z.string().optional(),
})

const over = { state_conflict: 'over' } as const
/** `over`: it has another state meanwhile, and nothing was done; `find` says which. */
const ends = { over: nothing, ...askEnds }
const named = z.strictObject({ escrow: id })

/**
 * A payment that two people release: the buyer pays into a hold of the bank and confirms amount and payee, the seller
 * ships, and the money goes to the seller when the buyer says so, or back when both want that. Who says nothing is
 * reminded, and then the bank's terms decide; a dispute is decided by the bank. `pay` has succeeded when the bank keeps
 * the money: nobody has been paid yet.
 */
export const escrow = defineCapability({
  id: 'escrow',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    quote: {
      class: 'quote',
      input: z.strictObject({ amount: moneySchema, item: z.string().min(1).max(60) }),
      outcomes: {
        quoted: z.object({ ...quoteFields, amount: moneySchema }),
        /** Too little or too much to be kept. */
        not_offered: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/escrow-quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { below_min: 'not_offered', above_max: 'not_offered', bad_amount: 'not_offered' },
      },
    },
    pay: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: orderEnds,
      bank: {
        method: 'POST',
        path: '/v1/escrows',
        states: {
          ...{ held: 'succeeded', shipped: 'succeeded', disputed: 'succeeded', released: 'succeeded' },
          ...{ returned: 'declined', failed: 'declined' },
        },
        product: true,
      },
      book: {
        hold: { debit: 'ext:escrow:{order}', credit: 'ext:customer:{user}' },
        after: {
          released: { debit: 'ext:tenant:{tenant}:due', credit: 'ext:escrow:{order}' },
          returned: { debit: 'ext:customer:{user}', credit: 'ext:escrow:{order}' },
        },
      },
      confirm: { op: 'escrow', title: { 'zh-CN': '确认担保付款', en: 'Pay, kept by the bank' } },
    },
    /** All that this user has paid in, the newest first. */
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(escrowSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/escrows?link={link}', otherwise: 'listed' },
    },
    find: {
      class: 'read',
      input: named,
      outcomes: { found: escrowSchema, ...askEnds },
      bank: { method: 'GET', path: '/v1/escrows/{escrow}', otherwise: 'found' },
    },
    /** For the seller, who has sent it. */
    ship: {
      class: 'hold',
      input: named.extend({ parcel: z.string().min(1).max(60).optional() }),
      outcomes: { shipped: escrowSchema, ...ends },
      bank: {
        method: 'POST',
        path: '/v1/escrows/{escrow}/ship',
        states: { shipped: 'shipped' },
        otherwise: 'over',
        refusals: over,
      },
    },
    /** For the buyer, who has it: amount and payee are those that were confirmed, so no other proof is asked for. */
    receive: {
      class: 'hold',
      input: named,
      outcomes: { released: escrowSchema, ...ends },
      bank: {
        method: 'POST',
        path: '/v1/escrows/{escrow}/receipt',
        states: { released: 'released' },
        otherwise: 'over',
        refusals: over,
      },
    },
    /** `asked` until the other one wants it, too. */
    giveBack: {
      class: 'hold',
      input: named.extend({ by: z.enum(['buyer', 'seller']) }),
      outcomes: { returned: escrowSchema, asked: escrowSchema, ...ends },
      bank: {
        method: 'POST',
        path: '/v1/escrows/{escrow}/return',
        states: { returned: 'returned', held: 'asked', shipped: 'asked', disputed: 'asked' },
        otherwise: 'over',
        refusals: over,
      },
    },
    /** For the buyer: nothing is paid out until the bank has decided, or both agree. */
    dispute: {
      class: 'hold',
      input: named,
      outcomes: { disputed: escrowSchema, ...ends },
      bank: {
        method: 'POST',
        path: '/v1/escrows/{escrow}/dispute',
        states: { disputed: 'disputed' },
        otherwise: 'over',
        refusals: over,
      },
    },
  },
  events: { settled: settledSchema, changed: changedSchema },
})
