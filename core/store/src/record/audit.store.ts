import { encodeJson } from '@inthread/sdk/json'
import type { Transaction } from '../database/store.ts'
import type { IdSource } from '../identity/id.ts'
import type { Actor, TenantScope } from '../identity/scope.ts'
import { insertAll } from '../sql/statements.ts'

/**
 * What somebody did, written in the transaction that did it. `data` holds ids and our own words, never personal data.
 * A follower links it to the tenant's chain afterwards (`chain/`), so that nobody waits for another one's record.
 */
export interface AuditRecord {
  readonly actor: Actor
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string }
  readonly data?: Readonly<Record<string, unknown>>
}

export interface AuditPorts {
  readonly ids: IdSource
  readonly now: number
}

export async function appendAudit(
  tx: Transaction,
  records: readonly (AuditRecord & { readonly scope: TenantScope })[],
  ports: AuditPorts,
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map(({ scope, actor, action, object, data }) => ({
    tenant_id: scope.tenantId,
    id: ports.ids.next(),
    at: ports.now,
    actor_kind: actor.kind,
    actor_id: actor.id,
    action,
    object_kind: object.kind,
    object_id: object.id,
    data: encodeJson(data ?? {}),
  }))
  await insertAll(tx, 'audit', rows)
  const tail = rows.map(({ tenant_id, id }) => ({ tenant_id, audit_id: id }))
  await insertAll(tx, 'audit_tail', tail)
}
