import { expect, test } from 'vitest'
import { readEnvironment } from './read-environment.ts'

test('defaults', () => {
  expect(readEnvironment({}, false)).toEqual({
    home: './.inthread',
    host: '127.0.0.1',
    port: 7072,
    locale: 'zh-CN',
    log: 'json',
  })
  expect(readEnvironment({}, true).log).toBe('pretty')
})

test('the operator stands two above the platform unless told otherwise', () => {
  expect(readEnvironment({ INTHREAD_PORT: '8000' }, false).port).toBe(8002)
  expect(readEnvironment({ INTHREAD_PORT: '8000', INTHREAD_OPERATOR_PORT: '9' }, false).port).toBe(9)
})

test('a language tag counts by its first part', () => {
  expect(readEnvironment({ INTHREAD_LOCALE: 'en-GB', INTHREAD_SEED: 's' }, false)).toMatchObject({
    locale: 'en',
    seed: 's',
  })
})

test.each([
  [{ INTHREAD_PORT: 'seven' }, /INTHREAD_PORT is not a port number/],
  [{ INTHREAD_OPERATOR_PORT: '70000' }, /INTHREAD_OPERATOR_PORT/],
  [{ INTHREAD_LOCALE: 'fr' }, /INTHREAD_LOCALE has an unknown value; set it to one of zh-CN, en/],
  [{ INTHREAD_LOG: 'loud' }, /INTHREAD_LOG/],
])('%j is refused with the remedy', (env, message) => {
  expect(() => readEnvironment(env, false)).toThrow(message)
})
