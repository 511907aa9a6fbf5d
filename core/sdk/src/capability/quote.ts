import { canonicalJson } from '../json.ts'
import type { WireJson } from './bank-wire.ts'

/**
 * What a bank promises before somebody confirms it: a payee that was looked up, a bill, an offer. A commit names it,
 * and everything that the confirm card says comes out of it.
 */
export interface WireQuote {
  readonly [member: string]: WireJson | undefined
}

/**
 * What the user's will is bound to besides the payload's own members: amount, payee, terms and credit of the quote
 * exactly as the bank sent them, in their canonical form. The digest of this text is the payload's `terms`.
 */
export function canonicalTerms({ amount, payee, terms, credit }: WireQuote): string {
  return canonicalJson({ amount, payee, terms, credit })
}
