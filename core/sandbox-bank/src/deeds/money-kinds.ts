import { escrows } from '../escrows/escrow-kind.ts'
import { escrowQuotes } from '../escrows/escrow-quote.ts'
import { groupRefund } from '../groups/group-refund.ts'
import { noticeKind } from '../notices/notice-kind.ts'
import { walletKind } from '../wallets/wallet-kind.ts'
import { walletLoad, walletPayment, walletUnload } from '../wallets/wallet-moves.ts'
import { walletQuote } from '../wallets/wallet-quotes.ts'
import { campaignKind } from '../campaigns/campaign-kind.ts'
import { claimKind } from '../campaigns/claim-kind.ts'
import { groupKind } from '../groups/group-kind.ts'
import { groupQuote, pointsQuote } from '../groups/group-quotes.ts'
import { billPayment } from '../bills/bill-payment.ts'
import { topUp, topUpQuote } from '../bills/top-up.ts'
import { refundKind } from '../refunds/refund-kind.ts'
import { payeeLookup } from '../transfers/payee-lookup.ts'
import { transferKind } from '../transfers/transfer-kind.ts'
import type { QuoteKind } from '../quotes/quote-routes.ts'
import type { CommitKind, DeedKind } from './deed-kind.ts'

/** What moves money beside payments. Append. */
export const moneyCommits: readonly CommitKind[] = [
  transferKind,
  billPayment,
  topUp,
  groupKind,
  walletKind,
  walletLoad,
  walletPayment,
  walletUnload,
  escrows,
]

export const moneyDeeds: readonly DeedKind[] = [refundKind, groupRefund, campaignKind, claimKind, noticeKind]

export const moneyQuotes: readonly QuoteKind[] = [
  payeeLookup,
  topUpQuote,
  pointsQuote,
  groupQuote,
  walletQuote,
  escrowQuotes,
]
