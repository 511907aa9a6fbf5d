import type { BankOutcome, DeclineReason, RefundView } from '@inthread/sdk/bank'
import type { RefundRow } from '../schema/book-tables.ts'

/** What the bank's answer means for a refund in processing. */
export type RefundJudgement =
  | { readonly kind: 'succeeded'; readonly view: Pick<RefundView, 'bankRef' | 'version' | 'fee'> }
  | { readonly kind: 'failed'; readonly reason: DeclineReason; readonly code: string }
  | { readonly kind: 'mismatch'; readonly view: RefundView }
  | { readonly kind: 'pending'; readonly view: RefundView }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unknown'; readonly code: string }

/** Pure. An answer about another amount or another refund is no success, whatever it says. */
export function judgeRefund(
  refund: Pick<RefundRow, 'id' | 'amount_minor' | 'currency'>,
  answer: BankOutcome<RefundView> | { readonly kind: 'not_found' },
): RefundJudgement {
  if (answer.kind === 'not_found') return answer
  if (answer.kind === 'unknown') return { kind: 'unknown', code: answer.code }
  if (answer.kind === 'refused') return { kind: 'failed', reason: answer.reason, code: answer.code }
  const view = answer.value
  if (view.clientRef !== refund.id) return { kind: 'unknown', code: 'foreign_reference' }
  const same =
    view.amount.amountMinor === refund.amount_minor &&
    view.amount.currency === refund.currency &&
    (view.fee === undefined || view.fee.currency === refund.currency)
  if (!same) return { kind: 'mismatch', view }
  if (view.state === 'failed') return { kind: 'failed', reason: 'declined', code: 'failed' }
  return { kind: view.state === 'succeeded' ? 'succeeded' : 'pending', view }
}
