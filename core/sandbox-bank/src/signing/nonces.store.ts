import type { Database } from '../store/database.store.ts'

const rememberedMs = 10 * 60_000

interface Nonce {
  readonly clientId: string
  readonly nonce: string
}

/** True when this client uses the nonce for the first time in ten minutes. */
export function commitNonce(db: Database, nonce: Nonce, nowMs: number): boolean {
  const insert = 'insert into nonces (client_id, nonce, forget_at) values (?, ?, ?) on conflict do nothing'
  return db.run(insert, nonce.clientId, nonce.nonce, nowMs + rememberedMs) === 1
}

export function commitNonceOblivion(db: Database, nowMs: number): void {
  db.run('delete from nonces where forget_at <= ?', nowMs)
}
