import { createHash, randomUUID } from 'node:crypto'
import { migrations } from '@inthread/runtime'
import type { Reader, Store } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'

type Row = Readonly<Record<string, unknown>>
type Column = (typeof migrations)[number]['tables'][number]['columns'][string]

interface TenantTable {
  readonly name: string
  readonly columns: ReadonlyMap<string, Column>
  /** Columns that a row is found by, alone or with others. */
  readonly keys: readonly string[]
}

/** Every table that holds rows of tenants, as the migrations make it: a new one is among them by itself. */
function listTenantTables(): readonly TenantTable[] {
  const later = migrations.flatMap(({ added = [] }) => added)
  const made = migrations
    .flatMap(({ tables }) => tables)
    .map(({ name, columns, keys: { primary, unique = {} } }) => {
      const more = later.filter(({ table }) => table === name).flatMap((each) => Object.entries(each.columns))
      const keys = [...primary, ...Object.values(unique).flat()]
      return { name, columns: new Map([...Object.entries(columns), ...more]), keys }
    })
  return made.filter(({ columns }) => columns.has('tenant_id'))
}

/** In the year 2255: what has ended is cleared away. */
const farAway = 9_000_000_000_000_000
/** A record can never be taken back, and what is made up would break its chain: the house has written some itself. */
export function isAudit(table: string): boolean {
  return /^audit(_|$)/.test(table)
}

const numbers: ReadonlySet<string> = new Set(['instant', 'count'])

export interface FilledRow {
  readonly table: string
  readonly row: Row
}

/** One row in every such table, of states that nobody works on: what is in it is nobody else's. */
export function fillTenant(store: Store, tenant: string): Promise<readonly FilledRow[]> {
  return store.write('test.fill', async (tx) => {
    const filled: FilledRow[] = []
    for (const { name, columns } of listTenantTables().filter((each) => !isAudit(each.name))) {
      const values = [...columns].map(([column, { word }]) => [column, valueFor(`${tenant}/${name}/${column}`, word)])
      const row: Row = { ...Object.fromEntries(values), tenant_id: tenant }
      await insertNew(tx, name, { rows: [row], key: 'tenant_id' })
      filled.push({ table: name, row })
    }
    return filled
  })
}

/** Takes back what was made up: no procedure can make sense of it. */
export function clearFilled(store: Store, filled: readonly FilledRow[]): Promise<void> {
  return store.write('test.clear', async (tx) => {
    for (const { table, row } of filled) {
      const named = Object.entries(row).filter(([, value]) => typeof value === 'string')
      let query = sqlOf<Record<string, Row>>(tx).deleteFrom(table)
      for (const [column, value] of named) query = query.where(column, '=', value)
      await query.execute()
    }
  })
}

function valueFor(place: string, word: Column['word']): unknown {
  if (word === 'id') return randomUUID()
  if (word === 'json') return '{}'
  if (word === 'money') return 1n
  if (word === 'flag') return 0
  if (numbers.has(word)) return place.endsWith('/expires_at') ? farAway : 1
  return place
}

const selectOf = (reader: Reader, table: string, tenant: string): Promise<Row[]> =>
  sqlOf<Record<string, Row>>(reader).selectFrom(table).selectAll().where('tenant_id', '=', tenant).execute()

/** Of everything that is a tenant's, table by table. */
export function digestTenant(store: Store, tenant: string): Promise<Readonly<Record<string, string>>> {
  return store.read('test.digest', async (reader) => {
    const digests: Record<string, string> = {}
    for (const { name } of listTenantTables()) {
      const rows = (await selectOf(reader, name, tenant)).map(writeRow).toSorted()
      digests[name] = `${rows.length} ${createHash('sha256').update(rows.join('\n')).digest('hex')}`
    }
    return digests
  })
}

function writeRow(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

export interface Named {
  /** `<table>.<column>`. */
  readonly what: string
  readonly name: string
}

/** What things of a tenant are called that nothing of anybody else's is: of every kind of name one. */
export async function listOwnNames(store: Store, tenant: string, others: readonly string[]): Promise<readonly Named[]> {
  const foreign = new Set<string>()
  for (const each of others) for (const { name } of await readNames(store, each)) foreign.add(name)
  const own = (await readNames(store, tenant)).filter(({ name }) => isTelling(name) && !foreign.has(name))
  // A `conversation_id` is a conversation's wherever it stands; an `id` is its own table's.
  const kinds = new Map(
    own.map((each) => [each.what.endsWith('.id') ? each.what : each.what.replace(/.+\./, ''), each]),
  )
  return [...new Map([...kinds.values()].map((each) => [each.name, each])).values()]
}

/** A state or a currency is everybody's word. */
function isTelling(name: string): boolean {
  return name.length > 5 && /[0-9/-]/.test(name)
}

function readNames(store: Store, tenant: string): Promise<readonly Named[]> {
  return store.read('test.names', async (reader) => {
    const found: Named[] = []
    for (const { name: table, columns, keys } of listTenantTables()) {
      const rows = await selectOf(reader, table, tenant)
      for (const [column, { word }] of columns)
        if (word === 'id' || keys.includes(column))
          for (const row of rows)
            if (typeof row[column] === 'string') found.push({ what: `${table}.${column}`, name: row[column] })
    }
    return found
  })
}
