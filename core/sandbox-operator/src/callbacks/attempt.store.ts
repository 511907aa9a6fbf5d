import type { Database } from '../database/open-database.ts'

/** One try to hand over a callback. */
export interface Attempt {
  readonly at: number
  readonly nonce: string
  readonly timestamp: string
  /** HTTP status; absent when there was no answer. */
  readonly status?: number
  readonly problem?: string
}

export interface AttemptStore {
  readonly add: (callbackId: number, attempt: Attempt) => void
  readonly list: (callbackId: number) => Attempt[]
}

type AttemptRow = { at: number; nonce: string; timestamp: string; status: number | null; problem: string | null }

export function createAttemptStore(db: Database): AttemptStore {
  return {
    add: (callbackId, { at, nonce, timestamp, status, problem }) => {
      const sql = 'insert into attempt (callback_id, at, nonce, timestamp, status, problem) values (?, ?, ?, ?, ?, ?)'
      db.run(sql, callbackId, at, nonce, timestamp, status ?? null, problem ?? null)
    },
    list: (callbackId) =>
      db
        .list<AttemptRow>('select * from attempt where callback_id = ? order by id limit 60', callbackId)
        .map(({ at, nonce, timestamp, status, problem }) => ({
          at,
          nonce,
          timestamp,
          ...(status === null ? {} : { status }),
          ...(problem === null ? {} : { problem }),
        })),
  }
}
