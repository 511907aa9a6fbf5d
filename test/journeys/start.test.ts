import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { runInthread, runNode, type Ended } from '../kit/outside/command.ts'
import { findFreePorts } from '../kit/ports.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inthread-start-'))
  writeFileSync(join(folder, 'file'), 'a file, where a folder would be wanted')
})
afterAll(() => rmSync(folder, { recursive: true }))

type Environment = Readonly<Record<string, string>>

async function openGround(name: string): Promise<Environment> {
  const [port, bankPort, operatorPort] = (await findFreePorts(3)).map(String)
  return {
    INTHREAD_HOME: join(folder, name),
    INTHREAD_PORT: port ?? '',
    INTHREAD_BANK_PORT: bankPort ?? '',
    INTHREAD_OPERATOR_PORT: operatorPort ?? '',
  }
}

async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const lastLineOf = ({ output, errors }: Ended): string => `${output}${errors}`.trimEnd().split('\n').at(-1) ?? ''
const withoutStack = expect.not.stringMatching(/^\s+at /m)

describe('npm start', () => {
  const start = (environment: Environment): Promise<Ended> => runNode(['scripts/start.ts'], { environment })

  it.concurrent.each([
    ['INTHREAD_PORT', 'a port that is none', { INTHREAD_PORT: 'seventy' }, /^INTHREAD_PORT must be a port/],
    [
      'INTHREAD_HOME',
      'a folder that cannot be',
      { INTHREAD_HOME: 'file/sub' },
      /cannot write its folder .* INTHREAD_HOME/,
    ],
    [
      'DATABASE_URL',
      'nobody',
      { DATABASE_URL: 'mysql://root@127.0.0.1:1/x' },
      /^The database cannot be used: nothing listens/,
    ],
  ])(
    'says in one sentence what is wrong when %s names %s',
    { timeout: 60_000 },
    async (_variable, name, change, said) => {
      const ground = await openGround(name.replaceAll(' ', '-'))
      const home = 'INTHREAD_HOME' in change ? { INTHREAD_HOME: join(folder, change.INTHREAD_HOME ?? '') } : {}
      const ended = await start({ ...ground, ...change, ...home } as Environment)
      expect(ended.code).toBe(3)
      expect(lastLineOf(ended)).toMatch(said)
      expect(`${ended.output}${ended.errors}`).toEqual(withoutStack)
    },
  )

  it('names a port that is taken before it starts anything', async () => {
    const taken = String(await takePort())
    const ended = await start({ ...(await openGround('taken')), INTHREAD_BANK_PORT: taken })
    expect(ended).toMatchObject({ code: 3, errors: '' })
    const said = `Port ${taken} for the sandbox bank is in use: stop what listens there,`
    expect(ended.output.trim()).toBe(`${said} or choose another one with INTHREAD_BANK_PORT.`)
  })

  it('starts everything, lets the command play a story, and leaves nothing behind', { timeout: 90_000 }, async () => {
    const environment = await openGround('whole')
    const home = environment['INTHREAD_HOME'] ?? ''
    const { promise: ready, resolve } = Promise.withResolvers<() => void>()
    const ended = runNode(['scripts/start.ts'], {
      environment,
      hear: (said, child) => said.includes('Stop with Ctrl-C') && resolve(() => child.kill('SIGTERM')),
    })
    const stop = await Promise.race([ready, ended.then(({ output }) => Promise.reject(new Error(output)))])
    const running = JSON.parse(readFileSync(join(home, 'running.json'), 'utf8')) as { pids: Record<string, number> }
    expect(running).toMatchObject({ platform: `http://127.0.0.1:${environment['INTHREAD_PORT']}` })
    const given = ['scripts/inthread.ts', 'story', 'plugins/travel/stories/s09-ticket.json', '--twice']
    const played = await runNode(given, { environment })
    stop()
    expect(played.output).toMatch(/\nPassed: 6 turns/)
    expect(await ended).toMatchObject({ code: 0, errors: '' })
    expect(existsSync(join(home, 'running.json'))).toBe(false)
    for (const pid of Object.values(running.pids)) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

describe('npm start, told to stop half way', () => {
  it('stops what it has started', { timeout: 60_000 }, async () => {
    const environment = await openGround('half-way')
    const ended = await runNode(['scripts/start.ts'], {
      environment,
      hear: (said, child) => said.includes('sandbox bank') && child.kill('SIGTERM'),
    })
    expect(ended).toMatchObject({ code: 0, errors: '' })
    await expect(fetch(`http://127.0.0.1:${environment['INTHREAD_BANK_PORT']}/healthz`)).rejects.toThrow()
    await expect(fetch(`http://127.0.0.1:${environment['INTHREAD_OPERATOR_PORT']}/healthz`)).rejects.toThrow()
  })
})

describe('inthread migrate', () => {
  it('prepares a database once', async () => {
    const environment = { INTHREAD_HOME: join(folder, 'migrated') }
    const [first, second] = [
      await runInthread(['migrate'], { environment }),
      await runInthread(['migrate', '--json'], { environment }),
    ]
    expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/^Applied: store\.001, /), errors: '' })
    expect([second.code, JSON.parse(second.output)]).toEqual([0, { applied: [] }])
  })

  it('says why it cannot', async () => {
    const environment = { INTHREAD_HOME: join(folder, 'file/sub') }
    const { code, errors } = await runInthread(['migrate'], { environment })
    expect([code, errors]).toEqual([3, expect.stringMatching(/^The data folder .* cannot be written: /)])
  })
})

describe('inthread serve', () => {
  it('says where it listens, is ready without any sandbox, and ends cleanly', async () => {
    const environment = await openGround('served')
    const ready = Promise.withResolvers<unknown>()
    const ended = runInthread(['serve'], {
      environment: { ...environment, INTHREAD_LOG: 'silent' },
      hear: (said, child) => {
        const url = /The platform listens at (\S+)/.exec(said)?.[1]
        if (url)
          void fetch(`${url}/readyz`)
            .then(async (answer) => ready.resolve([answer.status, await answer.json()]))
            .catch(ready.reject)
            .finally(() => child.kill('SIGTERM'))
      },
    })
    expect(await ready.promise).toEqual([200, { ok: true, missing: [] }])
    expect(await ended).toMatchObject({ code: 0, errors: '' })
    expect(existsSync(join(environment['INTHREAD_HOME'] ?? '', 'running.json'))).toBe(false)
  })

  it('names the port that is in use', async () => {
    const taken = String(await takePort())
    const { code, errors } = await runInthread(['serve'], {
      environment: { ...(await openGround('in-use')), INTHREAD_PORT: taken },
    })
    expect([code, errors.trim()]).toEqual([
      3,
      `Port ${taken} is in use: stop what listens there, or choose another one with INTHREAD_PORT.`,
    ])
  })
})
