import { readFinanceBacklog } from '@inthread/finance'
import { readMessagingBacklog } from '@inthread/messaging'
import type { Clock } from '@inthread/sdk/time'
import { countAuditTail, type Store } from '@inthread/store'
import type { Instruments } from './instruments.ts'

/** Reads what waits in the database into the gauges. Without the database the last values would lie, and are gone. */
export async function readBacklog(
  { backlog, oldest, scrapeFailed }: Instruments,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<void> {
  backlog.reset()
  oldest.reset()
  try {
    const messaging = await store.read('metrics.messaging', readMessagingBacklog)
    const finance = await store.read('metrics.finance', readFinanceBacklog)
    const tail = await store.read('metrics.audit', countAuditTail)
    const set = (what: string, count: number): void => backlog.set({ what }, count)
    set('inbox', messaging.inbox)
    set('outbox', messaging.outbox)
    set('effects', messaging.effects)
    set('orders_processing', finance.processing)
    set('orders_conflicted', finance.conflicted)
    set('refunds_processing', finance.refunds)
    set('breaks', finance.breaks)
    set('audit_tail', tail)
    const age = (what: string, at: number | null): void =>
      oldest.set({ what }, at === null ? 0 : Math.max(0, (clock.now() - at) / 1_000_000))
    age('inbox', messaging.inboxOldestAt)
    age('outbox', messaging.outboxOldestAt)
    age('orders_processing', finance.processingOldestAt)
  } catch {
    scrapeFailed.inc()
  }
}
