import { createHash } from 'node:crypto'
import type { Reader, Store } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { Named } from './tenant-rows.store.ts'

type Row = Readonly<Record<string, unknown>>

/** Whatever the platform keeps of those who work at a place: people have no tenant of their own. */
async function readPeople(reader: Reader, place: string): Promise<Readonly<Record<string, readonly Row[]>>> {
  const select = (table: string, column: string, values: readonly string[]): Promise<Row[]> =>
    sqlOf<Record<string, Row>>(reader).selectFrom(table).selectAll().where(column, 'in', values).execute()
  const members = await select('auth_member', 'organizationId', [place])
  const people = members.map((row) => String(row['userId']))
  const ofPeople = ['auth_session', 'auth_account', 'auth_two_factor']
  const rows = await Promise.all(ofPeople.map(async (table) => [table, await select(table, 'userId', people)] as const))
  return {
    auth_member: members,
    auth_user: await select('auth_user', 'id', people),
    auth_invitation: await select('auth_invitation', 'organizationId', [place]),
    ...Object.fromEntries(rows),
  }
}

export function digestPeople(store: Store, place: string): Promise<Readonly<Record<string, string>>> {
  return store.read('test.digest-people', async (reader) => {
    const tables = Object.entries(await readPeople(reader, place))
    return Object.fromEntries(tables.map(([table, rows]) => [table, `${rows.length} ${digestOf(rows)}`]))
  })
}

function digestOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => JSON.stringify(row)).toSorted()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/** What people, sessions and links of a place are called: one of each kind. */
export function listPeopleNames(store: Store, place: string): Promise<readonly Named[]> {
  return store.read('test.people-names', async (reader) => {
    const tables = Object.entries(await readPeople(reader, place))
    return tables.flatMap(([table, [row]]) =>
      Object.entries(row ?? {}).flatMap(([column, value]) =>
        naming.has(column) && typeof value === 'string' && value !== place
          ? [{ what: `${table}.${column}`, name: value }]
          : [],
      ),
    )
  })
}

/** What is no name of theirs tells nobody anything: roles, states, moments. What lets somebody in is no name either. */
const naming: ReadonlySet<string> = new Set(['id', 'userId', 'accountId', 'email'])
