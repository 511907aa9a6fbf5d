import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { runInthread } from '../kit/outside/command.ts'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { applyTenant } from '../kit/definition.ts'
import { findFreePorts } from '../kit/ports.ts'
import { describeWithMysql } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

interface Finding {
  readonly check: string
  readonly state: 'fine' | 'wrong' | 'unknown'
  readonly detail: string
  readonly remedy?: string
}

type Environment = Readonly<Record<string, string>>

async function examine(environment: Environment): Promise<{ code: number | null; findings: readonly Finding[] }> {
  const { code, output, errors } = await runInthread(['doctor', '--json'], { environment })
  expect(errors).toBe('')
  return { code, findings: (JSON.parse(output) as { findings: Finding[] }).findings }
}

const wrongOf = (findings: readonly Finding[]): Finding[] => findings.filter(({ state }) => state === 'wrong')

let database: TestDatabase
beforeAll(async () => {
  database = await createSqliteDatabase()
})
afterAll(() => database.drop())

/** An environment in which nothing has ever run. */
async function openGround(name: string): Promise<Environment & { INTHREAD_PORT: string }> {
  const [port = 0] = await findFreePorts(1)
  return { INTHREAD_HOME: join(database.folder, name), INTHREAD_PORT: String(port) }
}

describe('the doctor, before anything runs', () => {
  it('finds nothing wrong with a new folder', async () => {
    const { code, findings } = await examine(await openGround('new'))
    expect([code, wrongOf(findings)]).toEqual([0, []])
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['Node', 'data folder', 'database']))
  })

  it('names a port that something else has taken', async () => {
    const server = createServer((_request, answer) => answer.writeHead(404).end()).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((listening) => server.once('listening', listening))
    const { port } = server.address() as AddressInfo
    const { code, findings } = await examine({ ...(await openGround('taken')), INTHREAD_PORT: String(port) })
    expect([code, wrongOf(findings)]).toEqual([
      1,
      [
        {
          check: 'platform port',
          state: 'wrong',
          detail: `${port} is taken by something else`,
          remedy: 'Stop it, or choose another port with INTHREAD_PORT.',
        },
      ],
    ])
  })

  it('names a data folder that cannot be written, and what was left out for it', async () => {
    writeFileSync(join(database.folder, 'file'), '')
    const { code, findings } = await examine(await openGround('file/sub'))
    expect(code).toBe(1)
    expect(wrongOf(findings)).toEqual([
      expect.objectContaining({ check: 'data folder', remedy: expect.stringContaining('INTHREAD_HOME') }),
    ])
    expect(findings.at(-1)).toMatchObject({ check: 'database', state: 'unknown' })
  })

  it('names every variable that cannot be used', async () => {
    const { code, findings } = await examine({
      INTHREAD_PORT: 'many',
      INTHREAD_SANDBOX: 'maybe',
      DATABASE_URL: 'postgres://x',
    })
    expect(code).toBe(1)
    const [{ detail } = { detail: '' }] = wrongOf(findings)
    for (const part of [
      'INTHREAD_PORT: must be a port',
      'INTHREAD_SANDBOX: must be on, off',
      'DATABASE_URL: must look like',
    ])
      expect(detail).toContain(part)
  })

  it('tells a database that is not there from one that is no database', async () => {
    const [port = 0] = await findFreePorts(1)
    const ground = await openGround('garbage')
    const gone = await examine({ ...ground, DATABASE_URL: `mysql://root@127.0.0.1:${port}/inthread` })
    expect([gone.code, wrongOf(gone.findings)]).toEqual([
      1,
      [expect.objectContaining({ check: 'database', detail: 'nothing listens at its host and port' })],
    ])
    writeFileSync(join(database.folder, 'garbage/inthread.db'), 'this is no database, and never was one')
    const broken = await examine(ground)
    expect(wrongOf(broken.findings)).toEqual([
      expect.objectContaining({ check: 'database', remedy: expect.stringContaining('Put a backup in its place') }),
    ])
  })
})

describeWithMysql('the doctor on a server', ({ url }) => {
  it('tells an unknown database from an unknown user', async () => {
    const ground = await openGround('server')
    const at = (change: (wanted: URL) => void): string => {
      const wanted = new URL(url)
      change(wanted)
      return wanted.href
    }
    const name = at((wanted) => (wanted.pathname = '/inthread_nobody_made'))
    const user = at((wanted) => Object.assign(wanted, { pathname: '/inthread', username: 'nobody', password: 'x' }))
    const noName = await examine({ ...ground, DATABASE_URL: name })
    const noUser = await examine({ ...ground, DATABASE_URL: user })
    expect(wrongOf(noName.findings)).toMatchObject([{ detail: 'the server has no database of this name' }])
    expect(wrongOf(noUser.findings)).toMatchObject([{ detail: 'it does not let this user in' }])
  })
})

describe('the doctor beside a running sandbox', () => {
  let sandbox: Sandbox
  let environment: Environment
  beforeAll(async () => {
    sandbox = await openSandbox({ database })
    environment = { ...sandbox.street.environment, INTHREAD_HOME: join(database.folder, 'home') }
  })
  afterAll(() => sandbox.stop())

  it('finds everything fine, and says so in words', async () => {
    const { code, output } = await runInthread(['doctor'], { environment })
    expect(code).toBe(0)
    expect(output).not.toMatch(/WRONG|\?/)
    expect(output).toMatch(/^ok {5}platform port: \d+ is ours$/m)
    expect(output).toMatch(/^ok {5}operator northern-rail\.ct: signed in$/m)
    expect(output).toMatch(/^ok {5}bank northern-rail\.main: signatures hold both ways$/m)
  })

  it('does not take the port of another data folder for its own', async () => {
    const { findings } = await examine({
      ...environment,
      ...(await openGround('other')),
      INTHREAD_PORT: environment['INTHREAD_PORT'] ?? '',
    })
    expect(wrongOf(findings)[0]).toMatchObject({ detail: expect.stringContaining('of another data folder') })
  })

  it('tells a refused sign-in, a refused signature and an address that nobody answers', async () => {
    const { bankUrl, operatorUrl } = sandbox.street
    const jwksUrl = `${operatorUrl}/healthz`
    const registered = await fetch(`${bankUrl}/sandbox/clients/stranger`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jwksUrl }),
    })
    expect(registered.status).toBe(201)
    const [port = 0] = await findFreePorts(1)
    await applyTenant(sandbox.api, 'northern-rail', (definition) => {
      const [operator = {}] = definition.operators
      const [bank = {}] = definition.banks
      definition.operators.push(
        { ...operator, id: 'wrong-key', serverRoot: operatorUrl, appKey: { secret: 'plain:notTheRightKey' } },
        { ...operator, id: 'gone', serverRoot: `http://127.0.0.1:${port}` },
      )
      definition.banks.push(
        { ...bank, id: 'stranger', baseUrl: bankUrl, clientId: 'stranger' },
        { ...bank, id: 'no-bank', baseUrl: operatorUrl, clientId: 'no-bank' },
      )
    })
    const { code, findings } = await examine(environment)
    expect(code).toBe(1)
    expect(wrongOf(findings)).toEqual([
      {
        check: 'operator northern-rail.wrong-key',
        state: 'wrong',
        detail: 'refuses the sign-in (operator.40001: appKey or token is wrong)',
        remedy: 'Check appId, appKey and chatbotId in the definition, and apply it again.',
      },
      {
        check: 'operator northern-rail.gone',
        state: 'wrong',
        detail: 'does not answer (network.unreachable)',
        remedy: expect.stringContaining('Check serverRoot'),
      },
      {
        check: 'bank northern-rail.stranger',
        state: 'wrong',
        detail: 'refuses our signature (signature_invalid)',
        remedy: expect.stringContaining(`${sandbox.house.url}/.well-known/jwks.json`),
      },
      {
        check: 'bank northern-rail.no-bank',
        state: 'wrong',
        detail: 'what answers is no bank that speaks this API (answer_unsigned)',
        remedy: 'Check baseUrl in the definition.',
      },
    ])
  })
})
