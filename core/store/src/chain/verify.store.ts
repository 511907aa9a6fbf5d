import { sqlOf, type Reader, type Store } from '../database/store.ts'
import type { TenantScope } from '../identity/scope.ts'
import type { StoreTables } from '../schema/tables.ts'
import { checkLink, endChain, freshChain, type ChainFinding, type ChainState, type StoredLink } from './check-chain.ts'
import { digestRecord, type AuditRow, type LinkRow } from './link-hash.ts'

/** How far a check has come. Plain, so that it can be carried on in another call. */
export type VerifyPlace =
  | { readonly part: 'links'; readonly state: ChainState }
  | { readonly part: 'records'; readonly after: string; readonly seq: number }

export const verifyStart: VerifyPlace = { part: 'links', state: freshChain }

export interface VerifyStep {
  /** Links that were looked at. */
  readonly checked: number
  readonly findings: readonly ChainFinding[]
  /** Undefined when the chain and all records were looked at. */
  readonly next: VerifyPlace | undefined
}

const verifyAtOnce = 2000
/** A page with so many findings ends early: each of them costs far more than a link that is right. */
const findingsAtOnce = 50

/** Looks at the next part of a tenant's chain, and of its records: nothing is ever loaded whole. */
export function verifyNext(store: Store, scope: TenantScope, place: VerifyPlace): Promise<VerifyStep> {
  return store.read('audit.verify', (reader) =>
    place.part === 'links' ? verifyLinks(reader, scope, place.state) : verifyRecords(reader, scope, place),
  )
}

async function verifyLinks(reader: Reader, scope: TenantScope, start: ChainState): Promise<VerifyStep> {
  const links = await readLinks(reader, scope, { after: start.seq, limit: verifyAtOnce + 1 })
  const findings: ChainFinding[] = []
  let state = start
  let checked = 0
  for (const link of links.slice(0, verifyAtOnce)) {
    if (findings.length >= findingsAtOnce) break
    const step = checkLink(state, link, links[checked + 1])
    state = tellMissing(step.state, findings)
    for (const finding of step.findings) findings.push(finding)
    checked += 1
  }
  const over = checked === links.length
  if (over) findings.push(...endChain(state))
  return {
    checked,
    findings: await findExchanged(reader, scope, findings),
    next: over ? { part: 'records', after: '', seq: state.seq } : { part: 'links', state },
  }
}

/** What is remembered stays small, however much is gone. */
const missingKept = 40

function tellMissing(state: ChainState, findings: ChainFinding[]): ChainState {
  const over = state.missing.slice(0, Math.max(0, state.missing.length - missingKept))
  for (const [seq, until] of over) findings.push({ kind: 'deleted', seq, until })
  return over.length === 0 ? state : { ...state, missing: state.missing.slice(over.length) }
}

type JoinedLink = Omit<LinkRow, 'tenant_id'> & { [Column in keyof AuditRow]: AuditRow[Column] | null }

async function readLinks(
  reader: Reader,
  scope: TenantScope,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<StoredLink[]> {
  const rows: JoinedLink[] = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_link')
    .leftJoin('audit', (join) =>
      join.onRef('audit.tenant_id', '=', 'audit_link.tenant_id').onRef('audit.id', '=', 'audit_link.audit_id'),
    )
    .select(['seq', 'audit_id', 'digest', 'prev', 'hash'])
    .selectAll('audit')
    .where('audit_link.tenant_id', '=', scope.tenantId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(({ seq, audit_id, digest, prev, hash, ...row }) => ({
    ...{ seq, audit_id, digest, prev, hash },
    record: isWhole(row) ? row : undefined,
  }))
}

function isWhole(row: { [Column in keyof AuditRow]: AuditRow[Column] | null }): row is AuditRow {
  return row.id !== null
}

/** A record that says what another one said was not written anew: the two were exchanged. */
async function findExchanged(
  reader: Reader,
  scope: TenantScope,
  findings: readonly ChainFinding[],
): Promise<readonly ChainFinding[]> {
  const told: ChainFinding[] = []
  for (const finding of findings) {
    const from = finding.kind === 'changed' ? await findPlaceOfText(reader, scope, finding.seq) : undefined
    told.push(from === undefined ? finding : { ...finding, kind: 'reordered', from })
  }
  return told
}

async function findPlaceOfText(reader: Reader, scope: TenantScope, seq: number): Promise<number | undefined> {
  const [link] = await readLinks(reader, scope, { after: seq - 1, limit: 1 })
  if (link?.seq !== seq || !link.record) return undefined
  const digest = digestRecord(link.record)
  if (digest === link.digest) return undefined
  const other = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_link')
    .select('seq')
    .where('tenant_id', '=', scope.tenantId)
    .where('digest', '=', digest)
    .limit(1)
    .executeTakeFirst()
  return other?.seq
}

interface RecordPlace {
  readonly after: string
  /** The chain's last place. */
  readonly seq: number
}

/** Records that neither have a link nor wait for one came past the platform. */
async function verifyRecords(reader: Reader, scope: TenantScope, { after, seq }: RecordPlace): Promise<VerifyStep> {
  const rows = await sqlOf<StoreTables>(reader)
    .selectFrom('audit')
    .leftJoin('audit_link', (join) =>
      join.onRef('audit_link.tenant_id', '=', 'audit.tenant_id').onRef('audit_link.audit_id', '=', 'audit.id'),
    )
    .leftJoin('audit_tail', (join) =>
      join.onRef('audit_tail.tenant_id', '=', 'audit.tenant_id').onRef('audit_tail.audit_id', '=', 'audit.id'),
    )
    .select(['audit.id', 'audit_link.seq', 'audit_tail.audit_id as waits'])
    .where('audit.tenant_id', '=', scope.tenantId)
    .where('audit.id', '>', after)
    .orderBy('audit.id')
    .limit(verifyAtOnce)
    .execute()
  const findings: ChainFinding[] = []
  for (const row of rows.filter((each) => each.seq === null && each.waits === null)) {
    const at = (await findSeqBefore(reader, scope, row.id)) + 1
    findings.push({ kind: 'inserted', seq: at, until: at, record: row.id })
  }
  if (rows.length === verifyAtOnce)
    return { checked: 0, findings, next: { part: 'records', after: rows.at(-1)?.id ?? after, seq } }
  return { checked: 0, findings: [...findings, ...(await findLostTail(reader, scope, seq))], next: undefined }
}

/** Where a record would stand by its id, which is ordered by time. */
async function findSeqBefore(reader: Reader, scope: TenantScope, id: string): Promise<number> {
  const row = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_link')
    .select('seq')
    .where('tenant_id', '=', scope.tenantId)
    .where('audit_id', '<', id)
    .orderBy('audit_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** Records that were taken away while they waited for their link. */
async function findLostTail(reader: Reader, scope: TenantScope, seq: number): Promise<readonly ChainFinding[]> {
  const rows = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_tail')
    .leftJoin('audit', (join) =>
      join.onRef('audit.tenant_id', '=', 'audit_tail.tenant_id').onRef('audit.id', '=', 'audit_tail.audit_id'),
    )
    .select('audit_tail.audit_id')
    .where('audit_tail.tenant_id', '=', scope.tenantId)
    .where('audit.id', 'is', null)
    .limit(findingsAtOnce)
    .execute()
  return rows.map(({ audit_id }) => ({ kind: 'deleted', seq: seq + 1, until: seq + 1, record: audit_id }))
}

/** The hashes at these places, of those that are there. */
export async function listChainHashes(
  reader: Reader,
  scope: TenantScope,
  places: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (places.length === 0) return new Map()
  const rows = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_link')
    .select(['seq', 'hash'])
    .where('tenant_id', '=', scope.tenantId)
    .where('seq', 'in', [...places])
    .execute()
  return new Map(rows.map(({ seq, hash }) => [seq, hash]))
}

/** Records of all tenants that wait for their link, counted up to ten thousand. */
export async function countAuditTail(reader: Reader): Promise<number> {
  const rows = await sqlOf<StoreTables>(reader).selectFrom('audit_tail').select('audit_id').limit(10_000).execute()
  return rows.length
}

export interface ChainExtent {
  readonly head: { readonly seq: number; readonly hash: string } | undefined
  /** Records that wait for their link. */
  readonly tail: number
}

export async function readExtent(reader: Reader, scope: TenantScope): Promise<ChainExtent> {
  const db = sqlOf<StoreTables>(reader)
  const head = await db
    .selectFrom('audit_link')
    .select(['seq', 'hash'])
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { count } = await db
    .selectFrom('audit_tail')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', scope.tenantId)
    .executeTakeFirstOrThrow()
  return { head, tail: count }
}
