import { createServer, type Server } from 'node:http'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startBank } from '../index.ts'
import { readyLine, spawnNode, type Spawned } from '../kit/spawned.ts'

let home: string
const running: Spawned[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bank-'))
})
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  rmSync(home, { recursive: true, force: true })
})

function launch(env: Record<string, string> = {}): Spawned {
  const spawned = spawnNode('main.ts', { env: { INTHREAD_HOME: home, INTHREAD_BANK_PORT: '0', ...env } })
  running.push(spawned)
  return spawned
}

async function failure(env: Record<string, string>): Promise<{ code: number | null; err: string }> {
  const spawned = launch(env)
  const code = await spawned.ended
  return { code, err: spawned.err() }
}

describe('the process', () => {
  test('says in one line that it is ready, is healthy, and ends cleanly', async () => {
    const spawned = launch({ INTHREAD_LOG: 'json' })
    const { url } = await readyLine(spawned)
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
    await fetch(`${url}/v1/capabilities`)
    spawned.child.kill('SIGTERM')
    expect(await spawned.ended).toBe(0)
    expect(spawned.out().trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(spawned.err().trim().split('\n')[0] ?? '')).toMatchObject({
      source: 'bank',
      status: 401,
      route: '/v1/capabilities',
    })
    expect(existsSync(join(home, 'bank', 'bank.db-wal'))).toBe(false)
  })

  test('has no controls when it is not a sandbox', async () => {
    const { url } = await readyLine(launch({ INTHREAD_SANDBOX: 'operator' }))
    expect((await fetch(`${url}/sandbox/ledger`)).status).toBe(404)
    expect((await fetch(`${url}/v1/simulations/clock`, { method: 'POST', body: '{"advance":1}' })).status).toBe(401)
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object }
    expect(Object.keys(paths)).not.toContain('/v1/simulations/clock')
  })

  test('names the remedy when its port is taken', async () => {
    const server = await occupyPort()
    const { port } = server.address() as { port: number }
    const { code, err } = await failure({ INTHREAD_BANK_PORT: String(port) })
    expect(code).toBe(3)
    expect(err).toBe(
      `Port ${port} on 127.0.0.1 is already in use: stop that program, or set INTHREAD_BANK_PORT to a free port.\n`,
    )
    server.close()
  })

  test('names the remedy when its folder cannot be written', async () => {
    writeFileSync(join(home, 'bank'), 'in the way')
    const { code, err } = await failure({})
    expect(code).toBe(3)
    expect(err).toMatch(
      /^The bank cannot write its folder .*: make it writable, or set INTHREAD_HOME to a folder that is\.\n$/,
    )
  })

  test('names the remedy when another bank has the books open', async () => {
    await readyLine(launch())
    const { code, err } = await failure({})
    expect(code).toBe(3)
    expect(err).toMatch(/^Another bank is running on .*: stop it, or set INTHREAD_HOME to another folder\.\n$/)
  })

  test('names the variable that is wrong', async () => {
    const { code, err } = await failure({ INTHREAD_BANK_PORT: 'seven' })
    expect([code, err]).toEqual([
      3,
      'INTHREAD_BANK_PORT must be a port number from 0 to 65535: correct it or leave it out.\n',
    ])
  })
})

describe('the key of the books', () => {
  const open = async (seed?: string): Promise<void> =>
    (await startBank({ home, ...(seed === undefined ? {} : { seed }) })).close()

  test('is made once, kept, and its mode put right', async () => {
    await open()
    const file = join(home, 'bank', 'key')
    const key = readFileSync(file, 'utf8')
    chmodSync(file, 0o644)
    await open()
    expect(readFileSync(file, 'utf8')).toBe(key)
  })

  test('comes from the seed, where there is one, and another seed is refused', async () => {
    await open('one')
    const file = join(home, 'bank', 'key')
    const key = readFileSync(file, 'utf8')
    rmSync(join(home, 'bank'), { recursive: true })
    await open('one')
    expect(readFileSync(file, 'utf8')).toBe(key)
    await expect(open('two')).rejects.toThrow(/was made without this INTHREAD_SEED: leave the seed out/)
  })

  test('that is lost is not made anew for books that need it', async () => {
    await open()
    rmSync(join(home, 'bank', 'key'))
    await expect(open()).rejects.toThrow(/The key of the bank's books is gone/)
    writeFileSync(join(home, 'bank', 'key'), 'nonsense')
    await expect(open()).rejects.toThrow(/is not a key of the bank/)
  })
})

function occupyPort(): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
