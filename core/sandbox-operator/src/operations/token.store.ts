import type { Database } from '../database/open-database.ts'

/** The one current access token of each chatbot, as a hash, and how many were issued on a day. */
export interface TokenStore {
  readonly find: (chatbotId: string) => { readonly hash: string; readonly expiresAt: number } | undefined
  readonly put: (chatbotId: string, hash: string, expiresAt: number) => void
  readonly expire: (chatbotId: string) => void
  readonly countIssued: (chatbotId: string, day: string) => number
  readonly addIssued: (chatbotId: string, day: string) => void
}

export function createTokenStore(db: Database): TokenStore {
  return {
    find: (chatbotId) =>
      db.find<{ hash: string; expiresAt: number }>(
        'select hash, expires_at as expiresAt from token where chatbot_id = ?',
        chatbotId,
      ),
    put: (chatbotId, hash, expiresAt) => {
      db.run(
        `insert into token values (?, ?, ?)
         on conflict (chatbot_id) do update set hash = excluded.hash, expires_at = excluded.expires_at`,
        chatbotId,
        hash,
        expiresAt,
      )
    },
    expire: (chatbotId) => {
      db.run('update token set expires_at = 0 where chatbot_id = ?', chatbotId)
    },
    countIssued: (chatbotId, day) =>
      db.find<{ issued: number }>('select issued from token_day where chatbot_id = ? and day = ?', chatbotId, day)
        ?.issued ?? 0,
    addIssued: (chatbotId, day) => {
      db.run(
        'insert into token_day values (?, ?, 1) on conflict (chatbot_id, day) do update set issued = issued + 1',
        chatbotId,
        day,
      )
    },
  }
}
