import { TRPCError } from '@trpc/server'
import { Refusal } from '../router/refusal.ts'
import {
  blockGrant,
  completeGrant,
  findGrantProblem,
  findUngranted,
  placeOf,
  proposeUnblocking,
  settleGrants,
  type GrantPlace,
  type GrantText,
  type WantedGrant,
} from '@inthread/finance'
import type { Plugin } from '@inthread/sdk/engine'
import { openScope } from '@inthread/store'
import type { TenantDefinition } from '../definition/schema.ts'
import { isOfTenant } from '../access/access.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import { findInstallation } from '../lifecycle/installation.store.ts'
import type { AdminPorts } from '../ports.ts'
import { proposeGrants, voidGrantProposals, type Proposed } from '../proposals/propose.ts'
import { findTenant } from '../tenants/tenant.store.ts'
import { auditGrants } from './apply-grants.ts'
import { listNeeds } from './wanted-grants.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

export interface GrantRequest {
  readonly tenant: string
  readonly grant: GrantPlace
}

export interface ChangedGrant {
  /** In force now. Otherwise it waits for a second person, or there was nothing to change. */
  readonly applied: boolean
  readonly waiting: Proposed | undefined
}

interface Office {
  readonly holder: KeyHolder
  readonly ports: AdminPorts
}

/** Lowers a limit at once; hands in what raises one, or switches something on. */
export async function changeGrant(
  { tenant, grant, terms }: GrantRequest & { readonly terms: GrantText },
  { holder, ports }: Office,
): Promise<ChangedGrant> {
  const definition = await getDefinition(tenant, ports)
  const capability = await assertPlace(grant, definition, { holder, ports })
  const problem = findGrantProblem(terms, definition.tenant.currency)
  if (problem) throw new Refusal({ code: 'BAD_REQUEST', said: problem })
  const scope = openScope(tenant)
  const now = ports.clock.now()
  const own = { place: placeOf(grant), terms: completeGrant(terms, definition.tenant.currency) }
  const ofBanks = isOfTenant(holder) ? [] : listBankSides(definition, capability)
  return ports.store.write('grant.change', async (tx) => {
    const never = await findUngranted(
      tx,
      scope,
      ofBanks.map(({ place }) => place),
    )
    const wanted = [own, ...ofBanks.filter(({ place }) => never.includes(place))]
    const { changed, wider } = await settleGrants(tx, scope, { wanted, removed: [], free: false, now })
    await voidGrantProposals(tx, scope, { places: changed, now })
    await auditGrants(tx, { scope, places: changed, holder, ports, now })
    if (wider.length === 0) return { applied: changed.length > 0, waiting: undefined }
    const subject = wider.some(({ base }) => base === 0) ? 'grant.switch_on' : 'grant.raise'
    const by = { maker: holder.actor, ids: ports.ids, now }
    return { applied: false, waiting: await proposeGrants(tx, scope, { subject, grants: wider, ...by }) }
  })
}

/**
 * Where a bank's connection names no grants, its side of what a plugin is allowed goes along, as it does when a whole
 * definition is applied. What the bank has ever decided itself stays as it is.
 */
function listBankSides({ tenant, banks }: TenantDefinition, capability: string | undefined): readonly WantedGrant[] {
  if (capability === undefined) return []
  return banks
    .filter(({ grants }) => grants === undefined)
    .map(({ id }) => ({
      place: placeOf({ side: 'bank', bank: id, capability }),
      terms: completeGrant({}, tenant.currency),
    }))
}

/** Shuts a grant at once: one person is enough for that. */
export async function shutGrant({ tenant, grant }: GrantRequest, { holder, ports }: Office): Promise<ChangedGrant> {
  await assertPlace(grant, await getDefinition(tenant, ports), { holder, ports })
  const scope = openScope(tenant)
  const [place, now] = [placeOf(grant), ports.clock.now()]
  return ports.store.write('grant.block', async (tx) => {
    const applied = await blockGrant(tx, scope, { place, now })
    const places = applied ? [place] : []
    await voidGrantProposals(tx, scope, { places, now })
    await auditGrants(tx, { scope, places, holder, ports, now })
    return { applied, waiting: undefined }
  })
}

/** To open it again takes two. */
export async function reopenGrant({ tenant, grant }: GrantRequest, { holder, ports }: Office): Promise<ChangedGrant> {
  await assertPlace(grant, await getDefinition(tenant, ports), { holder, ports })
  const scope = openScope(tenant)
  return ports.store.write('grant.unblock', async (tx) => {
    const change = await proposeUnblocking(tx, scope, placeOf(grant))
    const by = { maker: holder.actor, ids: ports.ids, now: ports.clock.now() }
    return {
      applied: false,
      waiting: await proposeGrants(tx, scope, { subject: 'grant.unblock', grants: [change], ...by }),
    }
  })
}

export async function getDefinition(tenant: string, { store }: AdminPorts): Promise<TenantDefinition> {
  const row = await store.read('grant.tenant', (reader) => findTenant(reader, tenant))
  if (!row) throw new Refusal({ code: 'NOT_FOUND', said: say('missing.thing', { what: 'tenant' }) })
  return JSON.parse(row.definition) as TenantDefinition
}

/**
 * A grant belongs to something that the tenant has, and to somebody who may speak for that side. Resolves to the
 * capability, where it is a plugin's need.
 */
async function assertPlace(
  grant: GrantPlace,
  { tenant, bots, banks }: TenantDefinition,
  { holder, ports }: Office,
): Promise<string | undefined> {
  if (grant.side === 'bank') {
    if (isOfTenant(holder)) throw new Refusal({ code: 'FORBIDDEN', said: say('role.bank_only') })
    if (!banks.some(({ id }) => id === grant.bank)) throw missing('bank connection')
    return undefined
  }
  const used = bots.find(({ id }) => id === grant.bot)?.plugins.find(({ use }) => use === grant.plugin)
  const plugin = used
    ? await ports.catalogue.findPlugin(used.use, used.version)
    : await findInstalledPlugin(tenant.id, grant, ports)
  if (!plugin) throw missing('plugin in this bot')
  const need = listNeeds(plugin).find(([name]) => name === grant.need)
  if (!need) throw missing('need of this plugin')
  return need[1]
}

/** One that was installed by hand stands in no definition. */
async function findInstalledPlugin(
  tenant: string,
  grant: { readonly bot: string; readonly plugin: string },
  { store, catalogue }: AdminPorts,
): Promise<Plugin | undefined> {
  const row = await store.read('grant.installed', (reader) => findInstallation(reader, openScope(tenant), grant))
  return row && row.state !== 'erased' ? catalogue.findVersion(row.plugin, row.version) : undefined
}

function missing(what: string): TRPCError {
  return new Refusal({ code: 'NOT_FOUND', said: say('missing.thing', { what }) })
}
