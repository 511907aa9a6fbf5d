import { productCommits, productDeeds, productMoneyRoutes, productQuotes } from '../products/product-kinds.ts'
import { moneyCommits, moneyDeeds, moneyQuotes } from './money-kinds.ts'
import type { QuoteKind } from '../quotes/quote-routes.ts'
import type { CommitKind, DeedKind } from './deed-kind.ts'

/** What customers may confirm, one line a collection of the API. Append. */
export const commitKinds: readonly CommitKind[] = [...moneyCommits, ...productCommits]

/** What happens without a confirmation of its own, and has routes of its own. Append. */
const otherKinds: readonly DeedKind[] = [...moneyDeeds, ...productDeeds]

export const deedKinds: readonly DeedKind[] = [...commitKinds, ...otherKinds]

/** What may be agreed to: POST makes one, GET reads it. Append. */
export const quoteKinds: readonly QuoteKind[] = [...moneyQuotes, ...productQuotes]

/** Where the sandbox can have a request declined. */
export const declinablePaths: readonly string[] = [
  '/v1/payments',
  ...commitKinds.map(({ url, postUrl }) => postUrl ?? url),
]

/** Requests whose idempotency keys are kept as long as what they did. */
export const moneyRoutes: readonly string[] = [
  ...declinablePaths,
  ...otherKinds.map(({ url }) => url),
  ...productMoneyRoutes,
]
