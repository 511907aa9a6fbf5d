import { sqlOf, type Reader, type Transaction } from '../database/store.ts'
import { deriveId, type IdSource } from './id.ts'
import type { StoreTables } from '../schema/tables.ts'
import type { TenantScope } from './scope.ts'
import type { Keyring } from '../seal/keyring.ts'
import type { Sealer } from '../seal/sealer.ts'
import { insertNew } from '../sql/statements.ts'
import { noteSignals, type SeenBinding } from './binding.store.ts'

export interface SubscriberPorts {
  readonly keyring: Keyring
  readonly sealer: Sealer
  readonly ids: IdSource
}

/** A phone number as somebody of this tenant used it. */
export interface NumberSeen {
  readonly scope: TenantScope
  /** E.164. */
  readonly number: string
}

/**
 * The subscribers behind numbers, opened where a number is new to its tenant. A number is never an identity: it points
 * to a subscriber through a binding that has a beginning and can end.
 */
export async function resolveSubscribers(
  tx: Transaction,
  seen: readonly NumberSeen[],
  context: SubscriberPorts & { readonly now: number },
): Promise<readonly string[]> {
  const wanted = seen.map(({ scope, number }) => ({
    tenantId: scope.tenantId,
    number,
    index: context.keyring.blindIndex(scope.tenantId, 'phone', number),
  }))
  const open = await findOpen(tx, wanted)
  await noteSignals(tx, [...open.values()], context.now)
  const found = new Map([...open].map(([name, row]) => [name, row.subscriber_id]))
  const missing = wanted.filter((want) => !found.has(nameOf(want)))
  if (missing.length > 0) {
    await openBindings(tx, dedupe(missing), context)
    for (const [name, row] of await findOpen(tx, missing)) found.set(name, row.subscriber_id)
  }
  return wanted.map((want) => found.get(nameOf(want)) ?? '')
}

interface Wanted {
  readonly tenantId: string
  readonly number: string
  readonly index: string
}

const nameOf = (want: Wanted): string => `${want.tenantId}|${want.index}`

function dedupe(wanted: readonly Wanted[]): Wanted[] {
  return [...new Map(wanted.map((want) => [nameOf(want), want])).values()]
}

async function findOpen(reader: Reader, wanted: readonly Wanted[]): Promise<Map<string, SeenBinding>> {
  const rows = await sqlOf<StoreTables>(reader)
    .selectFrom('binding')
    .select(['tenant_id', 'id', 'open_key', 'subscriber_id', 'state', 'seen_at', 'opened_at'])
    .where('tenant_id', 'in', [...new Set(wanted.map((want) => want.tenantId))])
    .where('open_key', 'in', [...new Set(wanted.map((want) => want.index))])
    .execute()
  return new Map(rows.map((row) => [`${row.tenant_id}|${row.open_key}`, row]))
}

/**
 * Two processes may meet a new number at once: the unique open key lets one of them in, and both read what is there.
 */
async function openBindings(
  tx: Transaction,
  wanted: readonly Wanted[],
  context: SubscriberPorts & { readonly now: number },
): Promise<void> {
  const bindings = wanted.map((want) => {
    const id = context.ids.next()
    const place = { tenant: want.tenantId, table: 'binding', column: 'number', row: id }
    return {
      tenant_id: want.tenantId,
      id,
      subscriber_id: deriveId(id, 'subscriber'),
      number: context.sealer.seal(place, want.number),
      blind_index: want.index,
      open_key: want.index,
      opened_at: context.now,
      closed_at: null,
      state: 'verified',
      seen_at: context.now,
    }
  })
  await insertNew(tx, 'binding', { rows: bindings, key: 'id' })
  const opened = new Set([...(await findOpen(tx, wanted)).values()].map((row) => row.subscriber_id))
  const subscribers = bindings
    .filter((binding) => opened.has(binding.subscriber_id))
    .map((binding) => ({ tenant_id: binding.tenant_id, id: binding.subscriber_id, created_at: context.now }))
  if (subscribers.length > 0) await insertNew(tx, 'subscriber', { rows: subscribers, key: 'id' })
}

/** The open number of each subscriber; one whose binding was closed is missing. */
export async function listNumbers(
  reader: Reader,
  subscribers: readonly { readonly scope: TenantScope; readonly subscriberId: string }[],
  sealer: Sealer,
): Promise<ReadonlyMap<string, string>> {
  if (subscribers.length === 0) return new Map()
  const rows = await sqlOf<StoreTables>(reader)
    .selectFrom('binding')
    .select(['tenant_id', 'id', 'subscriber_id', 'number'])
    .where('tenant_id', 'in', [...new Set(subscribers.map(({ scope }) => scope.tenantId))])
    .where('subscriber_id', 'in', [...new Set(subscribers.map(({ subscriberId }) => subscriberId))])
    .where('open_key', 'is not', null)
    .execute()
  return new Map(
    rows.map((row) => {
      const place = { tenant: row.tenant_id, table: 'binding', column: 'number', row: row.id }
      return [row.subscriber_id, sealer.open(place, row.number)]
    }),
  )
}
