import type { Instant } from '@inthread/sdk/time'
import type { ListPart, Reader, TenantScope } from '@inthread/store'
import { behind, sql, sqlOf } from '@inthread/store/sql'
import type { ConsentRow } from '../schema/book-tables.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'

/** A consent as it can be shown: which text by its version and digest, never who by name or number. */
export interface ConsentView {
  readonly id: string
  readonly subscriber: string
  readonly purpose: string
  readonly dataClasses: readonly string[]
  readonly receiver: string
  readonly marketing: boolean
  readonly textVersion: string
  readonly textSha256: string
  readonly state: ConsentRow['state']
  readonly askedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly expiresAt: number | null
  readonly evidence: {
    readonly conversation: string | null
    readonly run: string | null
    readonly visit: string | null
    readonly bankRef: string | null
  }
}

export interface ConsentQuery extends ListPart {
  readonly subscriberId?: string | undefined
  readonly purpose?: string | undefined
  readonly state?: ConsentRow['state'] | undefined
}

/** The latest first. */
export async function listConsents(
  reader: Reader,
  scope: TenantScope,
  { subscriberId, purpose, state, after, limit }: ConsentQuery,
): Promise<readonly ConsentView[]> {
  let query = sqlOf<FinanceTables>(reader).selectFrom('consent').selectAll().where('tenant_id', '=', scope.tenantId)
  if (subscriberId !== undefined) query = query.where('subscriber_id', '=', subscriberId)
  if (purpose !== undefined) query = query.where('purpose', '=', purpose)
  if (state !== undefined) query = query.where('state', '=', state)
  if (after) query = query.where(behind({ at: 'asked_at', id: 'id', down: true }, after))
  const rows = await query.orderBy('asked_at', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)).execute()
  return rows.map(buildView)
}

/** Whether a purpose is allowed now: granted, not over, and not in doubt because the number may have changed hands. */
export async function hasConsent(
  reader: Reader,
  scope: TenantScope,
  wanted: {
    readonly subscriberId: string
    readonly purpose: string
    /** Whoever gets the data, where it matters who. */
    readonly receiver?: string | undefined
    readonly now: Instant
  },
): Promise<boolean> {
  let query = sqlOf<FinanceTables>(reader)
    .selectFrom('consent')
    .select('id')
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', wanted.subscriberId)
    .where('purpose', '=', wanted.purpose)
    .where('state', '=', 'granted')
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', wanted.now)]))
  if (wanted.receiver !== undefined) query = query.where('receiver', '=', wanted.receiver)
  return (await query.executeTakeFirst()) !== undefined
}

/** What a user has granted in one run. */
export async function listConsentsOfRun(
  reader: Reader,
  scope: TenantScope,
  { subscriber_id: subscriberId, run_id: runId }: Pick<OrderRow, 'subscriber_id' | 'run_id'>,
): Promise<readonly string[]> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('consent')
    .select('id')
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', subscriberId)
    .where('run_id', '=', runId)
    .where('state', '=', 'granted')
    .limit(sql.lit(50))
    .execute()
  return rows.map(({ id }) => id)
}

function buildView(row: ConsentRow): ConsentView {
  return {
    id: row.id,
    subscriber: row.subscriber_id,
    purpose: row.purpose,
    dataClasses: JSON.parse(row.data_classes) as string[],
    receiver: row.receiver,
    marketing: row.marketing === 1,
    textVersion: row.text_version,
    textSha256: row.text_sha256,
    state: row.state,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    expiresAt: row.expires_at,
    evidence: { conversation: row.conversation_id, run: row.run_id, visit: row.visit_id, bankRef: row.bank_ref },
  }
}
