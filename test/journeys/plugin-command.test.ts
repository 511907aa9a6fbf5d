import { execFile } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'core/cli/src/main.ts')
const place = mkdtempSync(join(tmpdir(), 'inthread-plugin-'))
const shop = join(place, 'tea-shop')

interface Ran {
  readonly code: number
  readonly output: string
  readonly errors: string
}

function run(file: string, given: readonly string[], cwd = place): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(file, given, { cwd, encoding: 'utf8' }, (error, output, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output, errors })
    })
  })
}

const plugin = (...given: string[]): Promise<Ran> => run(process.execPath, [command, 'plugin', ...given])

/** As an installation would: the sdk of this checkout, and zod, which it comes with. */
function link(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@inthread'), { recursive: true })
  symlinkSync(join(root, 'core/sdk'), join(folder, 'node_modules/@inthread/sdk'))
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'))
}

/** A copy of the shop under another name, with a file changed. */
function copyShop(name: string, change: (file: (path: string) => string) => void = () => undefined): string {
  const folder = join(place, name)
  cpSync(shop, folder, { recursive: true, filter: (path) => !path.includes('node_modules') && !path.includes('/dist') })
  link(folder)
  change((path) => join(folder, path))
  return folder
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}`)
  writeFileSync(path, text.replace(from, to))
}

beforeAll(async () => {
  const made = await plugin('new', 'tea-shop')
  if (made.code !== 0) throw new Error(made.errors)
  link(shop)
  await plugin('build', shop)
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('a new plugin', () => {
  it('has stories that pass, and passes the contract suite', async () => {
    const tested = await run(process.execPath, ['--test'], shop)
    expect(tested, tested.output).toMatchObject({ code: 0 })
    expect(tested.output).toContain('pass 3')
    const checked = await plugin('check', 'tea-shop')
    expect(checked.output).not.toContain('WRONG')
    expect(checked).toMatchObject({ code: 0 })
  })

  it('has its stories played by the check, which says where one goes wrong', async () => {
    const other = copyShop('shop-with-a-wrong-story')
    edit(join(other, 'stories.ts'), "bot.said('Paid ¥12.00')", "bot.said('Paid ¥13.00')")
    const { code, output } = await plugin('check', other)
    expect(code).toBe(1)
    expect(output).toContain('WRONG  its stories hold')
    expect(output).toContain('pay again", as it is told: the bot did not say Paid ¥13.00 but "Paid ¥12.00. It is on')
    rmSync(join(other, 'stories.ts'))
    expect((await plugin('check', other)).output).toContain('ok     no stories to play')
  })

  it('is what its types say', async () => {
    const checked = await run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], shop)
    const own = checked.output.split('\n').filter((line) => line.includes('error') && !line.startsWith('..'))
    expect(own).toEqual([])
  })

  it('is not written over what is there, nor under a name that is none', async () => {
    expect(await plugin('new', 'tea-shop')).toMatchObject({ code: 2, errors: expect.stringContaining('is not empty') })
    expect(await plugin('new', 'Tea Shop')).toMatchObject({ code: 2, errors: expect.stringContaining('"tea-house"') })
  })
})

describe('a package', () => {
  it('is signed with the key of its publisher, who keeps it', async () => {
    const made = await plugin('keygen', join(shop, 'publisher-key.json'), '--json')
    const { publicKey } = JSON.parse(made.output) as { publicKey: string }
    expect(statSync(join(shop, 'publisher-key.json')).mode & 0o077).toBe(0)
    expect(await plugin('keygen', join(shop, 'publisher-key.json'))).toMatchObject({ code: 2 })

    const built = await plugin('build', 'tea-shop', '--json')
    const { digest, signedBy } = JSON.parse(built.output) as { digest: string; signedBy: string }
    expect(signedBy).toBe(publicKey)
    const signed = JSON.parse(readFileSync(join(shop, 'dist/signature.json'), 'utf8')) as { signature: string }
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(digest), key, Buffer.from(signed.signature, 'base64'))).toBe(true)
  })

  it('is the same, byte by byte, wherever and whenever it is built', async () => {
    const other = copyShop('other-place-with-a-longer-name')
    await Promise.all([plugin('build', shop), plugin('build', other)])
    for (const file of ['bundle.js', 'manifest.json']) {
      expect(readFileSync(join(other, 'dist', file)).equals(readFileSync(join(shop, 'dist', file))), file).toBe(true)
    }
  })

  it('has no imports, and is small', async () => {
    const bundle = readFileSync(join(shop, 'dist/bundle.js'), 'utf8')
    expect(bundle).not.toMatch(/^\s*import[\s{"']/m)
    expect(bundle).not.toContain(place)
    expect(bundle.length).toBeLessThan(400_000)
  })

  it('is not built with problems, and says all of them', async () => {
    const folder = copyShop('clash', (file) => edit(file('plugin.ts'), "'tea', 'order tea'", "'tea', 'cancel'"))
    const { code, output } = await plugin('build', folder)
    expect(code).toBe(2)
    expect(output).toContain('$.intents.order: the intent "order" takes "cancel"')
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  it.each([
    ['node:fs', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync", 'node:fs'],
    ['a package of Node', "import os from 'os'\nexport const x = os", '"os"'],
    ['the clock', 'export const x = () => Date.now()', 'extra.ts:1: Date.now: take `now`'],
    ['the clock, newly', '\nexport const x = () => new Date()', 'extra.ts:2: the clock'],
    ['chance', 'export const x = () => Math.random()', 'extra.ts:1: Math.random'],
    ['the network', "export const x = () => fetch('https://example.com')", 'extra.ts:1: fetch: use a step'],
    ['a timer', 'export const x = () => setTimeout(() => undefined, 1)', 'extra.ts:1: setTimeout'],
    ['the process', 'export const x = process.env', 'extra.ts:1: process'],
    ['code made of words', "export const x = () => eval('1')", 'extra.ts:1: eval'],
    ['a function made of words', "export const x = () => new Function('return 1')", 'extra.ts:1: Function'],
    ['more code', "export const x = () => import('./order.ts')", 'extra.ts:1: import(…)'],
    ['the language of a machine', 'export const x = (n: number) => n.toLocaleString()', 'toLocaleString: it differs'],
    ['the time zone of a machine', 'export const x = new Date(0).getHours()', 'extra.ts:1: getHours: it differs'],
    ['formats of a machine', 'export const x = new Intl.NumberFormat()', 'extra.ts:1: Intl: it differs'],
    ['everything', "export const x = Reflect.get(globalThis, 'process')", 'extra.ts:1: globalThis'],
  ])('does not reach for %s', async (name, text, problem) => {
    const folder = copyShop(`reaches-${name.replaceAll(/\W/g, '-')}`, (file) => {
      writeFileSync(file('extra.ts'), text)
      edit(file('plugin.ts'), 'import { order }', "import './extra.ts'\nimport { order }")
    })
    const { code, errors } = await plugin('build', folder)
    expect(errors).toContain(problem)
    expect(code).toBe(2)
  })

  it('may look at dates and names that only sound alike', async () => {
    const folder = copyShop('harmless', (file) => {
      writeFileSync(
        file('extra.ts'),
        [
          'export interface Process { process: string }',
          'export const x = (fetch: number) => ({ process: new Date(0), fetch, name: "eval" })',
        ].join('\n'),
      )
      edit(file('plugin.ts'), 'import { order }', "import './extra.ts'\nimport { order }")
    })
    expect(await plugin('check', folder)).toMatchObject({ code: 0 })
  })

  it('leaves what is shared as it was', async () => {
    const folder = copyShop('polluter', (file) => {
      writeFileSync(file('extra.ts'), "Object.defineProperty(Object.prototype, 'isAdmin', { value: true })\nexport {}")
      edit(file('plugin.ts'), 'import { order }', "import './extra.ts'\nimport { order }")
    })
    const { code, output } = await plugin('check', folder)
    expect(code).toBe(1)
    expect(output).toContain('loading it changes Object.prototype')
  })
})

describe('two versions', () => {
  it('are compared, from folders and from manifests', async () => {
    const worded = copyShop('worded', (file) => {
      edit(file('contract.ts'), "version: '0.1.0'", "version: '0.1.1'")
      edit(file('contract.ts'), 'Green tea', 'Sencha')
    })
    const old = join(shop, 'dist/manifest.json')
    expect(await plugin('diff', old, worded)).toMatchObject({
      code: 0,
      output: expect.stringContaining('Verdict: silent'),
    })
    const changed = copyShop('changed', (file) => {
      edit(file('contract.ts'), "version: '0.1.0'", "version: '0.1.1'")
      edit(file('order.ts'), 'minutes(10)', 'minutes(20)')
    })
    const refused = await plugin('diff', old, changed, '--json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.output)).toMatchObject({
      verdict: 'refused',
      differences: [{ path: '$.flows.order', message: expect.stringContaining('raise it') }],
    })
    expect(await plugin('diff', join(place, 'nowhere'), shop)).toMatchObject({ code: 2 })
  })
})

describe('a flow', () => {
  it('is drawn', async () => {
    const { code, output } = await plugin('draw', 'tea-shop')
    expect(code).toBe(0)
    expect(output).toContain('pay · call pay.pay"]]:::money')
    expect(output).toContain('-.->|"time-out"|')
  })
})

describe('every command of plugin', () => {
  it.each(['new', 'check', 'build', 'diff', 'draw', 'keygen'])('%s explains itself', async (name) => {
    expect(await plugin(name, '--help')).toMatchObject({ code: 0, output: expect.stringContaining('--json') })
  })

  it('says what is missing where there is no plugin', async () => {
    mkdirSync(join(place, 'empty'))
    const { code, errors } = await plugin('check', 'empty')
    expect({ code, errors }).toMatchObject({ code: 2, errors: expect.stringContaining('inthread plugin new') })
  })
})
