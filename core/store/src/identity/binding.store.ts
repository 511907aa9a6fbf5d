import { addMs, days, hours, type Instant } from '@inthread/sdk/time'
import { sqlOf, type Reader, type Transaction } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import { forUpdate } from '../sql/statements.ts'
import type { TenantScope } from './scope.ts'

/**
 * A number after so long a silence may be somebody else's by now, although it is a message from its SIM that breaks the
 * silence: carriers give numbers out again.
 */
const staleAfterMs = days(60)
/** A signal is written down once in this time. */
const notedEveryMs = hours(24)

type BindingRow = StoreTables['binding']
export type SeenBinding = Pick<
  BindingRow,
  'tenant_id' | 'id' | 'subscriber_id' | 'open_key' | 'state' | 'seen_at' | 'opened_at'
>

const lastSignal = ({ seen_at: seen, opened_at: opened }: Pick<BindingRow, 'seen_at' | 'opened_at'>): Instant =>
  Math.max(seen, opened)

/** A message came from these numbers: a fresh signal, unless the silence before it was too long. */
export async function noteSignals(tx: Transaction, bindings: readonly SeenBinding[], now: Instant): Promise<void> {
  for (const binding of bindings) {
    if (binding.state !== 'verified') continue
    const seen = lastSignal(binding)
    if (addMs(seen, staleAfterMs) < now) await change(tx, binding, { state: 'stale', seen_at: seen })
    else if (addMs(seen, notedEveryMs) < now) await change(tx, binding, { seen_at: now })
  }
}

async function change(
  tx: Transaction,
  binding: Pick<BindingRow, 'tenant_id' | 'id'>,
  values: Partial<BindingRow>,
): Promise<void> {
  await sqlOf<StoreTables>(tx)
    .updateTable('binding')
    .set(values)
    .where('tenant_id', '=', binding.tenant_id)
    .where('id', '=', binding.id)
    .where('state', '!=', 'closed')
    .execute()
}

export interface Binding {
  readonly id: string
  readonly state: 'verified' | 'stale'
  /** Since then nobody knows whose the number is, when it is stale. */
  readonly seenAt: Instant
  /** Since then it is this subscriber's. */
  readonly openedAt: Instant
}

export interface BoundSubscriber {
  readonly scope: TenantScope
  readonly subscriberId: string
}

/** The open binding of a subscriber as of now; undefined once it is closed. */
export async function findBinding(
  reader: Reader,
  { scope, subscriberId }: BoundSubscriber,
  now: Instant,
): Promise<Binding | undefined> {
  const row = await sqlOf<StoreTables>(reader)
    .selectFrom('binding')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', subscriberId)
    .where('open_key', 'is not', null)
    .executeTakeFirst()
  if (!row) return undefined
  const seenAt = lastSignal(row)
  const stale = row.state === 'stale' || addMs(seenAt, staleAfterMs) < now
  return { id: row.id, state: stale ? 'stale' : 'verified', seenAt, openedAt: row.opened_at }
}

/** The carrier says that it is still the same person. */
export async function confirmBinding(
  tx: Transaction,
  { scope, subscriberId }: BoundSubscriber,
  now: Instant,
): Promise<void> {
  const row = await lockOpen(tx, { scope, subscriberId })
  if (row) await change(tx, row, { state: 'verified', seen_at: now })
}

/**
 * The number is somebody else's: from now on it leads to nobody, until it is used again, by a new subscriber. False
 * when it was closed already.
 */
export async function closeBinding(
  tx: Transaction,
  { scope, subscriberId }: BoundSubscriber,
  now: Instant,
): Promise<boolean> {
  const row = await lockOpen(tx, { scope, subscriberId })
  if (row) await change(tx, row, { state: 'closed', open_key: null, closed_at: now })
  return row !== undefined
}

function lockOpen(tx: Transaction, { scope, subscriberId }: BoundSubscriber): Promise<BindingRow | undefined> {
  return sqlOf<StoreTables>(tx)
    .selectFrom('binding')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', subscriberId)
    .where('open_key', 'is not', null)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
}
