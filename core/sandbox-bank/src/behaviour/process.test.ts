import { createServer, type Server } from 'node:http'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startBank, type BankOptions, type RunningBank } from '../index.ts'
import { readyLine, spawnNode, type Spawned } from '../kit/spawned.ts'

let home: string
const children: Spawned[] = []
const banks: RunningBank[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bank-'))
})
afterEach(async () => {
  for (const { child, ended } of children.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  for (const bank of banks.splice(0)) await bank.close()
  rmSync(home, { recursive: true, force: true })
})

function launch(env: Record<string, string> = {}): Spawned {
  const spawned = spawnNode('main.ts', { env: { INTHREAD_HOME: home, INTHREAD_BANK_PORT: '0', ...env } })
  children.push(spawned)
  return spawned
}

async function open(options: Partial<BankOptions> = {}): Promise<RunningBank> {
  const bank = await startBank({ home, ...options })
  banks.push(bank)
  return bank
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
    const [line = ''] = spawned.err().trim().split('\n')
    expect(JSON.parse(line)).toMatchObject({ source: 'bank', status: 401, route: '/v1/capabilities' })
    expect(existsSync(join(home, 'bank', 'bank.db-wal'))).toBe(false)
  })

  test('ends with code 3 and one sentence that names the remedy when its port is taken', async () => {
    const server = await occupyPort()
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const spawned = launch({ INTHREAD_BANK_PORT: String(port) })
    expect(await spawned.ended).toBe(3)
    const remedy = 'stop that program, or set INTHREAD_BANK_PORT to a free port'
    expect(spawned.err()).toBe(`Port ${port} on 127.0.0.1 is already in use: ${remedy}.\n`)
    expect(spawned.out()).toBe('')
    server.close()
  })
})

describe('starting', () => {
  test('names the remedy when the folder cannot be written', async () => {
    writeFileSync(join(home, 'bank'), 'in the way')
    await expect(open()).rejects.toThrow(/^The bank cannot write its folder .*: make it writable, or set INTHREAD_HOME/)
  })

  test('names the remedy when another bank has the books open', async () => {
    await open()
    await expect(open()).rejects.toThrow(/^Another bank is running on .*: stop it, or set INTHREAD_HOME/)
  })

  test('names the remedy when the address is not of this machine', async () => {
    await expect(open({ host: '203.0.113.7' })).rejects.toThrow(/^203\.0\.113\.7 is not an address of this machine/)
  })

  test('without the sandbox leaves its controls out', async () => {
    const { url } = await open({ sandbox: false })
    expect((await fetch(`${url}/sandbox/ledger`)).status).toBe(404)
    const clock = await fetch(`${url}/v1/simulations/clock`, { method: 'POST', body: '{"advance":1}' })
    expect(clock.status).toBe(401)
    expect(await (await fetch(`${url}/openapi.json`)).text()).not.toContain('simulations')
  })
})

describe('the key of the books', () => {
  const turn = async (seed?: string): Promise<void> => {
    const bank = await startBank({ home, ...(seed === undefined ? {} : { seed }) })
    await bank.close()
  }

  test('is made once, kept, and its mode put right', async () => {
    await turn()
    const file = join(home, 'bank', 'key')
    const key = readFileSync(file, 'utf8')
    chmodSync(file, 0o644)
    await turn()
    expect(readFileSync(file, 'utf8')).toBe(key)
    expect(statModeOf(file)).toBe(0o600)
  })

  test('comes from the seed, where there is one, and another seed is refused', async () => {
    await turn('one')
    const file = join(home, 'bank', 'key')
    const key = readFileSync(file, 'utf8')
    rmSync(join(home, 'bank'), { recursive: true })
    await turn('one')
    expect(readFileSync(file, 'utf8')).toBe(key)
    await expect(turn('two')).rejects.toThrow(/was made without this INTHREAD_SEED: leave the seed out/)
  })

  test('that is lost is not made anew for books that need it', async () => {
    await turn()
    rmSync(join(home, 'bank', 'key'))
    await expect(turn()).rejects.toThrow(/The key of the bank's books is gone/)
    writeFileSync(join(home, 'bank', 'key'), 'nonsense')
    await expect(turn()).rejects.toThrow(/is not a key of the bank/)
  })
})

function statModeOf(file: string): number {
  return statSync(file).mode & 0o777
}

function occupyPort(): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
