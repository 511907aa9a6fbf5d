import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTrouble } from './trouble.ts'

describe('readTrouble of SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-test-'))
  const file = join(folder, 'trouble.sqlite')
  let database: DatabaseSync
  beforeAll(() => {
    database = new DatabaseSync(file, { timeout: 1 })
    database.exec('CREATE TABLE a (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT; CREATE UNIQUE INDEX b ON a (name)')
    database.exec(`INSERT INTO a VALUES ('1', 'x')`)
  })
  afterAll(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  const troubleOf = (statement: string): unknown => {
    try {
      database.exec(statement)
    } catch (error) {
      return readTrouble(error)
    }
    return undefined
  }

  it('tells a taken key from a refused statement', () => {
    expect(troubleOf(`INSERT INTO a VALUES ('1', 'y')`)).toBe('duplicate')
    expect(troubleOf(`INSERT INTO a VALUES ('2', 'x')`)).toBe('duplicate')
    expect(troubleOf(`INSERT INTO a VALUES ('3', NULL)`)).toBe('refused')
    expect(troubleOf('SELECT * FROM nowhere')).toBe('refused')
  })

  it('knows a database that somebody else is writing', () => {
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    expect(troubleOf('BEGIN IMMEDIATE')).toBe('busy')
    other.close()
    expect(troubleOf('BEGIN IMMEDIATE')).toBeUndefined()
  })
})

describe('readTrouble of MySQL', () => {
  it.each([
    [{ errno: 1213, code: 'ER_LOCK_DEADLOCK' }, 'busy'],
    [{ errno: 1205, code: 'ER_LOCK_WAIT_TIMEOUT' }, 'busy'],
    [{ errno: 1020, code: 'ER_CHECKREAD' }, 'busy'],
    [{ errno: 1062, code: 'ER_DUP_ENTRY' }, 'duplicate'],
    [{ errno: 1927, code: 'ER_CONNECTION_KILLED' }, 'lost'],
    [{ errno: 2013 }, 'lost'],
    [{ errno: -111, code: 'ECONNREFUSED' }, 'lost'],
    [{ code: 'PROTOCOL_CONNECTION_LOST', fatal: true }, 'lost'],
    [{ code: 'EHOSTUNREACH', errno: -113, fatal: true }, 'lost'],
    [{ errno: 1064, code: 'ER_PARSE_ERROR' }, 'refused'],
    [{ errno: 1366, code: 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD' }, 'refused'],
    [{ errno: 1406, code: 'ER_DATA_TOO_LONG' }, 'refused'],
  ])('takes %j for %s', (error, trouble) => {
    expect(readTrouble(Object.assign(new Error('no values here'), error))).toBe(trouble)
  })

  it.each([new Error('something of ours'), 'text', null, undefined, 7])('makes nothing of %s', (error) => {
    expect(readTrouble(error)).toBe('other')
  })
})
