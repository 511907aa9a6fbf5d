import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readSkipped, renderSummary } from '../../scripts/test/summary.ts'

it('groups skipped suites by their reason and tells how to repeat the run', () => {
  const phases = [{ name: 'tests', tookMs: 1540, result: 'ok' }]
  const skip = (suite: string) => ({ suite, need: 'Chromium', optional: false, reason: 'needs Chromium: none here' })
  const summary = renderSummary({ phases, said: ['MySQL: 10.11'], seed: 7, skipped: [skip('phone'), skip('console')] })
  expect(summary).toBe(
    [
      '',
      ' tests           1.5 s  ok',
      ' with         MySQL: 10.11',
      ' seed         7  (again: INTHREAD_TEST_SEED=7 npm test)',
      ' skipped      2 suites, needs Chromium: none here',
      '                phone',
      '                console',
      '',
    ].join('\n'),
  )
})

it('reads what suites have noted, and nothing where none has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-notes-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const note = { suite: 'phone', need: 'Chromium', optional: false, reason: 'needs Chromium: none here' }
  writeFileSync(join(folder, 'notes'), `${JSON.stringify(note)}\n`)
  expect(readSkipped(join(folder, 'notes'))).toEqual([note])
  expect(readSkipped(join(folder, 'others'))).toEqual([])
})
