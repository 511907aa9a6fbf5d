import type { DeliveryState } from '@inthread/sdk/channel'
import type { Instant } from '@inthread/sdk/time'
import type { Store, Transaction } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { Traces } from '@inthread/store/trace'
import type { DeliveryRow, MessagingTables, OutboxRow } from '../schema/tables.ts'
import { rankOf } from './rank.ts'

export const deliveriesAtOnce = 256
/** A state whose message never turned up is kept for an hour, then left as it is. */
const orphanAfterMs = 3_600_000

export interface Applying {
  readonly store: Store
  readonly traces: Traces
  readonly now: Instant
}

/**
 * Applies reported states to the messages they speak of. A report for a message that has not been marked as sent yet
 * stays where it is until it has. Returns how many were looked at; as many as `deliveriesAtOnce` means that there may
 * be more.
 */
export async function applyDeliveries({ store, traces, now }: Applying): Promise<number> {
  const waiting = await store.read('delivery.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('delivery')
      .selectAll()
      .where('applied', '=', 0)
      // Reports of messages that are not there must not stand in the way of the others.
      .where((where) =>
        where.or([
          where('at', '<', now - orphanAfterMs * 1000),
          where.exists(
            where
              .selectFrom('outbox')
              .select('outbox.id')
              .whereRef('outbox.provider_ref', '=', 'delivery.message_ref')
              .whereRef('outbox.tenant_id', '=', 'delivery.tenant_id')
              .whereRef('outbox.operator_id', '=', 'delivery.operator_id'),
          ),
        ]),
      )
      .orderBy('at')
      .limit(sql.lit(deliveriesAtOnce))
      .execute(),
  )
  if (waiting.length === 0) return 0
  const applied = await store.write('delivery.apply', async (tx) => {
    const messages = await sqlOf<MessagingTables>(tx)
      .selectFrom('outbox')
      .select(['id', 'tenant_id', 'operator_id', 'provider_ref', 'traceparent'])
      .where('provider_ref', 'in', [...new Set(waiting.map((row) => row.message_ref))])
      .execute()
    const known = new Map(messages.map((row) => [`${row.tenant_id}|${row.operator_id}|${row.provider_ref}`, row]))
    const matched = waiting.filter((row) => known.has(nameOf(row)))
    for (const group of groupByState(matched)) await applyGroup(tx, group, known)
    await settle(tx, matched, 1)
    await settle(
      tx,
      waiting.filter((row) => !known.has(nameOf(row)) && row.at < now - orphanAfterMs * 1000),
      2,
    )
    return matched.map((row) => ({ row, message: known.get(nameOf(row)) }))
  })
  for (const { row, message } of applied) if (message) traceDelivery(traces, row, message)
  return waiting.length
}

type Reported = Pick<OutboxRow, 'id' | 'traceparent'>

/** In the trace of the message, with a link to the push that brought it, which speaks of many perhaps. */
function traceDelivery(traces: Traces, row: DeliveryRow, { id, traceparent }: Reported): void {
  if (traceparent === null) return
  const facts = { tenant: row.tenant_id, operator: row.operator_id, message: id, state: row.state }
  traces.open('message.delivery', { from: traceparent, kind: 'consumer', links: [row.traceparent], facts }).end()
}

const nameOf = (row: DeliveryRow): string => `${row.tenant_id}|${row.operator_id}|${row.message_ref}`

function groupByState(rows: readonly DeliveryRow[]): readonly (readonly DeliveryRow[])[] {
  const groups = new Map<string, DeliveryRow[]>()
  for (const row of rows)
    groups.set(`${row.state}|${row.reason ?? ''}`, [...(groups.get(`${row.state}|${row.reason ?? ''}`) ?? []), row])
  return [...groups.values()]
}

async function applyGroup(
  tx: Transaction,
  group: readonly DeliveryRow[],
  known: ReadonlyMap<string, Reported>,
): Promise<void> {
  const [first] = group
  if (!first) return
  const rank = rankOf(first.state as DeliveryState)
  await sqlOf<MessagingTables>(tx)
    .updateTable('outbox')
    .set({ state: first.state, rank, reason: first.reason })
    .where(
      'id',
      'in',
      group.map((row) => known.get(nameOf(row))?.id ?? ''),
    )
    .where('rank', '<', rank)
    .execute()
}

/** State by state: a report that came in between the reading and now must not pass for one that was applied. */
async function settle(tx: Transaction, rows: readonly DeliveryRow[], applied: number): Promise<void> {
  for (const state of new Set(rows.map((row) => row.state))) {
    const same = rows.filter((row) => row.state === state)
    await sqlOf<MessagingTables>(tx)
      .updateTable('delivery')
      .set({ applied })
      .where('tenant_id', 'in', [...new Set(same.map((row) => row.tenant_id))])
      .where('operator_id', 'in', [...new Set(same.map((row) => row.operator_id))])
      .where('message_ref', 'in', [...new Set(same.map((row) => row.message_ref))])
      .where('state', '=', state)
      .execute()
  }
}
