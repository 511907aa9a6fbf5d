import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './database.store.ts'
import { commitMeta, findMeta } from './meta.store.ts'
import { findNumber, minorOf, numberOf, textOf, wordOf } from './row.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
  file = join(folder, 'books.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a transaction is all or nothing, and nothing but the database is waited for in it', () => {
  const db = openDatabase(file)
  const fail = (): void => {
    commitMeta(db, 'a', '1')
    throw new Error('stop')
  }
  expect(() => db.transaction(fail)).toThrow('stop')
  expect(findMeta(db, 'a')).toBeUndefined()
  expect(() => db.transaction(async () => commitMeta(db, 'a', '2'))).toThrow(/promise/)
  expect(findMeta(db, 'a')).toBeUndefined()
  expect(() => db.transaction(() => db.transaction(() => undefined))).toThrow(/transaction/)
  db.transaction(() => commitMeta(db, 'a', '3'))
  expect(findMeta(db, 'a')).toBe('3')
  db.close()
})

test('what was written is there after the file is opened again', () => {
  const first = openDatabase(file)
  commitMeta(first, 'a', '1')
  first.close()
  const second = openDatabase(file)
  expect(findMeta(second, 'a')).toBe('1')
  second.close()
})

test('books open elsewhere, or written by a newer bank, are refused', () => {
  const db = openDatabase(file)
  expect(() => openDatabase(file)).toThrow(/Another bank is running/)
  db.close()
  const raw = new DatabaseSync(file)
  raw.exec('pragma user_version = 99')
  raw.close()
  expect(() => openDatabase(file)).toThrow(/written by a newer bank/)
})

test('a column is read as what it is, or not at all', () => {
  const row = { text: 'a', count: 7n, big: 2n ** 60n, none: null }
  expect([textOf(row, 'text'), numberOf(row, 'count'), minorOf(row, 'big'), findNumber(row, 'none')]).toEqual([
    'a',
    7,
    2n ** 60n,
    undefined,
  ])
  expect(() => textOf(row, 'count')).toThrow(TypeError)
  expect(() => minorOf(row, 'text')).toThrow(TypeError)
  expect(() => numberOf(row, 'big')).toThrow(RangeError)
  expect(() => wordOf(row, 'text', ['b'])).toThrow(TypeError)
})
