import type { Credential, CredentialCell } from '@inthread/sdk/channel'
import { Fault } from '@inthread/sdk/fault'
import { sqlOf, type Store } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import type { TenantScope } from '../identity/scope.ts'
import type { Sealer } from '../seal/sealer.ts'
import { dbNow, dbNowPlus, mergeAll } from '../sql/statements.ts'
import { claimLease, releaseLease } from './lease.store.ts'

export interface CredentialPorts {
  readonly store: Store
  readonly sealer: Sealer
  /** This process. */
  readonly owner: string
  readonly pause: (durationMs: number) => Promise<void>
}

/** An obtaining process that dies is waited for this long. */
const leaseMs = 15_000
const pauseMs = 25
const patienceMs = 20_000

/**
 * One provider's access token: a sealed row that all processes share. One of them obtains, under a lease, and re-reads
 * before it does: a token that another brought meanwhile is used instead, because a new one would kill it.
 */
export function openCredentialCell(scope: TenantScope, name: string, ports: CredentialPorts): CredentialCell {
  const find = (): Promise<string | undefined> => findCredential(scope, name, ports)
  return {
    find,
    renew: async (stale, obtain) => {
      const lease = {
        name: `credential:${scope.tenantId}:${name}`,
        owner: `${ports.owner}:${crypto.randomUUID()}`,
        leaseMs,
      }
      for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pauseMs) {
        const current = await find()
        if (current !== undefined && current !== stale) return current
        if ((await claimLease(ports.store, lease)) !== undefined)
          return obtainOnce(scope, { name, lease, stale, obtain, ports })
        await ports.pause(pauseMs)
      }
      throw new Fault('credential.not_renewed', { data: { credential: name } })
    },
  }
}

interface Obtaining {
  readonly name: string
  readonly lease: { readonly name: string; readonly owner: string }
  readonly stale: string | undefined
  readonly obtain: () => Promise<Credential>
  readonly ports: CredentialPorts
}

async function obtainOnce(scope: TenantScope, work: Obtaining): Promise<string> {
  try {
    const current = await findCredential(scope, work.name, work.ports)
    if (current !== undefined && current !== work.stale) return current
    const fresh = await work.obtain()
    await saveCredential(scope, work, fresh)
    return fresh.value
  } finally {
    await releaseLease(work.ports.store, work.lease)
  }
}

async function findCredential(
  scope: TenantScope,
  name: string,
  { store, sealer }: CredentialPorts,
): Promise<string | undefined> {
  const row = await store.read('credential.find', (reader) =>
    sqlOf<StoreTables>(reader)
      .selectFrom('credential')
      .select('value')
      .where('tenant_id', '=', scope.tenantId)
      .where('name', '=', name)
      .where('expires_at', '>', dbNow(reader))
      .executeTakeFirst(),
  )
  return row && sealer.open(placeOf(scope, name), row.value)
}

async function saveCredential(scope: TenantScope, { name, ports }: Obtaining, fresh: Credential): Promise<void> {
  const value = ports.sealer.seal(placeOf(scope, name), fresh.value)
  await ports.store.write('credential.save', (tx) =>
    mergeAll(tx, 'credential', {
      rows: [{ tenant_id: scope.tenantId, name, value, expires_at: dbNowPlus(tx, fresh.livesMs) }],
      key: ['tenant_id', 'name'],
      update: ['value', 'expires_at'],
    }),
  )
}

function placeOf(scope: TenantScope, name: string): { tenant: string; table: string; column: string; row: string } {
  return { tenant: scope.tenantId, table: 'credential', column: 'value', row: name }
}
