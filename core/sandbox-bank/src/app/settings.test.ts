import { expect, test } from 'vitest'
import { buildLog } from './log.ts'
import { buildSettings } from './settings.ts'

test('without a word from the environment the defaults hold', () => {
  expect(buildSettings({}, true)).toEqual({
    ...{ host: '127.0.0.1', port: 7071, home: './.inthread', sandbox: true, logFormat: 'pretty' },
    ...{ platformUrl: 'http://127.0.0.1:7070', operatorUrl: 'http://127.0.0.1:7072' },
  })
  expect(buildSettings({}, false).logFormat).toBe('json')
})

test('neighbouring ports follow the first, and single ones may be set', () => {
  expect(buildSettings({ INTHREAD_PORT: '8000' }, true)).toMatchObject({
    port: 8001,
    operatorUrl: 'http://127.0.0.1:8002',
  })
  const set = {
    INTHREAD_PORT: '8000',
    INTHREAD_BANK_PORT: '1',
    INTHREAD_OPERATOR_PORT: '2',
    INTHREAD_PUBLIC_URL: 'https://chat.example/',
  }
  expect(buildSettings(set, true)).toMatchObject({
    port: 1,
    operatorUrl: 'http://127.0.0.1:2',
    platformUrl: 'https://chat.example',
  })
})

test.each([
  ['on', true],
  ['bank', true],
  ['operator', false],
  ['off', false],
  ['', true],
])('INTHREAD_SANDBOX=%s: controls %s', (word, sandbox) => {
  expect(buildSettings({ INTHREAD_SANDBOX: word }, true).sandbox).toBe(sandbox)
})

test.each([
  [{ INTHREAD_PORT: '70000' }, /^INTHREAD_PORT must be a port number/],
  [{ INTHREAD_OPERATOR_PORT: '-1' }, /^INTHREAD_OPERATOR_PORT must be a port number/],
  [{ INTHREAD_PUBLIC_URL: 'chat.example' }, /^INTHREAD_PUBLIC_URL must be an http or https address/],
  [{ INTHREAD_SANDBOX: 'yes' }, /^INTHREAD_SANDBOX must be one of on, bank, off, operator/],
  [{ INTHREAD_LOG: 'xml' }, /^INTHREAD_LOG must be one of pretty, json/],
])('%j is refused by name', (environment, message) => {
  expect(() => buildSettings(environment, true)).toThrow(message)
})

test('a log line is one line, in either form', () => {
  const lines: string[] = []
  const options = { now: () => Date.UTC(2026, 2, 5), write: (line: string) => lines.push(line) }
  buildLog({ ...options, format: 'json' })('warn', 'answered', { status: 500 })
  buildLog({ ...options, format: 'pretty' })('warn', 'answered', { status: 500 })
  expect(lines).toEqual([
    '{"at":"2026-03-05T00:00:00.000Z","level":"warn","source":"bank","message":"answered","status":500}\n',
    '00:00:00.000 bank WARN answered status=500\n',
  ])
})
