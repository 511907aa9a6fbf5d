import type { Credential, CredentialCell } from '@inthread/sdk/channel'
import { Fault } from '@inthread/sdk/fault'
import { sqlOf, type Store } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import type { TenantScope } from '../identity/scope.ts'
import type { Sealer } from '../seal/sealer.ts'
import { dbNow, dbNowPlus, mergeAll } from '../sql/statements.ts'
import { claimLease, releaseLease, type LeaseRequest } from './lease.store.ts'

export interface CredentialPorts {
  readonly store: Store
  readonly sealer: Sealer
  /** This process. */
  readonly owner: string
  readonly pause: (durationMs: number) => Promise<void>
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number
}

/** An obtaining process that dies is waited for this long. */
const leaseMs = 15_000
const pauseMs = 25
const patienceMs = 20_000

/**
 * One provider's access token: a sealed row that all processes share. One of them obtains, under a lease, and re-reads
 * before it does: a token that another brought meanwhile is used instead, because a new one would kill it. What was
 * read is remembered for its life, until somebody finds it stale.
 */
export function openCredentialCell(scope: TenantScope, name: string, ports: CredentialPorts): CredentialCell {
  let kept: { readonly value: string; readonly untilMs: number } | undefined
  let renewal: { readonly stale: string | undefined; readonly result: Promise<string> } | undefined
  const read = async (stale?: string): Promise<string | undefined> => {
    const found = await findCredential(scope, name, ports)
    const fresh = found && found.value !== stale
    kept = fresh ? { value: found.value, untilMs: ports.elapsedMs() + found.livesMs } : undefined
    return found?.value
  }
  const renew = async (stale: string | undefined, obtain: () => Promise<Credential>): Promise<string> => {
    const work: Obtaining = { name, lease: leaseOf(scope, name, ports), stale, obtain, ports }
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pauseMs) {
      const current = await read(stale)
      if (current !== undefined && current !== stale) return current
      if ((await claimLease(ports.store, work.lease)) !== undefined) return obtainOnce(scope, work)
      await ports.pause(pauseMs)
    }
    throw new Fault('credential.not_renewed', { data: { credential: name } })
  }
  return {
    find: async () => (kept && ports.elapsedMs() < kept.untilMs ? kept.value : read()),
    // Everybody in this process who finds the same token stale waits for one renewal.
    renew: (stale, obtain) => {
      if (kept?.value === stale) kept = undefined
      if (renewal && renewal.stale === stale) return renewal.result
      const result = renew(stale, obtain).finally(() => {
        renewal = undefined
      })
      renewal = { stale, result }
      return result
    },
  }
}

function leaseOf(scope: TenantScope, name: string, { owner }: CredentialPorts): Obtaining['lease'] {
  return { name: `credential:${scope.tenantId}:${name}`, owner: `${owner}:${crypto.randomUUID()}`, leaseMs }
}

interface Obtaining {
  readonly name: string
  readonly lease: LeaseRequest
  readonly stale: string | undefined
  readonly obtain: () => Promise<Credential>
  readonly ports: CredentialPorts
}

async function obtainOnce(scope: TenantScope, work: Obtaining): Promise<string> {
  try {
    const current = await findCredential(scope, work.name, work.ports)
    if (current !== undefined && current.value !== work.stale) return current.value
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
): Promise<{ readonly value: string; readonly livesMs: number } | undefined> {
  const row = await store.read('credential.find', (reader) =>
    sqlOf<StoreTables>(reader)
      .selectFrom('credential')
      .select(['value', 'expires_at', dbNow(reader).as('now')])
      .where('tenant_id', '=', scope.tenantId)
      .where('name', '=', name)
      .where('expires_at', '>', dbNow(reader))
      .executeTakeFirst(),
  )
  if (!row) return undefined
  return { value: sealer.open(placeOf(scope, name), row.value), livesMs: (row.expires_at - row.now) / 1000 }
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
