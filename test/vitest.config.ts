import { defineConfig } from 'vitest/config'
import { LongestFirst } from './kit/longest-first.ts'

/** Unit and contract tests stand beside their files; everything that needs the whole house stands in `test/`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['core/*/src/**/*.test.ts', 'plugins/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/bench/**'],
    pool: 'forks',
    // Nothing in the project lives in a module: files that share a process need not load everything again.
    isolate: false,
    // Much of the time is spent waiting for servers and for clocks: three files at once fill two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 40_000,
    hookTimeout: 60_000,
  },
})
