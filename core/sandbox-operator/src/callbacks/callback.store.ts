import type { Database } from '../database/open-database.ts'
import { nextId } from '../database/setting.store.ts'
import type { Vault } from '../database/vault.ts'

export interface Callback {
  readonly id: number
  /** Callbacks of one lane (chatbot and phone) go out one after the other. */
  readonly lane: string
  readonly chatbotId: string
  readonly path: string
  readonly body: string
  readonly messageId: string
  /** Set for a user's message, whose own state follows this callback. */
  readonly messageSeq?: number
  readonly progress: 'waiting' | 'done' | 'dropped' | 'failed'
  readonly tries: number
  readonly nextAt: number
  readonly nonce?: string
  /** Business time at which `nonce` was signed. */
  readonly signedAt?: number
  readonly createdAt: number
}

export type NewCallback = Pick<Callback, 'lane' | 'chatbotId' | 'path' | 'body' | 'messageId' | 'messageSeq'>

/** The outbox towards chatbot platforms. Times are system time, but for `signedAt`. */
export interface CallbackStore {
  readonly add: (callback: NewCallback, times: { readonly createdAt: number; readonly nextAt: number }) => number
  readonly get: (id: number) => Callback
  /** The first waiting callback of every lane, if it is due and not held back; oldest first. */
  readonly listDue: (now: number) => { id: number; lane: string }[]
  readonly findNextDueAt: () => number | undefined
  readonly sign: (id: number, nonce: string, signedAt: number) => void
  readonly retry: (id: number, tries: number, nextAt: number) => void
  readonly finish: (id: number, progress: 'done' | 'dropped' | 'failed') => void
  /** Makes everything that waits for this chatbot due now. */
  readonly hurry: (chatbotId: string, now: number) => void
  readonly listByMessage: (messageId: string) => Callback[]
  readonly countWaiting: () => number
  /** Users' messages (by `messageSeq`) that wait in a lane: one that is tried again holds up those behind it. */
  readonly listWaitingMessages: (lane: string) => number[]
  /** Whether something in this lane has been tried in vain and waits for its next turn. */
  readonly isHeldUp: (lane: string) => boolean
}

export type CallbackRow = {
  id: number
  lane: string
  chatbot_id: string
  path: string
  sealed_body: string
  message_id: string
  message_seq: number | null
  progress: Callback['progress']
  tries: number
  next_at: number
  nonce: string | null
  signed_at: number | null
  created_at: number
}

const heads = `select lane, min(position) as position from callback where progress = 'waiting' group by lane`
const headRows = `from callback c join (${heads}) h on c.lane = h.lane and c.position = h.position
  where c.progress = 'waiting' and c.held_by is null`

const waitingIn = `from callback where lane = ? and progress = 'waiting'`

export function createCallbackStore(db: Database, vault: Vault): CallbackStore {
  const read = createReader(vault)
  return {
    add: (callback, times) => insert(db, vault, { ...callback, ...times }),
    get: (id) => {
      const row = db.find<CallbackRow>('select * from callback where id = ?', id)
      if (!row) throw new Error(`callback ${id} is missing`)
      return read(row)
    },
    listDue: (now) => db.list(`select c.id, c.lane ${headRows} and c.next_at <= ? order by c.position limit 500`, now),
    findNextDueAt: () => db.find<{ at: number | null }>(`select min(c.next_at) as at ${headRows}`)?.at ?? undefined,
    sign: (id, nonce, signedAt) => {
      db.run('update callback set nonce = ?, signed_at = ? where id = ?', nonce, signedAt, id)
    },
    retry: (id, tries, nextAt) => {
      db.run('update callback set tries = ?, next_at = ? where id = ?', tries, nextAt, id)
    },
    finish: (id, progress) => {
      db.run('update callback set progress = ? where id = ?', progress, id)
    },
    hurry: (chatbotId, now) => {
      const sql = "update callback set next_at = min(next_at, ?) where chatbot_id = ? and progress = 'waiting'"
      db.run(sql, now, chatbotId)
    },
    listByMessage: (messageId) =>
      db.list<CallbackRow>('select * from callback where message_id = ? order by id limit 50', messageId).map(read),
    countWaiting: () => {
      const sql = "select count(*) as n from callback where progress = 'waiting'"
      return db.find<{ n: number }>(sql)?.n ?? 0
    },
    listWaitingMessages: (lane) => {
      const sql = `select message_seq as seq ${waitingIn} and message_seq is not null order by position limit 500`
      return db.list<{ seq: number }>(sql, lane).map(({ seq }) => seq)
    },
    isHeldUp: (lane) => db.find(`select id ${waitingIn} and tries > 0 limit 1`, lane) !== undefined,
  }
}

const bodyPlace = (row: number) => ({ table: 'callback', column: 'sealed_body', row })

function createReader(vault: Vault): (row: CallbackRow) => Callback {
  return (row) => ({
    id: row.id,
    lane: row.lane,
    chatbotId: row.chatbot_id,
    path: row.path,
    body: vault.open(bodyPlace(row.id), row.sealed_body),
    messageId: row.message_id,
    ...(row.message_seq === null ? {} : { messageSeq: row.message_seq }),
    progress: row.progress,
    tries: row.tries,
    nextAt: row.next_at,
    ...(row.nonce === null ? {} : { nonce: row.nonce }),
    ...(row.signed_at === null ? {} : { signedAt: row.signed_at }),
    createdAt: row.created_at,
  })
}

type Inserted = NewCallback & { readonly createdAt: number; readonly nextAt: number }

function insert(db: Database, vault: Vault, callback: Inserted): number {
  const id = nextId(db, 'callback')
  db.run(
    `insert into callback (id, position, lane, chatbot_id, path, sealed_body, message_id, message_seq, progress,
       next_at, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
    id,
    id,
    callback.lane,
    callback.chatbotId,
    callback.path,
    vault.seal(bodyPlace(id), callback.body),
    callback.messageId,
    callback.messageSeq ?? null,
    callback.nextAt,
    callback.createdAt,
  )
  return id
}
