import { describe, expect, it } from 'vitest'
import { applyExceptions, assertTidy, type Problem } from './problem.ts'
import { findSizeProblems, listThinFolders } from './size-problems.ts'
import { listFunctions } from './source/functions.ts'
import { buildProject, readProject } from './source/project.ts'

const path = 'core/sdk/src/a.ts'
const lines = (count: number): string => 'let x = 0\n'.repeat(count)
const functionOf = (count: number, name: string): string => `function ${name}() {\n${'  x += 1\n'.repeat(count - 2)}}\n`

function check(files: Readonly<Record<string, string>>): { rule: string; value: number | undefined }[] {
  return findSizeProblems(buildProject(files)).map(({ rule, value }) => ({ rule, value }))
}

describe('findSizeProblems', () => {
  it('lets a file have 400 lines and not 401', () => {
    expect(check({ [path]: lines(400) })).toEqual([])
    expect(check({ [path]: lines(401) })).toEqual([{ rule: 'size/file-lines', value: 401 }])
  })

  it('lets a line have 120 characters, counted as a reader counts them, and a long address', () => {
    expect(check({ [path]: `// ${'𠮷'.repeat(117)}` })).toEqual([])
    expect(check({ [path]: `// https://example.com/${'x'.repeat(200)}` })).toEqual([])
    expect(check({ [path]: `// ${'x'.repeat(118)}` })).toEqual([{ rule: 'size/line-characters', value: 121 }])
    expect(check({ [path]: `// ${'x'.repeat(120)}\n// ${'x'.repeat(130)}` })).toEqual([
      { rule: 'size/line-characters', value: 133 },
    ])
  })

  it('lets a function have 70 lines and not 71', () => {
    expect(check({ [path]: functionOf(70, 'a') })).toEqual([])
    expect(check({ [path]: functionOf(71, 'a') })).toEqual([{ rule: 'size/function-lines', value: 71 }])
  })

  it('does not count the callback of a suite, but that of a test', () => {
    const body = '  x += 1\n'.repeat(80)
    expect(check({ 'core/sdk/src/a.test.ts': `describe('a', () => {\n${body}})` })).toEqual([])
    expect(check({ 'core/sdk/src/a.test.ts': `it('a', () => {\n${body}})` })).toHaveLength(1)
  })

  it('lets a function have three parameters', () => {
    expect(check({ 'core/sdk/src/a.test.ts': "it.each(table)('%s', (a, b, c, d) => a)" })).toEqual([])
    expect(check({ [path]: 'function a(this: object, b: 1, c: 2, d: 3) {}' })).toEqual([])
    expect(check({ [path]: 'const a = (b: 1, c: 2, d: 3, e: 4) => b' })).toEqual([
      { rule: 'size/parameters', value: 4 },
    ])
  })

  it('wants four of five functions short, one-line arrows not counted', () => {
    const inline = 'const a = (b: 1) => b\n'.repeat(20)
    const short = ['b', 'c', 'd', 'e'].map((name) => functionOf(20, name)).join('')
    expect(check({ [path]: inline + short + functionOf(21, 'a') })).toEqual([])
    expect(check({ [path]: inline + short + functionOf(21, 'a') + functionOf(21, 'f') })).toEqual([
      { rule: 'size/short-functions', value: 2 },
    ])
  })

  it('lets code stand two folders below src, and fifteen files in a folder', () => {
    const folder = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`plugins/travel/words/w${index}.ts`, '']))
    expect(check({ 'core/sdk/src/a/b/c.ts': '', ...folder(15), 'plugins/travel/words/w0.test.ts': '' })).toEqual([])
    expect(check({ 'core/sdk/src/a/b/c/d.ts': '' })).toEqual([{ rule: 'size/folder-depth', value: 3 }])
    expect(check(folder(16))).toEqual([{ rule: 'size/folder-files', value: 16 }])
  })
})

describe('listFunctions', () => {
  it('names functions after what holds them', () => {
    const code = 'const a = () => 1; class B { c() {} d = () => 2 }; const e = { f: () => 3, g() {} }; [].map(() => 4)'
    const names = listFunctions(buildProject({ [path]: code }), path).map(({ name }) => name)
    expect(names).toEqual(['a', 'c', 'd', 'f', 'g', 'anonymous'])
  })
})

describe('listThinFolders', () => {
  it('lists folders with fewer than three files', () => {
    expect(listThinFolders(buildProject({ 'core/sdk/src/a.ts': '', 'core/sdk/src/b/c.ts': '' }))).toEqual([
      'core/sdk/src/b (1)',
    ])
  })
})

describe('applyExceptions', () => {
  const measured: Problem = { rule: 'size/parameters', path, text: '', value: 5 }
  const counted: Problem = { rule: 'word/any', path, text: '' }
  const exception = (rule: string, allowed: number) => ({ rule, path, allowed, reason: 'because' })

  it('excuses up to the measure or the number that is stated', () => {
    expect(applyExceptions([measured], [exception('size/parameters', 5)])).toEqual([])
    expect(applyExceptions([measured], [exception('size/parameters', 4)])).toEqual([measured])
    expect(applyExceptions([counted, { ...counted }], [exception('word/any', 2)])).toEqual([])
    expect(applyExceptions([counted, { ...counted }], [exception('word/any', 1)])).toHaveLength(2)
  })

  it('fails for an exception that is no longer needed', () => {
    expect(applyExceptions([], [exception('word/any', 1)])).toEqual([
      expect.objectContaining({ path: 'test/tidy/exceptions.ts', text: expect.stringContaining('no longer needed') }),
    ])
  })
})

describe('the house', () => {
  it('keeps its sizes', () => {
    const project = readProject()
    const thin = listThinFolders(project)
    if (thin.length > 0) console.warn(`folders of fewer than three files: ${thin.join(', ')}`)
    assertTidy('size', findSizeProblems(project))
  })
})
