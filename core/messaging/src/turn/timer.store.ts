import { sql, sqlOf } from '@inthread/store/sql'
import { openScope, type Transaction } from '@inthread/store'
import { releaseLapsed } from '../collection/holds.store.ts'
import { commitInternal } from '../inbox/accept.store.ts'
import type { MessagingPorts } from '../ports.ts'
import type { CaseRow, MessagingTables } from '../schema/tables.ts'

const limit = 64

/** Time speaks into the inbox: runs whose moment has come get an item. Returns the conversations to wake. */
export async function fireTimers(ports: MessagingPorts): Promise<readonly string[]> {
  const now = ports.clock.now()
  const due = await ports.store.read('timer.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('run')
      .select(['id', 'tenant_id', 'conversation_id', 'visit', 'due_kind', 'due_at'])
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(sql.lit(limit))
      .execute(),
  )
  if (due.length === 0) return []
  await ports.store.write('timer.fire', async (tx) => {
    const items = due.map((run) => ({
      scope: openScope(run.tenant_id),
      conversationId: run.conversation_id,
      runId: run.id,
      key: `${run.id}:${run.visit}:${run.due_kind ?? ''}`,
      body: { kind: 'timer' as const, visit: run.visit, due: run.due_kind ?? '' },
    }))
    await commitInternal(tx, items, ports)
    // Only of the visit that was found: a turn may have put the next moment in its place meanwhile.
    await sqlOf<MessagingTables>(tx)
      .updateTable('run')
      .set({ due_at: null })
      .where((where) => where.or(due.map(({ id, visit }) => where.and({ id, visit }))))
      .where('due_at', '<=', now)
      .execute()
  })
  return [...new Set(due.map((run) => run.conversation_id))]
}

/** People who were called and have not come: the conversations to wake. */
export async function fireMissedCases(ports: MessagingPorts): Promise<readonly string[]> {
  const now = ports.clock.now()
  const missed = await ports.store.read('case.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('desk_case')
      .select(['id', 'tenant_id', 'conversation_id', 'due_at'])
      .where('due_at', '<=', now)
      .where('state', '=', 'open')
      .limit(sql.lit(limit))
      .execute(),
  )
  if (missed.length === 0) return []
  await ports.store.write('case.miss', async (tx) => {
    const still: typeof missed = []
    for (const row of missed) if (await endMiss(tx, row)) still.push(row)
    const items = still.map((row) => ({
      scope: openScope(row.tenant_id),
      conversationId: row.conversation_id,
      runId: undefined,
      key: `${row.id}:unclaimed:${row.due_at}`,
      body: { kind: 'desk' as const, act: 'unclaimed' as const, caseId: row.id, text: '' },
    }))
    await commitInternal(tx, items, ports)
  })
  return missed.map((row) => row.conversation_id)
}

/** False when somebody has come since, or the case went back into the queue for another while. */
async function endMiss(tx: Transaction, { id, due_at: due }: Pick<CaseRow, 'id' | 'due_at'>): Promise<boolean> {
  const ended = await sqlOf<MessagingTables>(tx)
    .updateTable('desk_case')
    .set({ due_at: null })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('due_at', '=', due)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

/** Gives back what was held too long. */
export async function sweepHolds(ports: MessagingPorts): Promise<void> {
  const now = ports.clock.now()
  const lapsed = await ports.store.read('hold.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('reservation')
      .select('id')
      .where('state', '=', 'held')
      .where('until', '<=', now)
      .limit(sql.lit(1))
      .execute(),
  )
  if (lapsed.length > 0) await ports.store.write('hold.lapse', (tx) => releaseLapsed(tx, now, limit))
}
