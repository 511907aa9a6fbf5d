import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { settledSchema } from '../payment.ts'
import {
  buildLoanBook,
  creditRefund,
  loanConfirm,
  loanEnds,
  loanQuoted,
  loanQuoteRoute,
  loanRoute,
  loanWish,
} from './borrowing.ts'

/**
 * What somebody buys is paid by a loan of the bank, in the thread: key facts, consents one by one, the bank's own page,
 * the signed credit query, the decision, the contract. The bank pays the merchant; the merchant hears how it ended and
 * never why.
 */
export const consumerLoan = defineCapability({
  id: 'consumer-loan',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** What it would cost. Nobody is asked about anything for it. */
    quote: { class: 'quote', input: z.strictObject(loanWish), outcomes: loanQuoted, bank: loanQuoteRoute },
    /**
     * The whole way from the key facts to the money. `declined` brings no reason of the bank's decision; `pending`
     * means signed, and the money on its way: the event `settled` says how it ended.
     */
    finance: {
      class: 'commit',
      input: z.strictObject({
        ...loanWish,
        /** What is bought, in the merchant's words; stands on the contract's card. */
        purpose: z.string().min(1).max(60),
        /** Microseconds since 1970: until when the purchase is kept. */
        expiresAt: z.number().int().optional(),
      }),
      outcomes: loanEnds,
      bank: {
        ...loanRoute,
        refunds: { path: '/v1/drawdowns/{payment}/refunds', collection: '/v1/loan-refunds' },
      },
      book: buildLoanBook('ext:tenant:{tenant}:due'),
      confirm: loanConfirm,
    },
    /** It goes to the bank and lowers what is owed, never to the user in cash. */
    refund: creditRefund,
  },
  events: { settled: settledSchema },
})
