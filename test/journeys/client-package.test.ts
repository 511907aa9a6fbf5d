import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { packAll } from '../../scripts/pack/pack-all.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox } from '../kit/sandbox.ts'
import { listSnippets, writeSnippets } from '../tidy/snippet-problems.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'inthread-client-'))
const guide = 'core/client/README.md'
const snippets = listSnippets(guide, readFileSync(join(root, guide), 'utf8'))
let offline = false

interface Ran {
  readonly code: number
  readonly output: string
}

function run(file: string, ...given: string[]): Promise<Ran> {
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    NODE_OPTIONS: '',
  }
  return new Promise((resolve) => {
    execFile(file, given, { cwd: place, env, encoding: 'utf8', maxBuffer: 2 ** 24 }, (error, output, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${output}${errors}` })
    })
  })
}

const node = ['--types', 'node'] as const

/** Everything is checked: the declarations of the package as well as what is written against them. */
const compile = (files: readonly string[], ...more: string[]): Promise<Ran> => {
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--noEmit']
  const module = ['--module', 'nodenext', '--target', 'es2024', '--typeRoots', join(root, 'node_modules/@types')]
  return run(join(root, 'node_modules/.bin/tsc'), ...strict, ...module, '--pretty', 'false', ...more, ...files)
}

const measure = async (source: string): Promise<number> => {
  writeFileSync(join(place, 'measured.ts'), source)
  const { code, output } = await compile(['measured.ts'], '--types', '', '--extendedDiagnostics')
  expect({ code, output }).toMatchObject({ code: 0 })
  return Number(/^Instantiations:\s+(\d+)$/m.exec(output)?.[1])
}

beforeAll(async () => {
  const tarballs = packAll(join(place, 'packages'), ['core/client'])
  writeFileSync(join(place, 'package.json'), '{ "name": "outside", "private": true, "type": "module" }')
  const installed = await run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs)
  offline =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(installed.output) && !process.env['INTHREAD_CI']
  if (installed.code !== 0 && !offline) throw new Error(`the client cannot be installed: ${installed.output}`)
  writeSnippets(place, snippets)
}, 240_000)
beforeEach(({ skip }) => skip(offline, 'the npm registry cannot be reached'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the client, installed in an empty folder', { timeout: 120_000 }, () => {
  const folder = join(place, 'node_modules/@inthread/client')

  it('brings its guide, JavaScript and types, and no source and nothing of the server', () => {
    const files = globSync('**/*.*', { cwd: folder }).toSorted()
    expect(files).toEqual(expect.arrayContaining(['README.md', 'dist/index.d.ts', 'dist/index.js', 'package.json']))
    expect(files.filter((file) => /\.ts$/.test(file) && !file.endsWith('.d.ts'))).toEqual([])
    expect(globSync('*', { cwd: join(place, 'node_modules/@inthread') })).toEqual(['client'])
  })

  it('tells the compiler what its guide says, and what is wrong with a call', async () => {
    expect(
      await compile(
        snippets.map(({ name }) => name),
        ...node,
      ),
    ).toEqual({ code: 0, output: '' })
    const orders = readFileSync(join(place, 'orders.ts'), 'utf8')
    writeFileSync(join(place, 'wrong.ts'), orders.replace('limit: 20', "limit: 'many'"))
    const refused = await compile(['wrong.ts'], ...node)
    expect(refused.output).toMatch(
      /wrong\.ts\(\d+,\d+\): error TS2322: Type 'string' is not assignable to type 'number'/,
    )
  })

  it('costs an editor little: no type of it has to be computed', async () => {
    const declarations = globSync('dist/**/*.d.ts', { cwd: folder })
    const bytes = declarations.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
    const procedures = readFileSync(join(folder, 'dist/generated/api.d.ts'), 'utf8').match(
      /'(query|mutation)'|"(query|mutation)"/g,
    )
    const calls = procedures?.length ?? 0
    expect(calls).toBeGreaterThan(50)
    // About 600 bytes a call now. The types inferred from the router would be some thirty times that.
    expect(bytes / calls).toBeLessThan(1000)
    const nothing = await measure('export const nothing = fetch\n')
    const opened = await measure(
      "import { createAdminClient } from '@inthread/client'\n" +
        "const api = createAdminClient({ url: '', apiKey: '' })\n" +
        "export const state = (await api.orders.list.query({ tenant: 'a' })).items[0]?.state\n",
    )
    expect(nothing).toBeGreaterThan(0)
    expect((opened - nothing) / calls).toBeLessThan(10)
  })
})

describeOnDrawnDatabase('the guide of the client', (open) => {
  it('makes a tenant from nothing, in less than sixty lines', async () => {
    const script = snippets.find(({ name }) => name === 'new-tenant.ts')?.code ?? ''
    expect(script.trim().split('\n').length).toBeLessThan(60)
    const database = await open()
    const sandbox = await openSandbox({ database })
    try {
      const ran = await run(process.execPath, 'new-tenant.ts', join(database.folder, 'home/running.json'))
      expect(ran).toEqual({ code: 0, output: 'succeeded ¥480.00 48000\n' })
      const { items } = await sandbox.api.orders.list.query({ tenant: 'hill-school' })
      expect(items.map(({ state, amount }) => [state, amount.value])).toEqual([['succeeded', '48000']])
    } finally {
      await sandbox.stop()
    }
  }, 60_000)
})
