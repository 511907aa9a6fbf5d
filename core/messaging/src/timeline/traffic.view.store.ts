import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'

/** From an instant until before another one. */
export interface Span {
  readonly from: number
  readonly until: number
}

export interface Traffic {
  /** What users wrote or tapped. */
  readonly received: number
  readonly sent: number
  /** Items that conversations had to do with: users' messages, answers of banks and hosts, time. */
  readonly turns: number
}

export async function countTraffic(reader: Reader, scope: TenantScope, { from, until }: Span): Promise<Traffic> {
  const db = sqlOf<MessagingTables>(reader)
  const kinds = await db
    .selectFrom('inbox')
    .select((select) => ['kind', select.fn.countAll<number>().as('items')])
    .where('tenant_id', '=', scope.tenantId)
    .where('received_at', '>=', from)
    .where('received_at', '<', until)
    .groupBy('kind')
    .execute()
  const sent = await db
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('items'))
    .where('tenant_id', '=', scope.tenantId)
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .executeTakeFirstOrThrow()
  const count = (test: (kind: string) => boolean): number =>
    kinds.reduce((sum, { kind, items }) => (test(kind) ? sum + Number(items) : sum), 0)
  return {
    received: count((kind) => kind === 'message'),
    sent: Number(sent.items),
    turns: count((kind) => kind !== 'report'),
  }
}
