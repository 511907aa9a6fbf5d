import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { callControl, startKit, until } from '../kit/start-kit.ts'
import { startOperator } from './start-operator.ts'

const entry = join(import.meta.dirname, '../main.ts')
const newHome = (): string => mkdtempSync(join(tmpdir(), 'operator-main-'))

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<number | null>
}

function runMain(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'] ?? '', INTHREAD_LOG: 'json', ...env },
  })
  const text = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, out: () => text.out, err: () => text.err, ended }
}

test('the process tells where it is, answers, and stops cleanly when asked to', async () => {
  const run = runMain({ INTHREAD_HOME: newHome(), INTHREAD_OPERATOR_PORT: '0' })
  const line = await until('the ready line', () => /^(\{.*\})\n/.exec(run.out())?.[1], 20_000)
  const { operator, phone } = JSON.parse(line) as { operator: string; phone: string }
  expect(await callControl(`${operator}/healthz`, 'GET')).toMatchObject({ httpStatus: 200, alive: true })
  expect(await callControl(`${operator}/readyz`, 'GET')).toMatchObject({ httpStatus: 200, ready: true, missing: [] })
  expect((await fetch(phone)).headers.get('content-type')).toContain('text/html')
  run.child.kill('SIGTERM')
  expect(await run.ended).toBe(0)
  expect(run.out().trim().split('\n')).toHaveLength(1)
})

test('a used port: one sentence, exit 3', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const run = runMain({ INTHREAD_HOME: newHome(), INTHREAD_OPERATOR_PORT: String(port) })
  expect(await run.ended).toBe(3)
  expect(run.err().trim().split('\n').at(-1)).toMatch(
    /is in use; stop what listens there or set INTHREAD_OPERATOR_PORT/,
  )
  server.close()
})

test('a data folder that is none: one sentence, exit 3', async () => {
  const home = newHome()
  writeFileSync(join(home, 'operator'), '')
  const run = runMain({ INTHREAD_HOME: home, INTHREAD_OPERATOR_PORT: '0' })
  expect(await run.ended).toBe(3)
  expect(run.err().trim()).toMatch(/^The data folder .* cannot be written; make it writable or set INTHREAD_HOME/)
})

test('a page that cannot be built: one sentence that names the remedy', async () => {
  const home = newHome()
  writeFileSync(join(home, 'cache'), '')
  await expect(startOperator({ home, port: 0 })).rejects.toThrow(/could not be built .* run pnpm install/)
})

test('a database of a later version is left alone', async () => {
  const home = newHome()
  mkdirSync(join(home, 'operator'))
  const db = new DatabaseSync(join(home, 'operator', 'operator.sqlite'))
  db.exec('pragma user_version = 99')
  db.close()
  await expect(startOperator({ home, port: 0, page: false })).rejects.toThrow(/written by a later version/)
})

test('threads, phones and the moved clock survive a restart', async () => {
  const kit = await startKit()
  await kit.control('POST', '/sandbox/clock', { advance: 'P2D' })
  await kit.control('POST', '/sandbox/phones', { phone: '+8613800000001', fiveG: false, on: true })
  await kit.control('POST', '/sandbox/sms', { to: '+8613800000002', from: '95530', text: '验证码 392817' })
  const before = await kit.threads('+8613800000002')
  await kit.restart()
  expect(await kit.threads('+8613800000002')).toEqual(before)
  expect(await kit.control('GET', '/sandbox/clock')).toMatchObject({ offsetMs: 172_800_000 })
  const { phones } = await kit.control('GET', '/sandbox/phones')
  expect(phones).toHaveLength(6)
  expect(phones).toContainEqual({ phone: '+8613800000001', fiveG: false, on: true })
  await kit.close()
})

test('the same seed gives the same ids, and a restart gives new ones', async () => {
  const ids = async (): Promise<unknown[]> => {
    const kit = await startKit({}, { seed: 'rail' })
    const sms = async (): Promise<unknown> =>
      (await kit.control('POST', '/sandbox/sms', { to: '+8613800000001', from: '1', text: 'x' }))['messageId']
    const first = await sms()
    await kit.restart({ seed: 'rail' })
    const second = await sms()
    await kit.close()
    return [first, second]
  }
  const [first, second] = await ids()
  expect(await ids()).toEqual([first, second])
  expect(first).not.toBe(second)
})
