import { createHash } from 'node:crypto'
import type { RenderedMenuEntry } from '@inthread/sdk/channel'
import { canonicalJson } from '@inthread/sdk/json'
import type { Store, TenantScope, Transaction } from '@inthread/store'
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
