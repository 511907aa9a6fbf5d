import { buildGroupRefundRoutes } from '../groups/group-refund-routes.ts'
import { buildDeedRoutes } from '../deeds/deed-routes.ts'
import { noticeKind } from '../notices/notice-kind.ts'
import { buildWalletEntries } from '../wallets/wallet-entries.ts'
import { buildAccountRoutes } from '../accounts/account-routes.ts'
import { buildBillRoutes } from '../bills/bill-routes.ts'
import type { Bank } from '../app/bank.ts'
import { buildCampaignRoutes } from '../campaigns/campaign-routes.ts'
import { buildPointsRoute } from '../points/points-routes.ts'
import { buildRefundRoutes } from '../refunds/refund-routes.ts'
import { buildPayeeBankRoute } from '../transfers/bank-routes.ts'
import type { Route } from './define-route.ts'
import { buildLinkChangeRoutes } from './link-changes.ts'

/** What there is about money beside payments, and is no plain commit and no plain quote. Append. */
export function buildMoneyRoutes(bank: Bank): Route[] {
  return [
    ...buildRefundRoutes(bank),
    ...buildGroupRefundRoutes(bank),
    ...buildLinkChangeRoutes(bank),
    ...buildAccountRoutes(bank),
    buildPayeeBankRoute(bank),
    ...buildBillRoutes(bank),
    buildPointsRoute(bank),
    ...buildCampaignRoutes(bank),
    buildWalletEntries(bank),
    ...buildDeedRoutes(bank, noticeKind),
  ]
}
