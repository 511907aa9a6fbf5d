import type { Database } from '../database/open-database.ts'
import { nextId } from '../database/setting.store.ts'
import type { Vault } from '../database/vault.ts'

/** One request of a chatbot platform and what it was answered, kept for the developer's drawer. */
export interface Exchange {
  readonly at: number
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown }
  /** Absent when the caller was left without an answer. */
  readonly response?: { readonly status: number; readonly body: unknown }
  readonly answeredAt?: number
}

export interface ExchangeStore {
  readonly add: (key: { chatbotId: string; messageId: string }, exchange: Exchange) => void
  readonly list: (messageId: string) => Exchange[]
}

type ExchangeRow = {
  id: number
  at: number
  sealed_request: string
  sealed_response: string | null
  answered_at: number | null
}

export function createExchangeStore(db: Database, vault: Vault): ExchangeStore {
  const place = (row: number, column: string) => ({ table: 'exchange', column, row })
  const read = (row: ExchangeRow): Exchange => {
    const request = JSON.parse(vault.open(place(row.id, 'sealed_request'), row.sealed_request)) as Exchange['request']
    if (row.sealed_response === null) return { at: row.at, request }
    const opened = vault.open(place(row.id, 'sealed_response'), row.sealed_response)
    const response = JSON.parse(opened) as { status: number; body: unknown }
    return { at: row.at, request, response, ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }) }
  }
  return {
    add: ({ chatbotId, messageId }, { at, request, response, answeredAt }) => {
      const id = nextId(db, 'exchange')
      const sealed = vault.seal(place(id, 'sealed_request'), JSON.stringify(request))
      const answer = response ? vault.seal(place(id, 'sealed_response'), JSON.stringify(response)) : null
      const sql = 'insert into exchange values (?, ?, ?, ?, ?, ?, ?)'
      db.run(sql, id, chatbotId, messageId, at, sealed, answer, answeredAt ?? null)
    },
    list: (messageId) =>
      db.list<ExchangeRow>('select * from exchange where message_id = ? order by id limit 50', messageId).map(read),
  }
}
