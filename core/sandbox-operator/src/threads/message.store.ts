import type { Database } from '../database/open-database.ts'
import { nextSeq } from '../database/setting.store.ts'
import type { Vault } from '../database/vault.ts'

/** One member of a message list, decoded: text stays a string, JSON types are objects. */
export interface Part {
  readonly contentType: string
  readonly content: unknown
}

export interface StoredMessage {
  readonly seq: number
  readonly threadId: number
  /** The chatbotId for messages of a chatbot thread, `sms` for short messages: message ids are unique within. */
  readonly owner: string
  readonly messageId: string
  /** As the phone's user sees it: `in` arrived, `out` was sent. */
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly contributionId: string
  readonly trafficType: string
  readonly parts: readonly Part[]
  /** The delivery states the sender asked to be told. */
  readonly report: readonly string[]
  readonly answersId?: string
  readonly answersIndex?: number
  readonly displayDueAt?: number
  readonly revoked: boolean
}

export type NewMessage = Omit<StoredMessage, 'seq' | 'revoked'>

export interface MessageStore {
  readonly add: (message: NewMessage) => StoredMessage
  readonly get: (seq: number) => StoredMessage
  readonly find: (owner: string, direction: 'in' | 'out', messageId: string) => StoredMessage | undefined
  /** The newest `limit` messages of a thread, oldest first. */
  readonly list: (threadId: number, limit: number) => StoredMessage[]
  readonly listToDisplay: () => { seq: number; displayDueAt: number }[]
  readonly clearDisplayDue: (seq: number) => void
  readonly markRevoked: (seq: number) => void
}

type MessageRow = {
  seq: number
  thread_id: number
  owner: string
  message_id: string
  direction: 'in' | 'out'
  at: number
  contribution_id: string
  traffic_type: string
  sealed_body: string
  report: string
  answers_id: string | null
  answers_index: number | null
  display_due_at: number | null
  revoked: number
}

export function createMessageStore(db: Database, vault: Vault): MessageStore {
  const read = createReader(vault)
  return {
    add: (message) => {
      const seq = nextSeq(db)
      insert(db, vault, { ...message, seq, revoked: false })
      return { ...message, seq, revoked: false }
    },
    get: (seq) => {
      const row = db.find<MessageRow>('select * from message where seq = ?', seq)
      if (!row) throw new Error(`message ${seq} is missing`)
      return read(row)
    },
    find: (owner, direction, messageId) => {
      const sql = 'select * from message where owner = ? and direction = ? and message_id = ?'
      const row = db.find<MessageRow>(sql, owner, direction, messageId)
      return row && read(row)
    },
    list: (threadId, limit) =>
      db
        .list<MessageRow>('select * from message where thread_id = ? order by seq desc limit ?', threadId, limit)
        .reverse()
        .map(read),
    listToDisplay: () =>
      db.list<{ seq: number; displayDueAt: number }>(
        'select seq, display_due_at as displayDueAt from message where display_due_at is not null order by seq',
      ),
    clearDisplayDue: (seq) => {
      db.run('update message set display_due_at = null where seq = ?', seq)
    },
    markRevoked: (seq) => {
      db.run('update message set revoked = 1, display_due_at = null where seq = ?', seq)
    },
  }
}

const bodyPlace = (row: number) => ({ table: 'message', column: 'sealed_body', row })

function createReader(vault: Vault): (row: MessageRow) => StoredMessage {
  return (row) => ({
    seq: row.seq,
    threadId: row.thread_id,
    owner: row.owner,
    messageId: row.message_id,
    direction: row.direction,
    at: row.at,
    contributionId: row.contribution_id,
    trafficType: row.traffic_type,
    parts: JSON.parse(vault.open(bodyPlace(row.seq), row.sealed_body)) as Part[],
    report: JSON.parse(row.report) as string[],
    ...(row.answers_id === null ? {} : { answersId: row.answers_id }),
    ...(row.answers_index === null ? {} : { answersIndex: row.answers_index }),
    ...(row.display_due_at === null ? {} : { displayDueAt: row.display_due_at }),
    revoked: row.revoked === 1,
  })
}

function insert(db: Database, vault: Vault, message: StoredMessage): void {
  db.run(
    `insert into message (seq, thread_id, owner, message_id, direction, at, contribution_id, traffic_type,
       sealed_body, report, answers_id, answers_index, display_due_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.seq,
    message.threadId,
    message.owner,
    message.messageId,
    message.direction,
    message.at,
    message.contributionId,
    message.trafficType,
    vault.seal(bodyPlace(message.seq), JSON.stringify(message.parts)),
    JSON.stringify(message.report),
    message.answersId ?? null,
    message.answersIndex ?? null,
    message.displayDueAt ?? null,
  )
}
