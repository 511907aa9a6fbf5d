import type { Database } from '../database/open-database.ts'

/** A delivery state of a message, as it came about on this platform. */
export interface StateChange {
  /**
   * A chatbot's message: sent, delivered, displayed, failed, deliveredToNetwork, revokeOk, revokeFail.
   * The user's own: sent, retrying, delivered, failed.
   */
  readonly status: string
  readonly at: number
  readonly errorCode?: number
  readonly errorMessage?: string
}

export interface StateStore {
  readonly add: (messageSeq: number, change: StateChange) => void
  readonly list: (messageSeq: number) => StateChange[]
  readonly has: (messageSeq: number, status: string) => boolean
}

type StateRow = { status: string; at: number; error_code: number | null; error_message: string | null }

export function createStateStore(db: Database): StateStore {
  return {
    add: (seq, { status, at, errorCode, errorMessage }) => {
      const sql = 'insert into state (message_seq, status, at, error_code, error_message) values (?, ?, ?, ?, ?)'
      db.run(sql, seq, status, at, errorCode ?? null, errorMessage ?? null)
    },
    list: (seq) =>
      db.list<StateRow>('select * from state where message_seq = ? order by id', seq).map((row) => ({
        status: row.status,
        at: row.at,
        ...(row.error_code === null ? {} : { errorCode: row.error_code }),
        ...(row.error_message === null ? {} : { errorMessage: row.error_message }),
      })),
    has: (seq, status) =>
      db.find('select 1 as n from state where message_seq = ? and status = ? limit 1', seq, status) !== undefined,
  }
}
