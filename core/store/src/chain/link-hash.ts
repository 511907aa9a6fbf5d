import { hash } from 'node:crypto'
import type { StoreTables } from '../schema/tables.ts'

export type AuditRow = StoreTables['audit']
export type LinkRow = StoreTables['audit_link']

/** What stands before the first link of a chain. */
export const chainStart = '0'.repeat(64)

/**
 * SHA-256 over what a record says, without its id: two records whose texts were exchanged are found by this. Like the
 * other one it is over canonical JSON: members in order, no blanks.
 */
export function digestRecord(row: AuditRow): string {
  return hash('sha256', JSON.stringify(describe(row)))
}

/** SHA-256 over the bytes of the hash before and the canonical JSON of the record with its place and tenant. */
export function hashLink(prev: string, seq: number, row: AuditRow): string {
  const { action, actor, at, data, object } = describe(row)
  const record = { action, actor, at, data, id: row.id, object, seq, tenant: row.tenant_id }
  return hash('sha256', Buffer.concat([Buffer.from(prev, 'hex'), Buffer.from(JSON.stringify(record))]))
}

/** Members in the order of canonical JSON. `data` stays the text that is stored. */
function describe(row: AuditRow) {
  return {
    action: row.action,
    actor: { id: row.actor_id, kind: row.actor_kind },
    at: row.at,
    data: row.data,
    object: { id: row.object_id, kind: row.object_kind },
  }
}
