import { faultCodeOf } from '@inthread/sdk/fault'
import { claimLease, releaseLease, type TenantScope } from '@inthread/store'
import type { MessagingPorts } from '../ports.ts'
import type { Installation, Tenancy } from '../tenancy/tenancy.ts'
import { idOf, stuckShapeOf, type CollectionRef } from './documents.ts'
import { findOutdated, sweepExpired, upgradeBatch, type Upgrading } from './sweep.store.ts'
import type { UpgradeDocument } from './upgrade.ts'

const expiredAtOnce = 500
const upgradedAtOnce = 100
/** Tenants looked at in one round: with very many of them a round stays short. */
const tenantsAtOnce = 50
const batchesAtOnce = 5
/** A plugin of before may go on writing for a while beside the new one. */
const againAfterMs = 600_000
const leaseMs = 30_000

interface Kept extends CollectionRef {
  readonly scope: TenantScope
  readonly upgrade: UpgradeDocument | undefined
}

/**
 * Keeps collections in order in the background: erases what has expired, and brings documents of earlier versions up,
 * in small batches. Any process may do it; a lease keeps two from doing the same.
 */
export class DocumentKeeper {
  readonly #ports: MessagingPorts
  /** When a collection has to be looked at again, by name and shape. */
  readonly #done = new Map<string, number>()
  /** With which tenant the next round begins. */
  #next = 0

  constructor(ports: MessagingPorts) {
    this.#ports = ports
  }

  async expire(): Promise<void> {
    const { store, clock } = this.#ports
    while ((await sweepExpired(store, clock.now(), expiredAtOnce)) >= expiredAtOnce) await this.#ports.timers.breathe()
  }

  /** One round. Goes on with the next collections in the next. */
  async upgrade(): Promise<void> {
    const nowMs = this.#ports.timers.elapsedMs()
    const waiting = [...listKept(this.#takeTenants())].filter((kept) => (this.#done.get(nameOf(kept)) ?? 0) <= nowMs)
    for (const kept of waiting) {
      try {
        if (await this.#upgradeSome(kept)) this.#done.set(nameOf(kept), nowMs + againAfterMs)
      } catch (error) {
        this.#done.set(nameOf(kept), nowMs + leaseMs)
        this.#log(kept, 'document.sweep_failed', { code: faultCodeOf(error) })
      }
    }
  }

  #takeTenants(): readonly Tenancy[] {
    const tenants = this.#ports.tenancies.tenants?.() ?? []
    const from = this.#next < tenants.length ? this.#next : 0
    this.#next = from + tenantsAtOnce
    return tenants.slice(from, from + tenantsAtOnce)
  }

  /** Whether everything is in shape, or in somebody else's hands. */
  async #upgradeSome({ scope, plugin, collection, upgrade }: Kept): Promise<boolean> {
    const { store, owner } = this.#ports
    const upgrading: Upgrading = {
      plugin,
      collection,
      ports: this.#ports,
      limit: upgradedAtOnce,
      ...(upgrade ? { upgrade } : {}),
    }
    const lease = { name: `documents:${scope.tenantId}/${idOf(upgrading)}`, owner, leaseMs }
    const outdated = await store.read('document.look', (reader) =>
      findOutdated(reader, scope, { ...upgrading, limit: 1 }),
    )
    if (outdated.length === 0) return true
    if ((await claimLease(store, lease)) === undefined) return true
    try {
      for (let batch = 0; batch < batchesAtOnce; batch += 1) {
        const { upgraded, stuck } = await upgradeBatch(store, scope, upgrading)
        if (upgraded + stuck === 0) return true
        this.#log({ scope, plugin, collection }, 'document.upgraded', { documents: upgraded })
        if (stuck > 0) this.#log({ scope, plugin, collection }, 'document.not_upgraded', { documents: stuck })
        await this.#ports.timers.breathe()
      }
      return false
    } finally {
      await releaseLease(store, lease)
    }
  }

  #log(
    { scope, plugin, collection }: Omit<Kept, 'upgrade'>,
    name: string,
    facts: Readonly<Record<string, string | number>>,
  ): void {
    const { id } = plugin.contract.declaration
    this.#ports.log.event(name, { tenant: scope.tenantId, plugin: id, collection, ...facts })
  }
}

function nameOf(kept: Kept): string {
  return `${kept.scope.tenantId}/${idOf(kept)}@${stuckShapeOf(kept)}`
}

function* listKept(tenancies: readonly Tenancy[]): Generator<Kept> {
  for (const { scope, bots } of tenancies) {
    const seen = new Set<string>()
    for (const { installations } of bots.values()) {
      for (const installation of installations) yield* listOf(scope, installation, seen)
    }
  }
}

/** Two bots of a tenant share a plugin's collections. */
function* listOf(scope: TenantScope, { plugin, guest }: Installation, seen: Set<string>): Generator<Kept> {
  for (const collection of Object.keys(plugin.contract.declaration.collections)) {
    const name = idOf({ plugin, collection })
    if (seen.has(name)) continue
    seen.add(name)
    yield { scope, plugin, collection, upgrade: upgradeOf(scope, guest, collection) }
  }
}

/** A guest brings up its own documents; a plugin of this process has its chain in the declaration. */
export function upgradeOf(
  { tenantId }: TenantScope,
  guest: Installation['guest'],
  collection: string,
): UpgradeDocument | undefined {
  const upgrade = guest?.upgrade?.bind(guest)
  return upgrade && ((document, fromVersion) => upgrade({ tenantId, collection, document, fromVersion }))
}
