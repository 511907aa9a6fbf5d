import type { Reader, Sealer, TenantScope } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openItem } from '../inbox/item.ts'
import { openMessage } from '../outbox/message.ts'
import type { CaseRow, MessagingTables } from '../schema/tables.ts'

export interface CaseQuery {
  readonly states: readonly CaseRow['state'][]
  readonly limit: number
}

/** The tenant's cases, those that have waited longest first. */
export function listCases(reader: Reader, scope: TenantScope, { states, limit }: CaseQuery): Promise<CaseRow[]> {
  return sqlOf<MessagingTables>(reader)
    .selectFrom('desk_case')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('state', 'in', [...states])
    .orderBy('created_at')
    .limit(sql.lit(limit))
    .execute()
}

/** What was said in a case. The bank's own dialogue is not part of it. */
export interface CaseMessage {
  readonly id: string
  readonly at: number
  readonly from: 'user' | 'agent' | 'bot'
  readonly text: string
}

export interface CaseReading {
  readonly caseId: string
  readonly limit: number
  readonly sealer: Sealer
}

/**
 * What the user wrote to the desk and what was said to the user since the case began, but for the bank's messages.
 * undefined when there is no such case.
 */
export async function listCaseMessages(
  reader: Reader,
  scope: TenantScope,
  query: CaseReading,
): Promise<readonly CaseMessage[] | undefined> {
  const found = await sqlOf<MessagingTables>(reader)
    .selectFrom('desk_case')
    .select(['conversation_id', 'created_at', 'closed_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', query.caseId)
    .executeTakeFirst()
  if (!found) return undefined
  const messages = [...(await listHeard(reader, scope, query)), ...(await listSaid(reader, scope, { ...query, found }))]
  return messages.sort((left, right) => left.at - right.at || left.id.localeCompare(right.id)).slice(-query.limit)
}

async function listHeard(
  reader: Reader,
  scope: TenantScope,
  { caseId, limit, sealer }: CaseReading,
): Promise<CaseMessage[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('inbox')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => {
    const body = openItem(sealer, { tenantId: row.tenant_id, itemId: row.id }, row)
    const said = body?.kind === 'message' ? body.content : undefined
    const text = said?.kind === 'text' ? said.text : `(${said?.kind ?? 'destroyed'})`
    return { id: row.id, at: row.received_at, from: 'user', text }
  })
}

interface Found {
  readonly conversation_id: string
  readonly created_at: number
  readonly closed_at: number | null
}

async function listSaid(
  reader: Reader,
  scope: TenantScope,
  { limit, sealer, found }: CaseReading & { readonly found: Found },
): Promise<CaseMessage[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', found.conversation_id)
    .where('voice', '!=', 'bank')
    .where('created_at', '>=', found.created_at)
    .where('created_at', '<=', found.closed_at ?? Number.MAX_SAFE_INTEGER)
    .orderBy('seq', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => {
    const content = openMessage(sealer, { tenantId: row.tenant_id, messageId: row.id }, row.body)
    const text = content.kind === 'text' ? content.text : content.cards.map((card) => card.title).join('\n')
    return { id: row.id, at: row.created_at, from: row.voice === 'merchant' ? 'agent' : 'bot', text }
  })
}
