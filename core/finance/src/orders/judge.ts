import type { BankOutcome, DeclineReason, PaymentView } from '@inthread/sdk/bank'
import type { OrderRow } from '../schema/tables.ts'

/** What the bank's answer means for an order in processing. */
export type Judgement =
  | { readonly kind: 'succeeded'; readonly view: PaymentView }
  | { readonly kind: 'failed'; readonly reason: DeclineReason; readonly code: string }
  | { readonly kind: 'mismatch'; readonly view: PaymentView }
  | { readonly kind: 'pending'; readonly view: PaymentView }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unknown'; readonly code: string }

/**
 * Amount, currency, payee and reference must be ours: an answer about anything else is no success, whatever it says.
 */
export function judgeAnswer(
  order: OrderRow,
  payeeId: string,
  answer: BankOutcome<PaymentView> | { readonly kind: 'not_found' },
): Judgement {
  if (answer.kind === 'not_found') return { kind: 'not_found' }
  if (answer.kind === 'unknown') return { kind: 'unknown', code: answer.code }
  if (answer.kind === 'refused') return { kind: 'failed', reason: answer.reason, code: answer.code }
  const view = answer.value
  if (view.clientRef !== order.id) return { kind: 'unknown', code: 'foreign_reference' }
  const same =
    view.amount.amountMinor === order.amount_minor &&
    view.amount.currency === order.currency &&
    (view.fee === undefined || view.fee.currency === order.currency) &&
    view.payeeId === payeeId
  if (!same) return { kind: 'mismatch', view }
  if (view.state === 'succeeded') return { kind: 'succeeded', view }
  if (view.state === 'failed') return { kind: 'failed', reason: view.failure ?? 'declined', code: 'failed' }
  return { kind: 'pending', view }
}

const delaysMs = [2000, 5000, 15_000, 60_000, 300_000, 1_800_000]
const hourMs = 3_600_000

/**
 * When to ask the bank again about an order it has not decided: soon at first, then hourly for a day, then every six
 * hours. Where it has said meanwhile that there is something new, within a minute.
 */
export function nextQueryDelayMs(queries: number, noticed = false): number {
  const early = delaysMs[noticed ? Math.min(queries, 3) : queries]
  if (early !== undefined) return early
  return queries < delaysMs.length + 24 ? hourMs : 6 * hourMs
}

/** After a day of asking, a person looks at it: the bank's statement decides. */
export function isUnresolved(queries: number): boolean {
  return queries === delaysMs.length + 24
}
