import { describe, expect, it } from 'vitest'
import { findDocumentProblems } from './document-problems.ts'
import { assertTidy, type Problem } from './problem.ts'
import { findSnippetProblems } from './snippet-problems.ts'
import { buildProject, readProject } from './source/project.ts'

const house = {
  'core/sdk/package.json': '{ "name": "@inthread/sdk" }',
  'core/sdk/src/money.ts': '',
  'core/messaging/src/inbox/accept.ts': '',
}

function check(path: string, text: string): readonly Problem[] {
  return findDocumentProblems(buildProject({ ...house, [path]: text }))
}

describe('findDocumentProblems', () => {
  it.each([
    '`core/sdk/src/money.ts`',
    '`core/sdk/`',
    '`messaging/inbox`',
    '`sdk/money`',
    '`core/*/src`',
    '`./sdk/src/money.ts`',
    '`@inthread/sdk`',
    '[money](sdk/src/money.ts#why)',
    '[site](https://example.com/a/b)',
    '`and/or`',
    '`/healthz/x`',
    '`core/<room>/src`',
    '`npm test core/nowhere`',
    '```\n`core/nowhere.ts`\n```',
  ])('accepts %s', (text) => {
    expect(check('core/ARCHITECTURE.md', `# House\n\n${text}\n`)).toEqual([])
  })

  it.each([
    '`core/sdk/src/coin.ts`',
    '`messaging/outbox`',
    '`./coin.ts`',
    '`../core/nothing/*`',
    '`@inthread/coin`',
    '[money](coin.ts)',
  ])('refuses %s', (text) => {
    expect(check('core/ARCHITECTURE.md', `# House\n\n${text}\n`)).toMatchObject([{ rule: 'document/path', line: 3 }])
  })

  it.each(['no title', '# One\n\n# Two'])('wants one title, not in %j', (text) => {
    expect(check('README.md', text)).toMatchObject([{ rule: 'document/title' }])
  })

  it('does not take a comment in a block for a title', () => {
    expect(
      check('README.md', '# One\n\n```sh\n# starts it\nnpm start\n```\n\n~~~~\n# two\n~~~\n# three\n~~~~\n'),
    ).toEqual([])
  })

  it('wants decisions numbered and dated', () => {
    expect(check('core/decisions/001-no-build-step.md', '# No build step\n\nDate: 2026-11-22\n')).toEqual([])
    expect(check('core/decisions/no-build-step.md', '# No build step\n\nDate: 2026-13-22\n')).toHaveLength(2)
  })
})

describe('findSnippetProblems', () => {
  it('compiles marked blocks against the doors of the workspace and names the line', () => {
    const sample = [
      '# Money',
      '',
      '```ts check',
      "import { money } from '@inthread/sdk/money'",
      "const fare: bigint = money('5', 'CNY')",
      '```',
      '',
      '```ts',
      'this is not checked',
      '```',
      '',
      '```ts check',
      'export const fine: number = 1',
      '```',
      '',
    ]
    const real = readProject()
    const files = Object.fromEntries(
      real.paths.filter((path) => path.endsWith('package.json')).map((path) => [path, real.readText(path)]),
    )
    const problems = findSnippetProblems(
      buildProject({ ...files, 'core/sdk/src/money.ts': '', 'README.md': sample.join('\n') }),
    )
    expect(problems).toEqual([
      {
        rule: 'document/snippet',
        path: 'README.md',
        line: 5,
        text: expect.stringContaining("not assignable to type 'bigint'"),
      },
    ])
  })
})

describe('the house', () => {
  it('tells the truth in its documents', () => {
    const project = readProject()
    assertTidy('document', [...findDocumentProblems(project), ...findSnippetProblems(project)])
  })
})
