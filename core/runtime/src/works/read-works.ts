import type { WorkReading, WorksReading } from '@inthread/admin/ports'
import { readFinanceBacklog } from '@inthread/finance'
import { readMessagingBacklog } from '@inthread/messaging'
import type { Clock } from '@inthread/sdk/time'
import { countAuditTail, type Store } from '@inthread/store'
import type { ConnectionWatch } from './connection-watch.ts'
import type { WorkRegister, WorkRun } from './work-register.ts'

export interface WorksParts {
  readonly store: Store
  readonly clock: Clock
  readonly register: WorkRegister
  readonly connections: ConnectionWatch
}

interface Waiting {
  readonly count: number
  readonly oldestMs: number | null
}

/** So long may the oldest of what waits have waited; `core/FAULTS.md` says the same of the metrics. */
const oldestAtMostMs: Readonly<Record<string, number>> = { turns: 5000, outbox: 60_000, orders: 60_000 }

export async function readWorks({ store, clock, register, connections }: WorksParts): Promise<WorksReading> {
  const waiting = await readWaiting(store, clock)
  const works = register.read().map((run): WorkReading => {
    const own = waiting.get(run.name)
    return { ...run, waiting: own?.count ?? null, oldestMs: own?.oldestMs ?? null, state: judge(run, own) }
  })
  return { works, connections: connections.read() }
}

/** By the work that it waits for, over all processes; nothing is known of it while the database is away. */
async function readWaiting(store: Store, clock: Clock): Promise<ReadonlyMap<string, Waiting>> {
  const age = (at: number | null): number | null => (at === null ? null : Math.max(0, (clock.now() - at) / 1000))
  try {
    const messaging = await store.read('health.messaging', readMessagingBacklog)
    const finance = await store.read('health.finance', readFinanceBacklog)
    const tail = await store.read('health.audit', countAuditTail)
    return new Map([
      ['turns', { count: messaging.inbox, oldestMs: age(messaging.inboxOldestAt) }],
      ['outbox', { count: messaging.outbox, oldestMs: age(messaging.outboxOldestAt) }],
      ['effects', { count: messaging.effects, oldestMs: null }],
      ['orders', { count: finance.processing, oldestMs: age(finance.processingOldestAt) }],
      ['refunds', { count: finance.refunds, oldestMs: null }],
      ['audit', { count: tail, oldestMs: null }],
    ])
  } catch {
    return new Map()
  }
}

/** Late: it has not ended for ten of its intervals, and half a minute at least. */
function judge({ name, failing, agoMs, everyMs }: WorkRun, waiting: Waiting | undefined): WorkReading['state'] {
  if (failing) return 'failing'
  if (agoMs !== null && agoMs > Math.max(30_000, everyMs * 10)) return 'late'
  return (waiting?.oldestMs ?? 0) > (oldestAtMostMs[name] ?? Infinity) ? 'behind' : 'well'
}
