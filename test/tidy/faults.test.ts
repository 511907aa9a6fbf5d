import { describe, expect, it } from 'vitest'
import { findFaultProblems } from './fault-problems.ts'
import { assertTidy, type Problem } from './problem.ts'
import { buildProject, readProject } from './source/project.ts'

const catalogue =
  "export const catalogue = { 'inbox.too_large': { message: 'a body is too large', retryable: false } } as const"
const row = '| `inbox.too_large` | A body is over the limit. | Ask the operator to split it. |'
const files = {
  'core/sdk/src/fault/catalogue.ts': catalogue,
  'core/messaging/src/inbox/accept.ts': "throw new Fault('inbox.too_large', { data: { bytes: 1 } })",
  'core/FAULTS.md': `# Faults\n\n| code | what it means | what to do |\n|---|---|---|\n${row}\n`,
}
type Files = Readonly<Record<string, string>>

function check(changed: Files): readonly Problem[] {
  return findFaultProblems(buildProject({ ...files, ...changed }))
}

describe('findFaultProblems', () => {
  it('is content when catalogue, code and guide agree', () => {
    expect(check({})).toEqual([])
  })

  it('finds a raised code that the catalogue does not have', () => {
    const problems = check({ 'core/finance/src/a.ts': "\nthrow new Fault('order.lost')" })
    expect(problems).toMatchObject([{ rule: 'fault/unknown', path: 'core/finance/src/a.ts', line: 2 }])
  })

  it.each([
    ['nobody uses', ''],
    ['is only looked for', "if (isFault(error, 'inbox.too_large')) return"],
  ])('finds a code that %s', (_, code) => {
    expect(check({ 'core/messaging/src/inbox/accept.ts': code })).toMatchObject([{ rule: 'fault/unused', line: 1 }])
  })

  it('counts a code that reaches `new Fault` through a table', () => {
    const code = "const codes = { large: 'inbox.too_large' } as const; throw new Fault(codes.large)"
    expect(check({ 'core/messaging/src/inbox/accept.ts': code })).toEqual([])
  })

  it('does not count a test as a use', () => {
    const code = "throw new Fault('inbox.too_large')"
    const problems = check({
      'core/messaging/src/inbox/accept.ts': '',
      'core/messaging/src/inbox/accept.test.ts': code,
    })
    expect(problems).toMatchObject([{ rule: 'fault/unused' }])
  })

  it.each([
    ['leaves a code out', '# Faults', 'fault/unexplained'],
    ['explains what is not there', `# Faults\n${row}\n| \`order.lost\` | a | b |`, 'fault/guide'],
    ['explains twice', `# Faults\n${row}\n${row}`, 'fault/guide'],
    ['has an empty cell', '# Faults\n| `inbox.too_large` | A body is over the limit. |  |', 'fault/guide'],
  ])('finds a guide that %s', (_, guide, rule) => {
    expect(check({ 'core/FAULTS.md': guide })).toMatchObject([{ rule }])
  })
})

describe('the house', () => {
  it('has the same faults in its catalogue, its code and its guide', () => {
    assertTidy('fault', findFaultProblems(readProject()))
  })
})
