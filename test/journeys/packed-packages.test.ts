import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { packAll } from '../../scripts/pack/pack-all.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'inthread-outside-'))
const scene = join(place, 'tea-house')
let offline = false

interface Ran {
  readonly code: number
  readonly output: string
}

/** Outside of the repository, with nothing of it in the way. */
function run(file: string, given: readonly string[], cwd = place): Promise<Ran> {
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    NODE_OPTIONS: '',
  }
  return new Promise((resolve) => {
    execFile(file, given, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 24 }, (error, output, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${output}${errors}` })
    })
  })
}

const inthread = (...given: string[]): Promise<Ran> => run(join(place, 'node_modules/.bin/inthread'), given)

beforeAll(async () => {
  const tarballs = packAll(join(place, 'packages'))
  writeFileSync(join(place, 'package.json'), '{ "name": "outside", "private": true, "type": "module" }')
  const installed = await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs])
  offline =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(installed.output) && !process.env['INTHREAD_CI']
  if (installed.code !== 0 && !offline) throw new Error(`the packages cannot be installed: ${installed.output}`)
}, 240_000)
// What the packages depend on comes from npm's registry: without one nothing can be installed.
beforeEach(({ skip }) => skip(offline, 'the npm registry cannot be reached'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('packages, installed in an empty folder', { timeout: 120_000 }, () => {
  it('bring JavaScript and types, and no sources', async () => {
    const { exports } = JSON.parse(readFileSync(join(place, 'node_modules/@inthread/sdk/package.json'), 'utf8')) as {
      exports: Record<string, { default: string; types: string }>
    }
    const doors = Object.keys(exports).map((door) => `@inthread/sdk${door.slice(1)}`)
    const imports = `await Promise.all(${JSON.stringify(doors)}.map((door) => import(door))); console.log('all open')`
    expect(await run(process.execPath, ['--input-type=module', '-e', imports])).toEqual({
      code: 0,
      output: 'all open\n',
    })
  })

  it('let a developer make a plugin that works, at once', async () => {
    expect(await inthread('plugin', 'new', 'tea-house')).toMatchObject({ code: 0 })
    const tested = await run('npm', ['test'], scene)
    expect(tested.output).toContain('pass 3')
    expect(tested.code).toBe(0)
    const checked = await inthread('plugin', 'check', 'tea-house')
    expect(checked.output).not.toContain('WRONG')
    expect(checked.code).toBe(0)
  })

  it('tell the compiler what they are', async () => {
    const types = join(root, 'node_modules/@types')
    const compile = (): Promise<Ran> =>
      run(
        join(root, 'node_modules/.bin/tsc'),
        ['-p', '.', '--typeRoots', types, '--types', 'node', '--skipLibCheck', 'false'],
        scene,
      )
    expect(await compile()).toEqual({ code: 0, output: '' })
    const order = readFileSync(join(scene, 'order.ts'), 'utf8')
    writeFileSync(join(scene, 'order.ts'), order.replace(", unknown: 'checking'", ''))
    const refused = await compile()
    writeFileSync(join(scene, 'order.ts'), order)
    expect(refused.code).not.toBe(0)
    expect(refused.output).toMatch(/order\.ts\(\d+,\d+\): error[^]*'unknown' is missing/)
  })

  it('build the package that the repository builds', async () => {
    expect(await inthread('plugin', 'keygen', join(scene, 'publisher-key.json'))).toMatchObject({ code: 0 })
    const built = await inthread('plugin', 'build', 'tea-house')
    expect(built.output).toContain('Signed by')
    const digestOf = (output: string): string | undefined => /digest (\w{64})/.exec(output)?.[1]
    expect(digestOf(built.output)).toMatch(/^\w{64}$/)
    expect(digestOf((await inthread('plugin', 'build', 'tea-house')).output)).toBe(digestOf(built.output))
  })

  it('say what they do not bring', async () => {
    const { code, output } = await inthread('serve')
    expect({ code, output }).toMatchObject({ code: 3, output: expect.stringContaining('from its repository') })
    const pushed = await inthread('plugin', 'push', 'tea-house', '--home', join(place, 'nowhere'))
    expect(pushed).toMatchObject({ code: 3, output: expect.stringContaining('No platform is running') })
  })
})
