import { sqlOf, type Reader } from '../database/store.ts'
import type { TenantScope } from '../identity/scope.ts'
import type { StoreTables } from '../schema/tables.ts'
import { behind, type ListPart } from '../sql/behind.ts'

export interface AuditFilters extends ListPart {
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly object?: string | undefined
  readonly kind?: string | undefined
  /** Written at this instant or later. */
  readonly from?: number | undefined
  /** Written before this instant. */
  readonly until?: number | undefined
}

export interface AuditLine {
  readonly id: string
  readonly at: number
  readonly actor: { readonly kind: string; readonly id: string }
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string }
  readonly data: string
  /** Its place in the chain; null until it is linked. */
  readonly seq: number | null
}

/** Records by their places in the chain, which have no gaps: whoever has read up to one goes on behind it. */
export async function listLinked(
  reader: Reader,
  scope: TenantScope,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<(AuditLine & { readonly seq: number })[]> {
  const rows = await sqlOf<StoreTables>(reader)
    .selectFrom('audit_link')
    .innerJoin('audit', (join) =>
      join.onRef('audit.tenant_id', '=', 'audit_link.tenant_id').onRef('audit.id', '=', 'audit_link.audit_id'),
    )
    .selectAll('audit')
    .select('seq')
    .where('audit_link.tenant_id', '=', scope.tenantId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...toLine(row), seq: row.seq }))
}

/** The newest first. */
export async function listAudit(reader: Reader, scope: TenantScope, wanted: AuditFilters): Promise<AuditLine[]> {
  const { after, actor, action, object, kind, from, until } = wanted
  let query = sqlOf<StoreTables>(reader)
    .selectFrom('audit')
    .leftJoin('audit_link', (join) =>
      join.onRef('audit_link.tenant_id', '=', 'audit.tenant_id').onRef('audit_link.audit_id', '=', 'audit.id'),
    )
    .selectAll('audit')
    .select('seq')
    .where('audit.tenant_id', '=', scope.tenantId)
  const order = { at: 'audit.at', id: 'audit.id', down: true }
  if (after) query = query.where(behind(order, after))
  if (actor !== undefined) query = query.where('actor_id', '=', actor)
  if (action !== undefined) query = query.where('action', '=', action)
  if (kind !== undefined) query = query.where('object_kind', '=', kind)
  if (object !== undefined) query = query.where('object_id', '=', object)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (until !== undefined) query = query.where('at', '<', until)
  const rows = await query.orderBy('audit.at', 'desc').orderBy('audit.id', 'desc').limit(wanted.limit).execute()
  return rows.map(toLine)
}

type SelectedLine = StoreTables['audit'] & { readonly seq: number | null }

function toLine(row: SelectedLine): AuditLine {
  return {
    id: row.id,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id },
    data: row.data,
    seq: row.seq,
  }
}
