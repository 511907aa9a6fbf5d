import { Fault } from '@inthread/sdk/fault'
import { expect, it } from 'vitest'
import { explainDatabase } from './explain-database.ts'

const unreachable = (code: string): Fault =>
  new Fault('store.unreachable', { cause: Object.assign(new Error('a driver’s words'), { code }) })

it.each([
  [unreachable('ECONNREFUSED'), 'nothing listens at its host and port'],
  [unreachable('ENOTFOUND'), 'its host is not known'],
  [unreachable('ER_ACCESS_DENIED_ERROR'), 'it does not let this user in'],
  [unreachable('ER_BAD_DB_ERROR'), 'the server has no database of this name'],
  [unreachable('ESOMETHING'), 'it cannot be reached'],
  [Object.assign(new Error('file is not a database'), { errcode: 26 }), 'not a database, or is damaged'],
  [Object.assign(new Error('malformed'), { errcode: 11 }), 'not a database, or is damaged'],
])('finds words for %s', (error, detail) => {
  const trouble = explainDatabase(error)
  expect(trouble?.detail).toContain(detail)
  expect(trouble?.remedy).toMatch(/DATABASE_URL|INTHREAD_HOME/)
})

it('leaves to others what is no trouble of the database', () => {
  expect(explainDatabase(new Fault('home.not_writable'))).toBeUndefined()
  expect(explainDatabase(new Error('port in use'))).toBeUndefined()
  expect(explainDatabase(undefined)).toBeUndefined()
})
