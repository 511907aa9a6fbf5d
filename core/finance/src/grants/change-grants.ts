import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import type { GrantRow } from '../schema/tables.ts'
import { listGrantRows, lockGrants, saveGrant } from './grant.store.ts'
import { isWider, readGrant, type GrantText } from './grant-terms.ts'

export interface WantedGrant {
  readonly place: string
  /** Complete: with its currency. */
  readonly terms: GrantText
}

/** A change that needs a second person. Plain JSON: its digest is what that person approves. */
export interface GrantChange extends WantedGrant {
  /** The version it was proposed on; 0 where there was none. Another one voids it. */
  readonly base: number
}

export interface GrantWish {
  readonly wanted: readonly WantedGrant[]
  /** Places that are given up. */
  readonly removed: readonly string[]
  /** Whether what is wider than before is put in force at once. */
  readonly free: boolean
  readonly now: Instant
}

export interface SettledGrants {
  /** Places whose grant is another one now. */
  readonly changed: readonly string[]
  /** What allows more than before, and waits for a second person. */
  readonly wider: readonly GrantChange[]
}

/**
 * Puts in force at once what allows less than before. What allows more (or what was not there at all) comes back, to
 * be proposed. A blocked grant stays blocked.
 */
export async function settleGrants(tx: Transaction, scope: TenantScope, wish: GrantWish): Promise<SettledGrants> {
  const rows = await lockGrants(tx, scope, [...wish.wanted.map(({ place }) => place), ...wish.removed])
  const changed: string[] = []
  const wider: GrantChange[] = []
  for (const { place, terms } of wish.wanted) {
    const row = rows.get(place)
    const step = compareGrant(row, terms)
    if (step === 'same') continue
    if (step === 'wider' && !wish.free) {
      wider.push({ place, base: row?.version ?? 0, terms })
      continue
    }
    const state = step === 'narrower' && row ? row.state : 'active'
    await writeGrant(tx, scope, { row, place, state, terms, now: wish.now })
    changed.push(place)
  }
  for (const place of wish.removed) if (await takeBack(tx, scope, { row: rows.get(place), wish })) changed.push(place)
  return { changed, wider }
}

/** What of this would wait for a second person, as things are now. Nothing is changed. */
export async function findWider(
  reader: Reader,
  scope: TenantScope,
  wanted: readonly WantedGrant[],
): Promise<readonly string[]> {
  const rows = new Map((await listGrantRows(reader, scope)).map((row) => [row.place, row]))
  return wanted.filter(({ place, terms }) => compareGrant(rows.get(place), terms) === 'wider').map(({ place }) => place)
}

/** What a wanted grant is beside the one that is there. */
function compareGrant(row: GrantRow | undefined, terms: GrantText): 'same' | 'narrower' | 'wider' {
  if (!row || row.state === 'revoked') return 'wider'
  const before = JSON.parse(row.terms) as GrantText
  if (canonicalJson(before) === canonicalJson(terms)) return 'same'
  return isWider(readGrant(before), readGrant(terms)) ? 'wider' : 'narrower'
}

async function takeBack(
  tx: Transaction,
  scope: TenantScope,
  { row, wish }: { readonly row: GrantRow | undefined; readonly wish: GrantWish },
): Promise<boolean> {
  if (!row || row.state === 'revoked') return false
  const terms = JSON.parse(row.terms) as GrantText
  await writeGrant(tx, scope, { row, place: row.place, state: 'revoked', terms, now: wish.now })
  return true
}

/** Takes back everything that a plugin of a bot was granted; the places that had a grant. */
export async function withdrawGrants(
  tx: Transaction,
  scope: TenantScope,
  { bot, plugin, now }: { readonly bot: string; readonly plugin: string; readonly now: Instant },
): Promise<readonly string[]> {
  const rows = await listGrantRows(tx, scope)
  const removed = rows.map(({ place }) => place).filter((place) => place.startsWith(`bot/${bot}/${plugin}/`))
  return (await settleGrants(tx, scope, { wanted: [], removed, free: false, now })).changed
}

/** What a second person has approved. A fault when a grant is no longer what it was when the change was proposed. */
export async function commitGrantChanges(
  tx: Transaction,
  scope: TenantScope,
  { changes, now }: { readonly changes: readonly GrantChange[]; readonly now: Instant },
): Promise<void> {
  const rows = await lockGrants(
    tx,
    scope,
    changes.map(({ place }) => place),
  )
  for (const { place, base, terms } of changes) {
    const row = rows.get(place)
    if ((row?.version ?? 0) !== base) throw new Fault('grant.moved', { data: { place } })
    await writeGrant(tx, scope, { row, place, state: 'active', terms, now })
  }
}

/** Nothing more is allowed by this grant until two people have agreed to open it again. False when it was shut. */
export async function blockGrant(
  tx: Transaction,
  scope: TenantScope,
  { place, now }: { readonly place: string; readonly now: Instant },
): Promise<boolean> {
  const row = await getGrant(tx, scope, place)
  if (row.state !== 'active') return false
  const terms = JSON.parse(row.terms) as GrantText
  await writeGrant(tx, scope, { row, place, state: 'blocked', terms, now })
  return true
}

/** The change that opens a blocked grant again, with the terms it had; to be proposed. */
export async function proposeUnblocking(tx: Transaction, scope: TenantScope, place: string): Promise<GrantChange> {
  const row = await getGrant(tx, scope, place)
  if (row.state !== 'blocked') throw new Fault('grant.not_blocked', { data: { place } })
  return { place, base: row.version, terms: JSON.parse(row.terms) as GrantText }
}

async function getGrant(tx: Transaction, scope: TenantScope, place: string): Promise<GrantRow> {
  const row = (await lockGrants(tx, scope, [place])).get(place)
  if (!row || row.state === 'revoked') throw new Fault('grant.unknown', { data: { place } })
  return row
}

interface Writing {
  readonly row: GrantRow | undefined
  readonly place: string
  readonly state: GrantRow['state']
  readonly terms: GrantText
  readonly now: Instant
}

async function writeGrant(
  tx: Transaction,
  scope: TenantScope,
  { row, place, state, terms, now }: Writing,
): Promise<void> {
  const written: GrantRow = {
    tenant_id: scope.tenantId,
    place,
    state,
    terms: canonicalJson(terms),
    version: (row?.version ?? 0) + 1,
    updated_at: now,
  }
  if (!(await saveGrant(tx, written))) throw new Fault('grant.moved', { data: { place } })
}
