import type { Bank } from '../app/bank.ts'
import { buildOfferRoute } from '../applications/offer-route.ts'
import { buildApplicationRoutes } from '../applications/build-application-routes.ts'
import { buildPatchRoute } from '../applications/patch-route.ts'
import { buildBranchRoutes } from '../branches/branch-routes.ts'
import { buildKeptRoutes } from '../deeds/opening-routes.ts'
import { buildClaimRoutes } from '../insurance/claim.ts'
import { loans } from '../loans/loan-kind.ts'
import { buildLoanRefundRoute, loanRefunds } from '../loans/loan-refund.ts'
import { buildPayoffRoute } from '../loans/payoff-quote.ts'
import { buildScheduleRoute } from '../loans/schedule-route.ts'
import { buildPriceRoutes } from '../prices/price-alert.ts'
import { gifts } from '../cards/activation.ts'
import { cardBills } from '../cards/card-bill.ts'
import { buildCardPayoffRoutes } from '../cards/card-repayment.ts'
import { buildInstalmentRefundRoute, instalmentRefunds } from '../cards/instalment-refund.ts'
import { buildConsentRoutes } from '../consents/consent-routes.ts'
import { buildNumberCheckRoute } from '../consents/number-check.ts'
import { buildWealthRoutes } from '../wealth/wealth-routes.ts'
import { buildStatementRoutes } from '../statements/statement-routes.ts'
import type { Route } from '../routes/define-route.ts'

/** The routes of the products that are no plain commit and no plain quote. */
export function buildProductRoutes(bank: Bank): Route[] {
  return [
    ...buildConsentRoutes(bank),
    buildNumberCheckRoute(bank),
    ...buildApplicationRoutes(bank),
    buildPatchRoute(bank),
    buildOfferRoute(bank),
    ...buildKeptRoutes(bank, loans),
    buildScheduleRoute(bank),
    buildPayoffRoute(bank),
    buildLoanRefundRoute(bank),
    ...buildKeptRoutes(bank, loanRefunds),
    buildInstalmentRefundRoute(bank),
    ...buildKeptRoutes(bank, instalmentRefunds),
    ...buildKeptRoutes(bank, cardBills),
    ...buildKeptRoutes(bank, gifts),
    ...buildCardPayoffRoutes(bank),
    ...buildWealthRoutes(bank),
    ...buildBranchRoutes(bank),
    ...buildStatementRoutes(bank),
    ...buildClaimRoutes(bank),
    ...buildPriceRoutes(bank),
  ]
}
