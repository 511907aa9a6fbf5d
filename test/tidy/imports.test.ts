import { describe, expect, it } from 'vitest'
import { findCycleProblems } from './cycle-problems.ts'
import { findImportProblems } from './import-problems.ts'
import { assertTidy, type Problem } from './problem.ts'
import { buildProject, readProject } from './source/project.ts'

const house = {
  'package.json': JSON.stringify({ devDependencies: { vitest: '*', mysql2: '*', '@inthread/sdk': '*' } }),
  'core/sdk/package.json': manifest('@inthread/sdk', { '.': './src/index.ts', './fault': './src/fault.ts' }, ['zod']),
  'core/store/package.json': manifest('@inthread/store', { '.': './src/index.ts' }, ['@inthread/sdk', 'kysely']),
  'core/messaging/package.json': manifest('@inthread/messaging', {}, [
    '@inthread/sdk',
    '@inthread/finance',
    'kysely',
    'fastify',
  ]),
  'core/finance/package.json': manifest('@inthread/finance', { '.': './src/index.ts' }, []),
  'core/runtime/package.json': manifest('@inthread/runtime', { '.': './src/index.ts' }, ['fastify']),
  'core/cli/package.json': manifest('inthread', {}, ['@inthread/runtime']),
  'core/sandbox-bank/package.json': manifest('@inthread/sandbox-bank', { '.': './src/index.ts' }, [
    'fastify',
    '@inthread/sdk',
  ]),
  'plugins/travel/package.json': manifest('@inthread/travel', { '.': './index.ts' }, [
    '@inthread/sdk',
    '@inthread/store',
    'lodash',
  ]),
}

function manifest(name: string, exports: object, dependencies: readonly string[]): string {
  return JSON.stringify({ name, exports, dependencies: Object.fromEntries(dependencies.map((each) => [each, '*'])) })
}

function check(path: string, code: string): readonly Problem[] {
  return findImportProblems(buildProject({ ...house, [path]: code }))
}

describe('findImportProblems', () => {
  it.each([
    ['core/store/src/a.ts', "import { z } from '@inthread/sdk'"],
    ['core/store/src/a.ts', "import type { Fault } from '@inthread/sdk/fault'"],
    ['core/store/src/a.ts', "import { sql } from 'kysely'"],
    ['core/messaging/src/inbox/inbox.store.ts', "import { sql } from 'kysely'"],
    ['core/runtime/src/http/serve.ts', "import fastify from 'fastify'"],
    ['core/sandbox-bank/src/serve.ts', "import fastify from 'fastify'; import { DatabaseSync } from 'node:sqlite'"],
    ['core/cli/src/main.ts', "const { serve } = await import('@inthread/runtime')"],
    ['core/sdk/src/a.test.ts', "import { it } from 'vitest'"],
    ['core/store/src/a.test.ts', "import { x } from '../../../test/kit/databases.ts'"],
    ['core/store/src/kit/fake-disk.ts', "import { it } from 'vitest'; import { x } from './other.ts'"],
    ['core/sdk/src/kit.ts', "export { x } from './kit/run-story.ts'"],
    ['plugins/travel/flow.ts', "import { defineFlow } from '@inthread/sdk'; import { read } from './words/reader.ts'"],
    ['plugins/travel/flow.test.ts', "import { it } from 'vitest'; import { readFileSync } from 'node:fs'"],
    ['test/kit/databases.ts', "import mysql from 'mysql2/promise'; import { x } from '../../scripts/test/x.ts'"],
  ])('lets %s write %s', (path, code) => {
    expect(check(path, code)).toEqual([])
  })

  it.for([
    ['core/messaging/src/a.ts', "import { x } from '@inthread/finance'", 'import/level', 'ports.ts'],
    ['core/sdk/src/a.ts', "export { x } from '@inthread/store'", 'import/level', 'sdk may import nothing of ours'],
    ['core/finance/src/a.ts', "import type { x } from '@inthread/runtime'", 'import/level', 'nobody imports runtime'],
    ['core/cli/src/main.ts', "import { serve } from '@inthread/runtime'", 'import/level', 'await import('],
    ['core/sandbox-bank/src/a.ts', "import { money } from '@inthread/sdk'", 'import/level', 'imports nothing of ours'],
    ['core/runtime/src/a.ts', "import { startBank } from '@inthread/sandbox-bank'", 'import/level', 'over HTTP'],
    ['core/store/src/a.ts', "import { x } from '@inthread/store'", 'import/level', 'relative paths'],
    ['plugins/travel/a.ts', "import { x } from '@inthread/store'", 'import/level', 'plugins may import sdk'],
    ['plugins/travel/a.ts', "import { chunk } from 'lodash'", 'import/plugin', '@inthread/sdk and nothing else'],
    ['plugins/travel/a.ts', "import { readFileSync } from 'node:fs'", 'import/plugin', 'what the step is given'],
    [
      'core/store/src/a.ts',
      "import { x } from '../../sdk/src/money.ts'",
      'import/package',
      'import @inthread/sdk by name',
    ],
    [
      'core/store/src/a.ts',
      "import { x } from '../../../test/kit/databases.ts'",
      'import/package',
      'leaves its package',
    ],
    ['core/store/src/a.ts', "import { x } from './kit/fake-disk.ts'", 'import/kit', 'only tests'],
    ['test/journeys/a.ts', "import t from '../../tenants/rail/tenant.ts'", 'import/level', 'tenants are data'],
    ['core/store/src/a.ts', "import { x } from '@inthread/sdk/src/money.ts'", 'import/door', './fault'],
    ['core/store/src/a.ts', "import { x } from '@inthread/nowhere'", 'import/door', 'no package'],
    ['core/messaging/src/inbox/inbox.ts', "import type { Kysely } from 'kysely'", 'import/fence', '*.store.ts'],
    ['core/messaging/src/a.ts', "import fastify from 'fastify'", 'import/fence', 'live in runtime'],
    ['core/messaging/src/a.ts', "import { DatabaseSync } from 'node:sqlite'", 'import/fence', 'only store'],
    ['core/messaging/src/a.ts', "import { request } from 'node:https'", 'import/fence', 'through a port'],
    [
      'core/messaging/src/a.ts',
      "import { trace } from '@opentelemetry/api'",
      'import/fence',
      'core/store/src/trace.ts',
    ],
    [
      'core/messaging/src/a.ts',
      "import { setTimeout as sleep } from 'node:timers/promises'",
      'import/fence',
      'move time',
    ],
    ['core/store/src/a.ts', "import { z } from 'zod'", 'import/declared', 'dependencies of core/store/package.json'],
    ['core/store/src/a.ts', "import { it } from 'vitest'", 'import/declared', 'vitest is not declared'],
    ['core/store/src/a.ts', "import { join } from 'path'", 'import/declared', 'write node:path'],
    [
      'scripts/test.ts',
      "import { x } from 'execa'",
      'import/declared',
      'dependencies or devDependencies of package.json',
    ],
  ])('refuses %s to write %s', ([path = '', code = '', rule = '', text = '']) => {
    expect(check(path, code)).toEqual([{ rule, path, line: 1, text: expect.stringContaining(text) }])
  })
})

describe('findCycleProblems', () => {
  it('names a knot once, and leaves what hangs on it alone', () => {
    const problems = findCycleProblems(
      buildProject({
        'core/sdk/src/a.ts': "import { b } from './b.ts'",
        'core/sdk/src/b.ts': "import type { C } from './deep/c.ts'",
        'core/sdk/src/deep/c.ts': "export * from '../a.ts'; export * from './leaf.ts'",
        'core/sdk/src/deep/leaf.ts': '',
        'core/sdk/src/on-top.ts': "import { a } from './a.ts'",
      }),
    )
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'core/sdk/src/a.ts',
        text: expect.stringContaining('through core/sdk/src/b.ts, core/sdk/src/deep/c.ts'),
      }),
    ])
  })

  it('sees a file that imports itself', () => {
    expect(findCycleProblems(buildProject({ 'test/kit/a.ts': "import { a } from './a.ts'" }))).toHaveLength(1)
  })
})

describe('the house', () => {
  it('imports downwards only, through doors, and without circles', () => {
    const project = readProject()
    assertTidy('import', [...findImportProblems(project), ...findCycleProblems(project)])
  })
})
