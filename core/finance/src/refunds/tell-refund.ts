import { buildNumber, openScope, type Transaction } from '@inthread/store'
import { getOrder } from '../orders/order.store.ts'
import type { FinancePorts, Letter } from '../ports.ts'
import type { RefundRow } from '../schema/book-tables.ts'

/** What is said of a refund, and by whom it is carried. */
export interface RefundWord {
  readonly outcome: { readonly name: 'succeeded' | 'declined' | 'unknown'; readonly data: unknown }
  readonly event: { readonly name: string; readonly data: Readonly<Record<string, unknown>> } | null
  readonly mailbox: FinancePorts['mailbox']
}

/**
 * Tells what the bank has said of a refund: to the scene that asked for it, and of one that a person asked for to the
 * user who had paid. The conversations told.
 */
export async function tellRefund(tx: Transaction, refund: RefundRow, word: RefundWord): Promise<readonly string[]> {
  if (refund.run_id !== null) return tellScene(tx, refund, word)
  const scope = openScope(refund.tenant_id)
  const order = await getOrder(tx, { scope, orderId: refund.order_id })
  const conversationId = order.conversation_id
  const told = {
    ...{ scope, conversationId, key: keyOf(refund, word), bankId: refund.bank_id, number: order.number },
    amount: { amountMinor: refund.amount_minor, currency: refund.currency },
    outcome: word.outcome.name,
  }
  await word.mailbox.tellRefund(tx, [told])
  return [conversationId]
}

/**
 * Tells the scene that asked for a refund; of one that people may still refuse to another person nobody else hears. Its
 * end names the order: should the scene be over, somebody else has to say of what it is.
 */
export async function tellScene(tx: Transaction, refund: RefundRow, word: RefundWord): Promise<readonly string[]> {
  if (refund.conversation_id === null || refund.run_id === null) return []
  const { outcome, event, mailbox } = word
  const letter: Letter = {
    scope: openScope(refund.tenant_id),
    conversationId: refund.conversation_id,
    runId: refund.run_id,
    key: keyOf(refund, word),
    outcome,
    event: event && { ...event, data: { receipt: buildNumber(refund.order_id), ...event.data } },
  }
  await mailbox.tell(tx, [letter])
  return [refund.conversation_id]
}

/** Of what is not known yet the user hears once, and of the end once. */
function keyOf({ id }: RefundRow, { outcome }: RefundWord): string {
  return `${id}:${outcome.name === 'unknown' ? 'unknown' : 'final'}`
}
