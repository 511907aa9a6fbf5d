import type { Database } from '../database/open-database.ts'
import { nextId } from '../database/setting.store.ts'
import type { Vault } from '../database/vault.ts'

export interface Thread {
  readonly id: number
  readonly phone: string
  readonly phoneIndex: string
  readonly kind: 'chatbot' | 'sms'
  /** The chatbotId, or the number an SMS came from. */
  readonly address: string
  /** Constant for one phone and chatbot. */
  readonly conversationId: string
  readonly readSeq: number
}

export type ThreadKey = Pick<Thread, 'phone' | 'kind' | 'address'>

export interface ThreadStore {
  readonly find: (key: ThreadKey) => Thread | undefined
  readonly get: (id: number) => Thread
  /** Finds the thread or starts it with this conversation id. */
  readonly open: (key: ThreadKey, conversationId: string) => Thread
  readonly list: (phone: string) => Thread[]
  readonly markRead: (id: number, seq: number) => void
}

type ThreadRow = {
  id: number
  phone_index: string
  kind: Thread['kind']
  sealed_phone: string
  sealed_address: string
  conversation_id: string
  read_seq: number
}

export function createThreadStore(db: Database, vault: Vault): ThreadStore {
  const place = (row: number, column: string) => ({ table: 'thread', column, row })
  const read = (row: ThreadRow): Thread => ({
    id: row.id,
    phone: vault.open(place(row.id, 'sealed_phone'), row.sealed_phone),
    phoneIndex: row.phone_index,
    kind: row.kind,
    address: vault.open(place(row.id, 'sealed_address'), row.sealed_address),
    conversationId: row.conversation_id,
    readSeq: row.read_seq,
  })
  const find = ({ phone, kind, address }: ThreadKey): Thread | undefined => {
    const keys = [vault.index(phone), kind, vault.index(address)]
    const sql = 'select * from thread where phone_index = ? and kind = ? and address_index = ?'
    const row = db.find<ThreadRow>(sql, ...keys)
    return row && read(row)
  }
  const start = (key: ThreadKey, conversationId: string): Thread => {
    const id = nextId(db, 'thread')
    db.run(
      `insert into thread (id, phone_index, kind, address_index, sealed_phone, sealed_address, conversation_id)
       values (?, ?, ?, ?, ?, ?, ?)`,
      id,
      vault.index(key.phone),
      key.kind,
      vault.index(key.address),
      vault.seal(place(id, 'sealed_phone'), key.phone),
      vault.seal(place(id, 'sealed_address'), key.address),
      conversationId,
    )
    return { ...key, id, phoneIndex: vault.index(key.phone), conversationId, readSeq: 0 }
  }
  return {
    find,
    get: (id) => {
      const row = db.find<ThreadRow>('select * from thread where id = ?', id)
      if (!row) throw new Error(`thread ${id} is missing`)
      return read(row)
    },
    open: (key, conversationId) => find(key) ?? start(key, conversationId),
    list: (phone) =>
      db
        .list<ThreadRow>('select * from thread where phone_index = ? order by id limit 500', vault.index(phone))
        .map(read),
    markRead: (id, seq) => {
      db.run('update thread set read_seq = max(read_seq, ?) where id = ?', seq, id)
    },
  }
}
