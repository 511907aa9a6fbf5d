import { findUngranted, findWider, hasGrants, settleGrants, type WantedGrant } from '@inthread/finance'
import { canonicalJson } from '@inthread/sdk/json'
import { appendAudit, openScope, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import type { TenantDefinition } from '../definition/schema.ts'
import { isOperator } from '../access/access.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import type { AdminPorts } from '../ports.ts'
import { proposeGrants, voidGrantProposals, type Proposed } from '../proposals/propose.ts'
import { listWantedGrants } from './wanted-grants.ts'

/** What an apply wants of the grants: only what it changes in the definition, and what was never decided at all. */
export interface GrantWork {
  readonly tenantId: string
  readonly wanted: readonly WantedGrant[]
  readonly removed: readonly string[]
}

/** Grants that wait for a second person. */
export interface WaitingGrants extends Proposed {
  readonly grants: readonly string[]
}

export async function planGrants(
  before: TenantDefinition | undefined,
  after: TenantDefinition,
  { store, catalogue }: AdminPorts,
): Promise<GrantWork> {
  const tenantId = after.tenant.id
  const wanted = await listWantedGrants(after, catalogue)
  const old = new Map(
    (before ? await listWantedGrants(before, catalogue) : []).map(({ place, terms }) => [place, canonicalJson(terms)]),
  )
  const places = wanted.map(({ place }) => place)
  const never = new Set(await store.read('grant.never', (reader) => findUngranted(reader, openScope(tenantId), places)))
  return {
    tenantId,
    wanted: wanted.filter(({ place, terms }) => never.has(place) || old.get(place) !== canonicalJson(terms)),
    removed: [...old.keys()].filter((place) => !places.includes(place)),
  }
}

export function isIdle({ wanted, removed }: GrantWork): boolean {
  return wanted.length === 0 && removed.length === 0
}

interface Applying {
  readonly work: GrantWork
  readonly holder: KeyHolder
  readonly ports: AdminPorts
  readonly now: number
}

/**
 * What allows less is in force with the definition. What allows more waits for a second person; only the first grants
 * of a tenant in a sandbox need none, where the platform's own key brings it in.
 */
export async function applyGrants(
  tx: Transaction,
  { work, holder, ports, now }: Applying,
): Promise<WaitingGrants | undefined> {
  const scope = openScope(work.tenantId)
  const free = await isFree(tx, scope, { holder, ports })
  const { changed, wider } = await settleGrants(tx, scope, { ...work, free, now })
  await voidGrantProposals(tx, scope, { places: changed, now })
  await auditGrants(tx, { scope, places: changed, holder, ports, now })
  if (wider.length === 0) return undefined
  const subject = wider.some(({ base }) => base === 0) ? 'grant.switch_on' : 'grant.raise'
  const by = { maker: holder.actor, ids: ports.ids, now }
  const proposed = await proposeGrants(tx, scope, { subject, grants: wider, ...by })
  return { ...proposed, grants: wider.map(({ place }) => place) }
}

/** For a dry run: the grants that would wait for a second person. */
export function previewGrants(
  { tenantId, wanted }: GrantWork,
  by: Pick<Applying, 'holder' | 'ports'>,
): Promise<readonly string[]> {
  const scope = openScope(tenantId)
  return by.ports.store.read('grant.preview', async (reader) =>
    (await isFree(reader, scope, by)) ? [] : findWider(reader, scope, wanted),
  )
}

async function isFree(
  reader: Reader,
  scope: TenantScope,
  { holder, ports }: Pick<Applying, 'holder' | 'ports'>,
): Promise<boolean> {
  return ports.sandbox && isOperator(holder) && !(await hasGrants(reader, scope))
}

interface Auditing extends Omit<Applying, 'work'> {
  readonly scope: ReturnType<typeof openScope>
  readonly places: readonly string[]
}

export function auditGrants(tx: Transaction, { scope, places, holder, ports, now }: Auditing): Promise<void> {
  const records = places.map((place) => ({
    scope,
    actor: holder.actor,
    action: 'grant.changed',
    object: { kind: 'grant', id: place },
  }))
  return appendAudit(tx, records, { ids: ports.ids, now })
}
