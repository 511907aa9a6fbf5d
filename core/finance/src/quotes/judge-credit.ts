import type { BankResource } from '@inthread/sdk/bank'
import { compareCredit, findCredit, renderCredit } from '@inthread/sdk/credit'
import type { ConfirmFact } from '@inthread/sdk/confirm'

export type CreditJudgement = { readonly kind: 'none' | 'right' } | { readonly kind: 'wrong'; readonly path: string }

/**
 * Whether a credit in a bank's resource may be shown: it says what it costs by the year, and our own engine arrives at
 * the same rate, totals and schedule.
 */
export function judgeCredit(resource: BankResource): CreditJudgement {
  const wire = resource['credit']
  if (wire === undefined || wire === null) return { kind: 'none' }
  const credit = findCredit(wire)
  if (!credit) return { kind: 'wrong', path: 'credit' }
  const comparison = compareCredit(credit)
  return comparison.kind === 'equal' ? { kind: 'right' } : { kind: 'wrong', path: `credit.${comparison.path}` }
}

/** The rows of a credit for the card that the user confirms, the annual rate first; none where there is no credit. */
export function listCreditFacts(resource: BankResource, locale: string): readonly ConfirmFact[] {
  const credit = resource['credit'] === undefined ? undefined : findCredit(resource['credit'])
  return credit ? renderCredit(credit, locale).map(({ label, value }) => ({ label, value })) : []
}
