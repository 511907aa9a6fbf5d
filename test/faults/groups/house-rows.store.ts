import { financeMigrations } from '@inthread/finance'
import { messagingMigrations } from '@inthread/messaging'
import type { Migration, Sealer, Store } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'

export type Row = Readonly<Record<string, unknown>>

type Table = Migration['tables'][number]
type AnyTables = Record<string, Record<string, unknown>>

/** Both engines' tables, whatever they are: one that is added later is looked at without a change here. */
const migrations = [...messagingMigrations, ...financeMigrations]
const additions = migrations.flatMap(({ added = [] }) => added)
const tables = migrations
  .flatMap((migration) => migration.tables)
  .map((table) => ({
    ...table,
    columns: additions
      .filter((addition) => addition.table === table.name)
      .reduce((columns, addition) => ({ ...columns, ...addition.columns }), table.columns),
  }))

/** Every row of every table of messaging and finance, by table; what is sealed is opened. */
export function readHouse(store: Store, sealer: Sealer): Promise<ReadonlyMap<string, readonly Row[]>> {
  return store.read('test.house', async (reader) => {
    const house = new Map<string, readonly Row[]>()
    for (const table of tables) {
      const rows = await sqlOf<AnyTables>(reader).selectFrom(table.name).selectAll().execute()
      house.set(
        table.name,
        rows.map((row) => openRow(table, row, sealer)),
      )
    }
    return house
  })
}

/** Under which name a row is sealed, where that is not its id. */
const sealedUnder: Readonly<Record<string, readonly string[]>> = {
  journal: ['run_id', 'seq'],
  bank_link: ['bank_id', 'subscriber_id'],
  quote: ['bank_id', 'id'],
  personal_document: ['collection_id', 'owner', 'key'],
}

function openRow({ name, columns }: Table, row: Row, sealer: Sealer): Row {
  const under = (sealedUnder[name] ?? ['id']).map((column) => String(row[column])).join('/')
  const place = { tenant: String(row['tenant_id']), table: name, row: under }
  const open = (column: string, value: unknown): unknown => {
    if (columns[column]?.word !== 'sealed' || typeof value !== 'string') return value
    // A key of its own is opened together with what it locks.
    if (column.endsWith('_key')) return 'a key'
    const key = row[`${column}_key`]
    const own = { ...place, column }
    const words = typeof key === 'string' ? sealer.openWithOwnKey(own, value, key) : sealer.open(own, value)
    return words.startsWith('{') ? (JSON.parse(words) as unknown) : words
  }
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, open(column, value)]))
}

/** The number that each subscriber writes from. */
export async function readNumbers(store: Store, sealer: Sealer): Promise<ReadonlyMap<unknown, string>> {
  const rows = await store.read('test.numbers', (reader) =>
    sqlOf<{ binding: Record<'tenant_id' | 'id' | 'subscriber_id' | 'number', string> }>(reader)
      .selectFrom('binding')
      .selectAll()
      .execute(),
  )
  return new Map(
    rows.map(({ tenant_id: tenant, id: row, subscriber_id: subscriber, number }) => [
      subscriber,
      sealer.open({ tenant, table: 'binding', column: 'number', row }, number),
    ]),
  )
}

/** What somebody still has to do something about. */
const undone = [
  { table: 'inbox', column: 'state', value: 'new' },
  { table: 'outbox', column: 'state', value: 'queued' },
  { table: 'effect', column: 'state', value: 'new' },
  { table: 'publication', column: 'state', value: 'new' },
  { table: 'bank_order', column: 'state', value: 'processing' },
  { table: 'delivery', column: 'applied', value: 0 },
]

export function isAtRest(store: Store): Promise<boolean> {
  return store.read('test.rest', async (reader) => {
    const db = sqlOf<AnyTables>(reader)
    for (const { table, column, value } of undone) {
      const query = db.selectFrom(table).select(column).where(column, '=', value).limit(1)
      if (await query.executeTakeFirst()) return false
    }
    const notices = await db.selectFrom('notice').select(['order_id', 'state']).execute()
    const decided = ['succeeded', 'failed']
    const orders = await db.selectFrom('bank_order').select(['id', 'state']).where('state', 'in', decided).execute()
    // The bank's word about an order comes twice: as an answer, and as a notice that may still be on its way.
    return orders.every(({ id, state }) => notices.some((each) => each['order_id'] === id && each['state'] === state))
  })
}
