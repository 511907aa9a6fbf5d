import { describe, expect, it } from 'vitest'
import { assertTidy } from './problem.ts'
import { buildProject, readProject } from './source/project.ts'
import { findTopLevelProblems } from './top-level-problems.ts'

const required = [
  'README.md',
  'LICENSE',
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.json',
  '.ci/run',
]
const bare = Object.fromEntries(required.map((path) => [path, '']))
const privateKey = ['-----BEGIN PRIV', 'ATE KEY-----\nMC4CAQ'].join('')

function listRules(files: Readonly<Record<string, string>>): string[] {
  return findTopLevelProblems(buildProject(files)).map(({ rule, path }) => `${rule} ${path}`)
}

describe('findTopLevelProblems', () => {
  it('is content with what must be there', () => {
    expect(listRules(bare)).toEqual([])
  })

  it('finds strangers and what is missing', () => {
    const { LICENSE, ...others } = bare
    expect(LICENSE).toBe('')
    expect(listRules({ ...others, 'notes.md': '', 'docs/a.md': '' })).toEqual([
      'top/name docs',
      'top/name notes.md',
      'top/missing LICENSE',
    ])
  })

  it.each([privateKey, `{ "kty": "OKP", "d": "${'x'.repeat(43)}" }`])(
    'finds %j outside tenants and tests',
    (secret) => {
      expect(listRules({ ...bare, 'core/runtime/src/keys.json': secret })).toEqual([
        'top/secret core/runtime/src/keys.json',
      ])
      expect(listRules({ ...bare, 'tenants/rail/tenant.json': secret, 'core/banks/src/sign.test.ts': secret })).toEqual(
        [],
      )
    },
  )
})

describe('the house', () => {
  it('has at its top level what its plan names, and no keys', () => {
    assertTidy('top', findTopLevelProblems(readProject()))
  })
})
