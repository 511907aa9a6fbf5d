import { isFault } from '@inthread/sdk/fault'
import { sqlOf, type Reader, type Store, type Transaction } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import { insertAll } from '../sql/statements.ts'
import { chainStart, digestRecord, hashLink, type AuditRow, type LinkRow } from './link-hash.ts'

const atOnce = 500

/** The newest link of a tenant's chain. */
export interface ChainHead {
  readonly tenantId: string
  readonly seq: number
  readonly hash: string
}

export async function hasAuditTail(store: Store): Promise<boolean> {
  const row = await store.read('audit.tail', (reader) =>
    sqlOf<StoreTables>(reader).selectFrom('audit_tail').select('audit_id').limit(1).executeTakeFirst(),
  )
  return row !== undefined
}

/**
 * Links records that have no link yet to the chains of their tenants, the oldest first, and says how many there were.
 * Which ones those are stands in a table of its own: records commit out of order, so nothing about them would say.
 * Two that do it at once cannot fork a chain, because a place is taken once.
 */
export async function linkAuditTail(store: Store): Promise<number> {
  try {
    return await store.write('audit.link', linkSome)
  } catch (error) {
    if (isFault(error, 'store.duplicate')) return 0
    throw error
  }
}

async function linkSome(tx: Transaction): Promise<number> {
  const rows = await readTail(tx)
  if (rows.length === 0) return 0
  const heads = new Map<string, ChainHead>()
  const links: LinkRow[] = []
  for (const row of rows) {
    const tenantId = row.tenant_id
    const head = heads.get(tenantId) ?? (await findHead(tx, tenantId))
    const link = buildLink(row, head)
    heads.set(tenantId, { tenantId, seq: link.seq, hash: link.hash })
    links.push(link)
  }
  await insertAll(tx, 'audit_link', links)
  const ids = rows.map(({ id }) => id)
  await sqlOf<StoreTables>(tx).deleteFrom('audit_tail').where('audit_id', 'in', ids).execute()
  return rows.length
}

function buildLink(row: AuditRow, head: ChainHead | undefined): LinkRow {
  const seq = (head?.seq ?? 0) + 1
  const prev = head?.hash ?? chainStart
  return {
    tenant_id: row.tenant_id,
    seq,
    audit_id: row.id,
    digest: digestRecord(row),
    prev,
    hash: hashLink(prev, seq, row),
  }
}

function readTail(tx: Transaction): Promise<AuditRow[]> {
  return sqlOf<StoreTables>(tx)
    .selectFrom('audit_tail')
    .innerJoin('audit', (join) =>
      join.onRef('audit.tenant_id', '=', 'audit_tail.tenant_id').onRef('audit.id', '=', 'audit_tail.audit_id'),
    )
    .selectAll('audit')
    .orderBy('audit_tail.audit_id')
    .limit(atOnce)
    .execute()
}

async function findHead(reader: Reader, tenantId: string): Promise<ChainHead | undefined> {
  const row = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_link')
    .select(['seq', 'hash'])
    .where('tenant_id', '=', tenantId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { tenantId, ...row }
}

/** The heads of all chains. One tenant at a time: a database would otherwise look at every link. */
export async function listChainHeads(store: Store): Promise<readonly ChainHead[]> {
  const heads: ChainHead[] = []
  for (let after = ''; ;) {
    const head = await store.read('audit.head', async (reader) => {
      const next = await sqlOf<StoreTables>(reader)
        .selectFrom('audit_link')
        .select('tenant_id')
        .where('tenant_id', '>', after)
        .orderBy('tenant_id')
        .limit(1)
        .executeTakeFirst()
      return next && findHead(reader, next.tenant_id)
    })
    if (!head) return heads
    heads.push(head)
    after = head.tenantId
  }
}
