import { createHash } from 'node:crypto'
import type { RenderedMenuEntry } from '@inthread/sdk/channel'
import { canonicalJson } from '@inthread/sdk/json'
import type { Reader, Store, TenantScope, Transaction } from '@inthread/store'
import { dbNow, dbNowPlus, mergeAll, plus, sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables, PublicationRow } from '../schema/tables.ts'

/** The fixed menu of a bot as one operator account should show it. */
export interface MenuPublication {
  readonly operatorId: string
  readonly menu: readonly RenderedMenuEntry[]
}

const kind = 'menu'

/** Plans to publish a menu where it differs from what was published before. */
export async function planMenus(
  tx: Transaction,
  scope: TenantScope,
  publications: readonly MenuPublication[],
): Promise<void> {
  for (const { operatorId, menu } of publications) {
    const body = canonicalJson(menu)
    const digest = createHash('sha256').update(body).digest('hex')
    const known = await sqlOf<MessagingTables>(tx)
      .selectFrom('publication')
      .select('digest')
      .where('tenant_id', '=', scope.tenantId)
      .where('operator_id', '=', operatorId)
      .where('kind', '=', kind)
      .executeTakeFirst()
    if (known?.digest === digest) continue
    const row: PublicationRow = {
      tenant_id: scope.tenantId,
      operator_id: operatorId,
      kind,
      digest,
      body,
      state: 'new',
      attempts: 0,
      not_before: 0,
      reason: null,
    }
    await mergeAll(tx, 'publication', {
      rows: [row],
      key: ['tenant_id', 'operator_id', 'kind'],
      update: ['digest', 'body', 'state', 'attempts', 'not_before', 'reason'],
    })
  }
}

export function findPublications(store: Store): Promise<readonly PublicationRow[]> {
  return store.read('publication.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('publication')
      .selectAll()
      .where('state', '=', 'new')
      .where('not_before', '<=', dbNow(reader))
      .limit(sql.lit(16))
      .execute(),
  )
}

export interface PublicationResult {
  readonly state: PublicationRow['state']
  readonly reason: string | null
  readonly againAfterMs: number
}

/** Only the very version that was sent is marked: a newer plan stays planned. */
export function markPublication(store: Store, row: PublicationRow, result: PublicationResult): Promise<void> {
  return store.write('publication.mark', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('publication')
      .set({
        state: result.state,
        reason: result.reason,
        attempts: plus(tx, 'attempts', 1),
        not_before: dbNowPlus(tx, result.againAfterMs),
      })
      .where('tenant_id', '=', row.tenant_id)
      .where('operator_id', '=', row.operator_id)
      .where('kind', '=', row.kind)
      .where('digest', '=', row.digest)
      .execute()
  })
}

/** How the menu of one operator account stands. */
export interface PublicationState {
  readonly operator: string
  readonly state: PublicationRow['state']
  readonly attempts: number
  /** Why the operator did not take it, or not yet. */
  readonly reason: string | null
}

export async function listPublications(reader: Reader, scope: TenantScope): Promise<PublicationState[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('publication')
    .select(['operator_id', 'state', 'attempts', 'reason'])
    .where('tenant_id', '=', scope.tenantId)
    .where('kind', '=', kind)
    .orderBy('operator_id')
    .limit(sql.lit(200))
    .execute()
  return rows.map(({ operator_id: operator, ...rest }) => ({ operator, ...rest }))
}

/** Has the menus of these operator accounts published once more, whatever became of them before. */
export async function askPublications(
  tx: Transaction,
  scope: TenantScope,
  operators: readonly string[],
): Promise<void> {
  if (operators.length === 0) return
  await sqlOf<MessagingTables>(tx)
    .updateTable('publication')
    .set({ state: 'new', attempts: 0, not_before: 0, reason: null })
    .where('tenant_id', '=', scope.tenantId)
    .where('kind', '=', kind)
    .where('operator_id', 'in', [...operators])
    .execute()
}
