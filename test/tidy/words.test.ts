import { describe, expect, it } from 'vitest'
import { assertTidy } from './problem.ts'
import { buildProject, readProject } from './source/project.ts'
import { findEmptyNames, findTextProblems } from './text-problems.ts'
import { findWordProblems } from './word-problems.ts'

const rulesOf = (path: string, code: string): string[] =>
  findWordProblems(buildProject({ [path]: code })).map(({ rule }) => rule)

describe('findWordProblems', () => {
  it.each([
    ['word/clock', 'const now = Date.now()'],
    ['word/clock', 'const now = new Date()'],
    ['word/clock', 'const clock = Date.now'],
    ['word/chance', 'const id = Math.random()'],
    ['word/timer', 'setTimeout(done, 10)'],
    ['word/timer', 'const wait = options.wait ?? setInterval'],
    ['word/timer', 'globalThis.setTimeout(done, 10)'],
    ['word/fetch', 'await fetch(url)'],
    ['word/fetch', 'start({ fetch })'],
    ['word/environment', 'const home = process.env.HOME'],
    ['word/environment', 'const { env } = process'],
    ['word/environment', "import { env } from 'node:process'"],
    ['word/console', "console.log('here')"],
    ['word/any', 'let x: any'],
    ['word/as-unknown-as', 'const x = y as unknown as string'],
    ['word/default-export', 'export default 1'],
    ['word/erasable', 'enum Colour { Red }'],
    ['word/erasable', 'class A { constructor(private readonly b: string) {} }'],
    ['word/erasable', 'class A { @cached b() {} }'],
    ['word/erasable', 'namespace A { export const b = 1 }'],
    ['word/mock', "vi.mock('./store.ts')"],
    ['word/mock', 'vi.useFakeTimers()'],
    ['word/float', "parseFloat('1.5')"],
    ['word/float', 'amount.toFixed(2)'],
    ['word/minor-as-number', 'Number(order.amountMinor) * rate'],
    ['word/only', "it.only('works', check)"],
    ['word/skip', "describe.skip('works', check)"],
    ['word/skip', "it.skipIf(slow)('works', check)"],
    ['word/unreadable', 'const = 1'],
  ])('finds %s in %s', (rule, code) => {
    expect(rulesOf('core/messaging/src/turn/a.ts', code)).toEqual([rule])
  })

  it.each([
    ['core/messaging/src/turn/a.ts', 'const at = new Date(0); const text = "Date.now()" // new Date()'],
    [
      'core/messaging/src/turn/a.ts',
      'export const run = ({ fetch, setTimeout }: Ports) => { fetch(1); setTimeout(2) }',
    ],
    [
      'core/messaging/src/turn/a.ts',
      'type Fetch = typeof fetch; options.fetch(url); const x = { fetch: options.fetch }',
    ],
    ['core/messaging/src/turn/a.ts', "// skipped: no server speaks this dialect yet\nit.skip('works', check)"],
    ['core/messaging/src/turn/a.test.ts', 'await fetch(url); setTimeout(done, 1)'],
    ['core/runtime/src/ports/clock.ts', 'export const clock = { now: () => Date.now(), fetch, random: Math.random }'],
    ['core/sandbox-bank/src/app/surroundings.ts', 'export const machine = { now: () => Date.now() }'],
    ['core/sandbox-bank/src/suite/kit/street.ts', 'setTimeout(() => console.log(Date.now()), 10)'],
    ['core/sandbox-bank/src/main.ts', 'console.log(process.env.HOME, Date.now())'],
    ['core/sdk/src/a.ts', 'declare global { var x: string }'],
    ['test/vitest.config.ts', 'export default {}'],
    ['scripts/test.ts', 'const seconds = (Date.now() / 1000).toFixed(1)'],
  ])('lets %s write %s', (path, code) => {
    expect(rulesOf(path, code)).toEqual([])
  })

  it('names the replacement and the line', () => {
    const [problem] = findWordProblems(buildProject({ 'core/sdk/src/a.ts': '\n\nDate.now()' }))
    expect(problem).toMatchObject({ line: 3, text: expect.stringContaining('clock.now()') })
  })
})

describe('findTextProblems', () => {
  const pieces = [
    ['TO', 'DO: later'],
    ['FIX', 'ME'],
    ['see ../sha', 'red/design'],
    ['cd /wo', 'rk/main'],
    ['written by Clau', 'de'],
    ['Co-Auth', 'ored-By: x'],
    ['the hold', 'out'],
    ['an AI-gene', 'rated text'],
  ]
  it.each(pieces)('finds %s%s', (start, end) => {
    expect(findTextProblems(buildProject({ 'README.md': `# A title\n${start}${end}` }))).toMatchObject([{ line: 2 }])
  })

  it('leaves words of the trade alone', () => {
    const text = '# Agents\nAn agent at the desk answers the prompt; a working sharedKey; mastodon.'
    expect(findTextProblems(buildProject({ 'README.md': text }))).toEqual([])
  })
})

describe('findEmptyNames', () => {
  it('refuses files and folders under which everything fits', () => {
    const project = buildProject({
      'core/sdk/src/utils.ts': '',
      'core/sdk/src/shared/a.ts': '',
      'test/kit/types.test.ts': '',
    })
    expect(findEmptyNames(project)).toHaveLength(3)
  })

  it('lets such a word be a part of a name', () => {
    expect(
      findEmptyNames(buildProject({ 'core/sdk/src/shared-key.ts': '', 'core/sdk/src/content-types.ts': '' })),
    ).toEqual([])
  })
})

describe('the house', () => {
  it('does without the words it has better ones for', () => {
    const project = readProject()
    assertTidy('word', [...findWordProblems(project), ...findTextProblems(project), ...findEmptyNames(project)])
  })
})
