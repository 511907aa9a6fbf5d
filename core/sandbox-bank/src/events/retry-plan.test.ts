import { expect, test } from 'vitest'
import { judgeAttempt, retryPlanMs } from './retry-plan.ts'

const facts = { attempts: 1, nowMs: Date.UTC(2026, 2, 5), chance: 0 }
const minute = 60_000

test.each([200, 201, 204, 299])('%i is taken', (status) => {
  expect(judgeAttempt({ status }, facts)).toEqual({ kind: 'delivered' })
})

test.each([{ status: 500 }, { status: 404 }, { status: 301 }, { status: 'no-answer' as const }])(
  '%j is tried again',
  (answer) => {
    expect(judgeAttempt(answer, facts)).toEqual({ kind: 'retry', waitMs: 5_000 })
  },
)

test('410 ends it', () => {
  expect(judgeAttempt({ status: 410 }, facts)).toEqual({ kind: 'gone' })
})

test('the plan is followed to its end, with up to a tenth of spread', () => {
  const waits = retryPlanMs.map((_, index) => judgeAttempt({ status: 500 }, { ...facts, attempts: index + 1 }))
  const minutes = waits.map((verdict) => (verdict.kind === 'retry' ? verdict.waitMs / minute : verdict.kind))
  expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440, 'exhausted'])
  expect(judgeAttempt({ status: 500 }, { ...facts, attempts: 2, chance: 0.5 })).toEqual({
    kind: 'retry',
    waitMs: 5.25 * minute,
  })
})

test.each([
  [503, '600', 10 * minute],
  [429, 'Thu, 05 Mar 2026 00:20:00 GMT', 20 * minute],
  [503, '1', 5_000],
  [503, 'soon', 5_000],
  [503, '99999999', 27 * 60 * minute],
  [500, '600', 5_000],
])('%i with Retry-After %s waits %i ms', (status, retryAfter, waitMs) => {
  expect(judgeAttempt({ status, retryAfter }, facts)).toEqual({ kind: 'retry', waitMs })
})
