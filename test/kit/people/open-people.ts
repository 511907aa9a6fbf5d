import { join } from 'node:path'
import { readSettings, startHouse } from '@inthread/runtime'
import { sql, sqlOf } from '@inthread/store/sql'
import type { TestDatabase } from '../databases.ts'
import { findFreePorts } from '../ports.ts'
import { openSandbox, type Sandbox } from '../sandbox.ts'
import { openRanges, type Ranges } from './open-ranges.ts'
import { Person } from './person.ts'
import { inviteTo, passwordOf, settle, type PersonRole } from './settle.ts'
import { showCode } from './show-code.ts'

type Statement = ReturnType<typeof sql>

/** A platform that people sign in to, and a second process beside it. */
export interface People {
  readonly sandbox: Sandbox
  readonly ranges: Ranges
  /** Where the second process listens. */
  readonly secondUrl: string
  someone(): Person
  run(statement: Statement): Promise<void>
  look(statement: Statement): Promise<readonly unknown[]>
  /** The secret of a link. */
  invite(place: string, email: string, role: PersonRole): Promise<string>
  /** Somebody who has accepted an invitation, signed in. */
  welcome(place: string, email: string, role: PersonRole): Promise<Person>
  /** What an app makes codes of, and backup codes; the factor is in force. */
  setUpFactor(person: Person, email: string): Promise<{ readonly uri: string; readonly backupCodes: readonly string[] }>
  close(): Promise<void>
}

export async function openPeople(database: TestDatabase): Promise<People> {
  const ranges = await openRanges()
  const environment = { INTHREAD_BREACHED_PASSWORDS_URL: `${ranges.url}/range` }
  const sandbox = await openSandbox({ database, environment })
  const { url } = sandbox.house
  const { store } = sandbox.house
  const [port = 0] = await findFreePorts(1)
  // On the same database and with the same keys; what it calls itself is the first one's address.
  const settings = readSettings(
    {
      ...environment,
      INTHREAD_HOME: join(database.folder, 'home'),
      INTHREAD_PORT: String(port),
      INTHREAD_PUBLIC_URL: url,
      INTHREAD_TRUSTED_PROXIES: '127.0.0.1',
      ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
    },
    false,
  )
  const second = await startHouse(settings, { writeLog: () => undefined })
  return {
    sandbox,
    ranges,
    secondUrl: `http://127.0.0.1:${port}`,
    someone: () => new Person(url),
    run: async (statement) => {
      await store.write('test', (tx) => statement.execute(sqlOf(tx)))
    },
    look: async (statement) => (await store.read('test', (reader) => statement.execute(sqlOf(reader)))).rows,
    invite: (place, email, role) => inviteTo(sandbox.api, { place, email, role }),
    welcome: (place, email, role) => settle(url, sandbox.api, { place, email, role }),
    setUpFactor: async (person, email) => {
      const { body } = await person.act('factor-start', { password: passwordOf(email) })
      const made = body as { readonly uri: string; readonly backupCodes: readonly string[] }
      const { status } = await person.act('factor-confirm', { code: showCode(made.uri) })
      if (status !== 200) throw new Error(`the first code was refused: ${status}`)
      return made
    },
    close: async () => {
      await second.stop()
      await sandbox.stop()
      await ranges.close()
    },
  }
}

export { passwordOf }

/** A moment as the tables of people have it. */
export function isoAgo(ms: number): string {
  return new Date(Date.now() - ms).toISOString()
}
