import type { Database } from '../store/database.store.ts'
import { numberOf, textOf } from '../store/row.ts'

const keptMs = 30 * 24 * 3_600_000

/** One acting request of one client: the key, the route it was sent to, and a fingerprint of what it asked for. */
export interface IdempotencyKey {
  readonly clientId: string
  readonly route: string
  readonly key: string
  readonly fingerprint: string
}

/** What the first request came to: the resource, which is shown as it is now, and the status of the first answer. */
export interface IdempotencyRecord {
  readonly fingerprint: string
  readonly status: number
  readonly resourceId: string
}

export function findIdempotencyRecord(db: Database, key: IdempotencyKey): IdempotencyRecord | undefined {
  const select =
    'select fingerprint, status, resource_id from idempotency where client_id = ? and route = ? and key = ?'
  const row = db.find(select, key.clientId, key.route, key.key)
  if (!row) return undefined
  return {
    fingerprint: textOf(row, 'fingerprint'),
    status: numberOf(row, 'status'),
    resourceId: textOf(row, 'resource_id'),
  }
}

/** Belongs into the transaction that has the effect: either both are there after a crash, or neither. */
export function commitIdempotencyRecord(
  db: Database,
  key: IdempotencyKey,
  result: { status: number; resourceId: string; at: number },
): void {
  const values = [key.clientId, key.route, key.key, key.fingerprint, result.status, result.resourceId, result.at]
  db.run('insert into idempotency values (?, ?, ?, ?, ?, ?, ?)', ...values)
}

/** Thirty days for everything but money, whose keys are kept as long as the payments themselves. */
export function commitIdempotencyOblivion(db: Database, moneyRoutes: readonly string[], nowMs: number): void {
  const marks = moneyRoutes.map(() => '?').join(', ')
  db.run(`delete from idempotency where created_at <= ? and route not in (${marks})`, nowMs - keptMs, ...moneyRoutes)
}
