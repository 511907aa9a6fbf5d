import { buildNumber, openScope, type Transaction } from '@inthread/store'
import type { FinancePorts, Letter } from '../ports.ts'
import type { RefundRow } from '../schema/book-tables.ts'

/** What is said of a refund, and by whom it is carried. */
export interface RefundWord {
  readonly outcome: NonNullable<Letter['outcome']>
  readonly event: { readonly name: string; readonly data: Readonly<Record<string, unknown>> } | null
  readonly mailbox: FinancePorts['mailbox']
}

/**
 * Tells the scene that asked for a refund; one that a person asked for is told to nobody. The conversations told. Its
 * end names the order: should the scene be over, somebody else has to say of what it is.
 */
export async function tellRefund(
  tx: Transaction,
  refund: RefundRow,
  { outcome, event, mailbox }: RefundWord,
): Promise<readonly string[]> {
  if (refund.conversation_id === null || refund.run_id === null) return []
  const letter: Letter = {
    scope: openScope(refund.tenant_id),
    conversationId: refund.conversation_id,
    runId: refund.run_id,
    key: `${refund.id}:${outcome.name === 'unknown' ? 'unknown' : 'final'}`,
    outcome,
    event: event && { ...event, data: { receipt: buildNumber(refund.order_id), ...event.data } },
  }
  await mailbox.tell(tx, [letter])
  return [refund.conversation_id]
}
