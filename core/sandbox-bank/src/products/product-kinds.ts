import { applications } from '../applications/application-kind.ts'
import { creditAuthorisations } from '../applications/authorise.ts'
import { consents } from '../consents/consent-deed.ts'
import { numberChecks } from '../consents/number-check.ts'
import type { CommitKind, DeedKind } from '../deeds/deed-kind.ts'
import { drawdowns } from '../loans/drawdown.ts'
import { loans } from '../loans/loan-kind.ts'
import { loanRefunds } from '../loans/loan-refund.ts'
import { repayments } from '../loans/repayment.ts'
import { loanQuotes } from '../loans/loan-quote.ts'
import type { QuoteKind } from '../quotes/quote-routes.ts'

/** What the products add to what customers may confirm. */
export const productCommits: readonly CommitKind[] = [creditAuthorisations, drawdowns, repayments]

/** What they add to what the bank keeps without a confirmation of its own. */
export const productDeeds: readonly DeedKind[] = [consents, numberChecks, applications, loans, loanRefunds]

/** What they add to what may be asked for by POST and read again by GET. */
export const productQuotes: readonly QuoteKind[] = [loanQuotes]
