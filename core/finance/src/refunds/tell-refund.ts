import { openScope, type Transaction } from '@inthread/store'
import type { FinancePorts, Letter } from '../ports.ts'
import type { RefundRow } from '../schema/book-tables.ts'

/** Tells the scene that asked for a refund; one that a person asked for is told to nobody. The conversations told. */
export async function tellRefund(
  tx: Transaction,
  refund: RefundRow,
  said: { readonly outcome: NonNullable<Letter['outcome']>; readonly event: Letter['event'] },
  { mailbox }: Pick<FinancePorts, 'mailbox'>,
): Promise<readonly string[]> {
  if (refund.conversation_id === null || refund.run_id === null) return []
  const letter: Letter = {
    scope: openScope(refund.tenant_id),
    conversationId: refund.conversation_id,
    runId: refund.run_id,
    key: `${refund.id}:${said.outcome.name === 'unknown' ? 'unknown' : 'final'}`,
    ...said,
  }
  await mailbox.tell(tx, [letter])
  return [refund.conversation_id]
}
