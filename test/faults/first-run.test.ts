import { spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

const launcher = join(import.meta.dirname, '../../scripts/node.mjs')

/** Node 24 that believes to be an old one: what the launcher asks for is all that differs. */
const asOldNode = [
  '--import',
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.0"}})',
]

/** Stands where npm's runner would: notes how it was called and answers as the test says. */
const npxScript = '#!/bin/sh\necho "$@" >> "$NPX_LOG"\n[ -n "$NPX_SAYS" ] && echo "$NPX_SAYS"\nexit "${NPX_EXIT:-0}"\n'

const startScript = `
  const [what] = process.argv.slice(2)
  if (what === 'wait') {
    process.on('SIGTERM', () => process.exit(7))
    setInterval(() => undefined, 1000)
    console.log('waiting')
  } else {
    console.log(JSON.stringify({ given: process.argv.slice(2), path: process.env.PATH, folder: process.cwd() }))
    process.exitCode = what === 'fail' ? 5 : 0
  }
`

let folder: string
let log: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inthread-first-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  log = join(folder, 'npx.log')
  for (const name of ['scripts', 'bin', 'tmp', 'node_modules']) mkdirSync(join(folder, name))
  copyFileSync(launcher, join(folder, 'scripts/node.mjs'))
  writeFileSync(join(folder, 'scripts/start.ts'), startScript)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'pnpm-lock.yaml'), 'lockfileVersion: 9.0')
  writeFileSync(join(folder, 'bin/npx'), npxScript, { mode: 0o755 })
})

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

interface Call {
  readonly node?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Called with every piece of output. */
  readonly hear?: (text: string, stop: () => void) => void
}

function run(given: readonly string[], { node = [], environment = {}, hear }: Call = {}): Promise<Ended> {
  const env = {
    PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    TMPDIR: join(folder, 'tmp'),
    NPX_LOG: log,
    ...environment,
  }
  const child = spawn(process.execPath, [...node, join(folder, 'scripts/node.mjs'), ...given], { cwd: '/', env })
  const { promise, resolve } = Promise.withResolvers<Ended>()
  let [output, errors] = ['', '']
  child.stdout.on('data', (piece) => {
    output += String(piece)
    hear?.(output, () => child.kill('SIGTERM'))
  })
  child.stderr.on('data', (piece) => (errors += String(piece)))
  child.once('close', (code) => resolve({ code, output, errors }))
  return promise
}

const listCalls = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])

describe('the launcher', () => {
  it('runs a script from anywhere, with its arguments and its exit code', async () => {
    const { code, output } = await run(['start', 'fail', '--port', '1'])
    expect(code).toBe(5)
    expect(JSON.parse(output)).toMatchObject({ given: ['fail', '--port', '1'], folder })
  })

  it("passes a signal on and answers with the script's own end", async () => {
    const { code } = await run(['start', 'wait'], { hear: (text, stop) => text.includes('waiting') && stop() })
    expect(code).toBe(7)
  })

  it.each([[[]], [['stop']], [['bench']]])('refuses %j', async (given) => {
    expect(await run(given)).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(/usage|there is no/) })
  })

  it('installs once, and again after the lock file has changed', async () => {
    const install = expect.stringMatching(/^-y pnpm@\S+ install --frozen-lockfile --prefer-offline$/)
    expect((await run(['start'])).errors).toMatch(/^install .*\(\d+\.\d s\)\n$/)
    expect((await run(['start'])).errors).toBe('')
    expect(listCalls()).toEqual([install])
    writeFileSync(join(folder, 'pnpm-lock.yaml'), 'lockfileVersion: 9.0\n# changed')
    await run(['start'])
    expect(listCalls()).toEqual([install, install])
  })

  it.each([
    ['ERR_PNPM_META_FETCH_FAIL', 'go online'],
    ['ERR_PNPM_OUTDATED_LOCKFILE', 'the lock file does not fit'],
    ['EACCES: permission denied', 'cannot be written'],
    ['something else', 'something else'],
  ])('says what to do after %s, and tries again next time', async (said, remedy) => {
    const failed = await run(['start'], { environment: { NPX_EXIT: '1', NPX_SAYS: said } })
    expect(failed).toMatchObject({ code: 3, output: '', errors: expect.stringContaining(remedy) })
    expect(failed.errors).not.toContain('at ')
    expect(await run(['start'])).toMatchObject({ code: 0 })
  })

  it('says that npm is missing', async () => {
    const { code, errors } = await run(['start'], { environment: { PATH: join(folder, 'tmp') } })
    expect(code).toBe(3)
    expect(errors).toContain('npm is needed')
  })

  // Skipped for root, who may write everywhere: there is no read-only folder to be had without a mount.
  it.skipIf(process.getuid?.() === 0)('says that the folder cannot be written', async () => {
    chmodSync(folder, 0o555)
    onTestFinished(() => chmodSync(folder, 0o755))
    const { code, errors } = await run(['start'])
    expect(code).toBe(3)
    expect(errors).toContain('cannot be written')
  })
})

describe('the launcher on an old Node', () => {
  it('fetches the right one, puts it first and remembers it', async () => {
    const fetching = await run(['start'], { node: asOldNode, environment: { NPX_SAYS: process.execPath } })
    expect(fetching.errors).toMatch(/^node .*this is 18\.20\.0: fetched .*\(\d+\.\d s\)\n/)
    expect(JSON.parse(fetching.output).path.split(':')[0]).toBe(dirname(process.execPath))
    expect((await run(['start'], { node: asOldNode })).errors).toContain('using')
    expect(listCalls().filter((call) => call.includes('node@24'))).toHaveLength(1)
  })

  it('does not believe a remembered Node that is gone', async () => {
    mkdirSync(join(folder, 'node_modules/.cache'))
    writeFileSync(join(folder, 'node_modules/.cache/inthread-node'), join(folder, 'bin/gone'))
    const { code, errors } = await run(['start'], { node: asOldNode, environment: { NPX_SAYS: process.execPath } })
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining('fetched') })
  })

  it.each([
    [{ NPX_EXIT: '1', NPX_SAYS: 'npm error code ENOTFOUND' }, 'cannot be reached'],
    [{ NPX_EXIT: '1', NPX_SAYS: 'npm error code E404' }, 'npm could not provide Node'],
    [{ NPX_SAYS: '/bin/false' }, 'npm could not provide Node'],
  ])('says what to do after %j', async (environment, remedy) => {
    const { code, errors } = await run(['start'], { node: asOldNode, environment })
    expect(code).toBe(3)
    expect(errors).toContain(remedy)
    expect(errors).toContain('install Node 24')
  })
})
