import { z } from 'zod'
import type { BankRoute, BookDeclaration } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { hours } from '../../time.ts'
import { askEnds, declined, nothing, orderEnds, quoteFields } from '../outcomes.ts'

/** What all loans have in common: how they are asked for, what they would cost, and how the bank carries them out. */

export const loanWish = {
  /** As the bank calls it, like `education-loan`. */
  product: z.string().min(1).max(64),
  amount: moneySchema,
  /** How many payments; the product's usual number when left out. */
  periods: z.number().int().min(1).max(60).optional(),
}

export const loanQuoted = {
  quoted: z.object({ ...quoteFields, name: z.string() }),
  /** Too little, too much, or not in so many payments. */
  not_offered: nothing,
  ...askEnds,
}

export const loanQuoteRoute = {
  method: 'POST',
  path: '/v1/loan-quotes',
  states: { open: 'quoted' },
  otherwise: 'unknown',
  refusals: { below_min: 'not_offered', above_max: 'not_offered', bad_amount: 'not_offered' },
} as const satisfies BankRoute

/** `pending` means signed, and the money on its way: the event `settled` says how it ended. */
export const loanEnds = { ...orderEnds, pending: z.object({ receipt: z.string() }) }

export const loanRoute = {
  method: 'POST',
  path: '/v1/offers/{quote}/accept',
  states: {
    ...{ disbursed: 'succeeded', drawdown_pending: 'pending' },
    ...{ drawdown_failed: 'declined', failed: 'declined', reversed: 'declined' },
  },
  collection: '/v1/drawdowns',
} as const satisfies BankRoute

/** The bank lends and pays; beside it stands what is owed, so that it can be shown and compared. */
export function buildLoanBook(receiver: string): BookDeclaration {
  return {
    hold: { debit: receiver, credit: 'ext:bank:{bank}:lending' },
    then: { debit: 'loan:{order}:principal', credit: 'loan:{order}:memo' },
  }
}

export const loanConfirm = {
  op: 'loan',
  title: { 'zh-CN': '签署贷款合同', en: 'Sign loan contract' },
  payer: false,
  livesMs: hours(48),
} as const

/**
 * Gives back what a credit paid for, or part of it. The user is asked nothing by the bank; a scene asks first. Beyond
 * the tenant's limit a second person has to agree: `unknown` until then.
 */
export const creditRefund = {
  class: 'commit',
  dialogue: false,
  input: z.strictObject({
    /** As the commit gave it that paid. */
    receipt: z.string().min(1).max(64),
    /** All that is left when left out. */
    amount: moneySchema.optional(),
    reason: z.string().min(1).max(60),
  }),
  outcomes: { succeeded: z.object({ receipt: z.string() }), declined, unknown: nothing },
} as const
