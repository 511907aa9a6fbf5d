/**
 * The few words that tables are written in. Each is rendered per dialect, so that both databases agree on case,
 * trailing blanks, 64-bit integers and years after 2038.
 *
 * - `id`: a UUID of ours, or an id derived from one
 * - `ref`: a short text that is compared byte by byte (foreign ids, states, names)
 * - `text`, `json`, `sealed`: long text; `sealed` is ciphertext (see seal/)
 * - `money`: integer minor units, 64 bits. The column's name ends in `_minor`, which is how a reader knows to keep it
 *   bigint
 * - `instant`: microseconds since 1970, 64 bits
 * - `count`: any other whole number
 * - `flag`: 0 or 1
 */
export type ColumnWord = 'id' | 'ref' | 'text' | 'json' | 'sealed' | 'money' | 'instant' | 'count' | 'flag'

export interface Column {
  readonly word: ColumnWord
  readonly nullable: boolean
}

const column = (word: ColumnWord) => (): Column => ({ word, nullable: false })

export const id = column('id')
export const ref = column('ref')
export const text = column('text')
export const json = column('json')
export const sealed = column('sealed')
export const money = column('money')
export const instant = column('instant')
export const count = column('count')
export const flag = column('flag')
export const nullable = (inner: Column): Column => ({ ...inner, nullable: true })

export interface TableKeys {
  readonly primary: readonly string[]
  readonly unique?: Readonly<Record<string, readonly string[]>>
  readonly index?: Readonly<Record<string, readonly string[]>>
}

export interface TableDeclaration {
  readonly name: string
  readonly columns: Readonly<Record<string, Column>>
  readonly keys: TableKeys
}

export function table(name: string, columns: Readonly<Record<string, Column>>, keys: TableKeys): TableDeclaration {
  for (const [columnName, { word }] of Object.entries(columns)) {
    if ((word === 'money') !== columnName.endsWith('_minor')) {
      throw new TypeError(`${name}.${columnName}: money columns, and only they, end in _minor`)
    }
  }
  return { name, columns, keys }
}

/** Columns that a table gets later, each with the value that rows of before have, and indexes over them. */
export interface AddedColumns {
  readonly table: string
  readonly columns: Readonly<Record<string, AddedColumn>>
  readonly index?: Readonly<Record<string, readonly string[]>>
}

/** A whole number or a short text; null for a column that may be empty. */
export interface AddedColumn extends Column {
  readonly before: number | string | null
}

export function added(inner: Column, before: AddedColumn['before']): AddedColumn {
  return { ...inner, before }
}

export type Flavour = 'sqlite' | 'mariadb' | 'mysql'

/** The statement that adds one column, and those that add indexes, by name: for what is not there yet. */
export function renderAddedColumn(tableName: string, name: string, { column, flavour }: AddedIn): string {
  const quote = flavour === 'sqlite' ? '"' : '`'
  const type = (flavour === 'sqlite' ? sqliteTypes : mysqlTypes)[column.word]
  const before = typeof column.before === 'string' ? `'${column.before.replaceAll("'", "''")}'` : column.before
  const rule = column.nullable ? (flavour === 'sqlite' ? '' : ' NULL') : ` NOT NULL DEFAULT ${before}`
  return `ALTER TABLE ${quote}${tableName}${quote} ADD COLUMN ${quote}${name}${quote} ${type}${rule}`
}

interface AddedIn {
  readonly column: AddedColumn
  readonly flavour: Flavour
}

export function renderIndex(tableName: string, name: string, on: IndexOn): string {
  const quote = on.flavour === 'sqlite' ? '"' : '`'
  const full = on.flavour === 'sqlite' ? `${tableName}_${name}` : name
  return `CREATE INDEX ${quote}${full}${quote} ON ${quote}${tableName}${quote} (${quoteAll(on.fields, quote)})`
}

interface IndexOn {
  readonly fields: readonly string[]
  readonly flavour: Flavour
}

/** The statements that make a table and its indexes. Each can be repeated without harm. */
export function renderTable(declaration: TableDeclaration, flavour: Flavour): string[] {
  return flavour === 'sqlite' ? renderSqlite(declaration) : [renderMysql(declaration, flavour)]
}

function renderSqlite({ name, columns, keys }: TableDeclaration): string[] {
  const lines = Object.entries(columns).map(([key, { word, nullable: optional }]) => {
    return `"${key}" ${sqliteTypes[word]}${optional ? '' : ' NOT NULL'}`
  })
  lines.push(`PRIMARY KEY (${quoteAll(keys.primary, '"')})`)
  const make = (kind: string, key: string, fields: readonly string[]): string =>
    `CREATE ${kind} IF NOT EXISTS "${name}_${key}" ON "${name}" (${quoteAll(fields, '"')})`
  return [
    `CREATE TABLE IF NOT EXISTS "${name}" (${lines.join(', ')}) STRICT`,
    ...Object.entries(keys.unique ?? {}).map(([key, fields]) => make('UNIQUE INDEX', key, fields)),
    ...Object.entries(keys.index ?? {}).map(([key, fields]) => make('INDEX', key, fields)),
  ]
}

const sqliteTypes: Readonly<Record<ColumnWord, string>> = {
  id: 'TEXT',
  ref: 'TEXT',
  text: 'TEXT',
  json: 'TEXT',
  sealed: 'TEXT',
  money: 'INTEGER',
  instant: 'INTEGER',
  count: 'INTEGER',
  flag: 'INTEGER',
}

function renderMysql({ name, columns, keys }: TableDeclaration, flavour: 'mariadb' | 'mysql'): string {
  const lines = Object.entries(columns).map(([key, { word, nullable: optional }]) => {
    return `\`${key}\` ${mysqlTypes[word]}${optional ? ' NULL' : ' NOT NULL'}`
  })
  lines.push(`PRIMARY KEY (${quoteAll(keys.primary, '`')})`)
  for (const [key, fields] of Object.entries(keys.unique ?? {}))
    lines.push(`UNIQUE KEY \`${key}\` (${quoteAll(fields, '`')})`)
  for (const [key, fields] of Object.entries(keys.index ?? {})) lines.push(`KEY \`${key}\` (${quoteAll(fields, '`')})`)
  const settings = `ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE ${collations[flavour]}`
  return `CREATE TABLE IF NOT EXISTS \`${name}\` (${lines.join(', ')}) ${settings}`
}

const mysqlTypes: Readonly<Record<ColumnWord, string>> = {
  id: 'varchar(36)',
  ref: 'varchar(190)',
  text: 'mediumtext',
  json: 'mediumtext',
  sealed: 'mediumtext',
  money: 'bigint',
  instant: 'bigint',
  count: 'bigint',
  flag: 'tinyint',
}

/** Byte by byte and without padding, so that 'a', 'A' and 'a ' are three values, as they are in SQLite. */
const collations = { mariadb: 'utf8mb4_nopad_bin', mysql: 'utf8mb4_0900_bin' } as const

function quoteAll(names: readonly string[], quote: string): string {
  return names.map((name) => `${quote}${name}${quote}`).join(', ')
}
