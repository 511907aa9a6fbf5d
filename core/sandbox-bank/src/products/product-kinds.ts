import { applications } from '../applications/application-kind.ts'
import { creditAuthorisations } from '../applications/authorise.ts'
import { appointments } from '../branches/appointment.ts'
import { slotHoldQuotes, slotHolds } from '../branches/slot-hold.ts'
import { cardActivations, gifts } from '../cards/activation.ts'
import { cardBills } from '../cards/card-bill.ts'
import { cards } from '../cards/card-kind.ts'
import { cardRepayments } from '../cards/card-repayment.ts'
import { instalmentOffers } from '../cards/instalment-offer.ts'
import { instalmentPlans } from '../cards/instalment-plan.ts'
import { instalmentRefunds } from '../cards/instalment-refund.ts'
import { consents } from '../consents/consent-deed.ts'
import { numberChecks } from '../consents/number-check.ts'
import type { CommitKind, DeedKind } from '../deeds/deed-kind.ts'
import { insuranceClaims } from '../insurance/claim.ts'
import { policies } from '../insurance/policy.ts'
import { policyQuotes } from '../insurance/policy-quote.ts'
import { priceAlerts } from '../prices/price-alert.ts'
import { drawdowns } from '../loans/drawdown.ts'
import { loans } from '../loans/loan-kind.ts'
import { loanRefunds } from '../loans/loan-refund.ts'
import { repayments } from '../loans/repayment.ts'
import { loanQuotes } from '../loans/loan-quote.ts'
import { loanPrechecks } from '../loans/precheck.ts'
import { assessments } from '../wealth/assessment.ts'
import { wealthOrders } from '../wealth/wealth-order.ts'
import { wealthQuotes } from '../wealth/wealth-quote.ts'
import type { QuoteKind } from '../quotes/quote-routes.ts'

/** What the products add to what customers may confirm. */
export const productCommits: readonly CommitKind[] = [
  creditAuthorisations,
  drawdowns,
  repayments,
  cards,
  cardActivations,
  instalmentPlans,
  cardRepayments,
  wealthOrders,
  appointments,
  policies,
]

/** What they add to what the bank keeps without a confirmation of its own. */
export const productDeeds: readonly DeedKind[] = [
  consents,
  numberChecks,
  applications,
  loans,
  loanRefunds,
  instalmentRefunds,
  cardBills,
  gifts,
  assessments,
  slotHolds,
  insuranceClaims,
  priceAlerts,
]

/** What they add to what may be asked for by POST and read again by GET. */
export const productQuotes: readonly QuoteKind[] = [
  loanPrechecks,
  loanQuotes,
  instalmentOffers,
  wealthQuotes,
  slotHoldQuotes,
  policyQuotes,
]

/** Where they move money under the name of something else. */
export const productMoneyRoutes: readonly string[] = [
  '/v1/drawdowns/:id/cancel',
  '/v1/drawdowns/:id/refunds',
  '/v1/instalment-plans/:id/refunds',
  '/v1/policies/:id/cancel',
]
