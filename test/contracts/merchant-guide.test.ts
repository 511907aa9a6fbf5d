import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultLimits } from '@inthread/sdk/engine'
import { highestLimits } from '@inthread/sdk/manifest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listSnippets, writeSnippets } from '../tidy/snippet-problems.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'core/cli/src/main.ts')
const guide = readFileSync(join(root, 'plugins/README.md'), 'utf8')
const place = mkdtempSync(join(tmpdir(), 'inthread-guide-'))

interface Ran {
  readonly code: number
  readonly output: string
}

function run(given: readonly string[], folder = place): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: folder, encoding: 'utf8' }, (error, output, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${output}${errors}` })
    })
  })
}

/** Does to a new plugin what the guide tells its reader to do: blocks of `diff`, each with the name of its file. */
function applyDiffs(): void {
  for (const [, file = '', lines = ''] of guide.matchAll(/^```diff (\S+)\n([^]*?)^```/gm)) {
    const side = (mark: string): string =>
      [...lines.matchAll(/^([ +-])(.*\n)/gm)].map(([, sign, line]) => (sign === mark ? '' : line)).join('')
    const text = readFileSync(join(place, file), 'utf8')
    const [before = '', ...after] = text.split(side('+'))
    if (after.length !== 1) throw new Error(`what the guide changes in ${file} stands there ${after.length} times`)
    writeFileSync(join(place, file), [before, ...after].join(side('-')))
  }
}

beforeAll(async () => {
  mkdirSync(join(place, 'node_modules/@inthread'), { recursive: true })
  symlinkSync(join(root, 'core/sdk'), join(place, 'node_modules/@inthread/sdk'))
  symlinkSync(join(root, 'node_modules/@types'), join(place, 'node_modules/@types'))
  for (const name of ['tea-house', 'flower-shop', 'care-tips']) await run([command, 'plugin', 'new', name])
  // Of the others nothing but the package file and the settings of the compiler is the scaffold's.
  for (const name of ['flower-shop', 'care-tips'])
    for (const file of ['contract.ts', 'order.ts', 'plugin.ts', 'stories.ts']) rmSync(join(place, name, file))
  applyDiffs()
  // A block of `ts run` is part of a plugin that only stands here as a whole.
  writeSnippets(place, listSnippets('plugins/README.md', guide.replaceAll('```ts run ', '```ts check ')))
  await run(['record.ts'], join(place, 'care-tips'))
}, 60_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe.each(['tea-house', 'flower-shop', 'care-tips'])('the plugin %s of the guide', { timeout: 60_000 }, (name) => {
  it('is what its types say', async () => {
    expect(await run([join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], join(place, name))).toEqual({
      code: 0,
      output: '',
    })
  })

  it('plays its stories', async () => {
    const { code, output } = await run(['--test'], join(place, name))
    expect(output).toMatch(/pass [1-9]/)
    expect(code, output).toBe(0)
  })

  it('passes what a plugin has to pass', async () => {
    const { code, output } = await run([command, 'plugin', 'check', name])
    expect(code, output).toBe(0)
  })
})

describe('the guide', () => {
  it('says the limits that there are', () => {
    const unit = {
      stepMs: [1, ' ms'],
      heapBytes: [1024 ** 2, ' MB'],
      messagesPerTurn: [1, ''],
      callsPerRun: [1, ''],
      stateBytes: [1024, ' kB'],
    }
    for (const [name, [size, suffix]] of Object.entries(unit) as [keyof typeof unit, [number, string]][]) {
      const [usual, most] = [defaultLimits[name], highestLimits[name]].map((limit) => `${limit / size}${suffix}`)
      expect(guide).toContain(`(\`${name}\`) | ${usual} | ${most} |`)
    }
  })

  it('names commands that there are', async () => {
    const named = [...guide.matchAll(/npx inthread (plugin \w+|\w+)/g)].map(([, words = '']) => words.split(' '))
    const helped = await Promise.all(named.map((words) => run([command, ...words, '--help'])))
    helped.forEach(({ code, output }, index) => expect(code, `${named[index]?.join(' ')}: ${output}`).toBe(0))
  })
})
