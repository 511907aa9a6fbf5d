import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openThread, type Stage } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'
import { buildDocuments } from '../rail/build-documents.ts'

const tenant = new URL('../../../tenants/northern-rail/', import.meta.url)
const documents = buildDocuments((file) => readFileSync(new URL(file, tenant), 'utf8'))
const now = Date.parse('2026-03-05T10:00:00+08:00') * 1000

const outcomes = ['succeeded', 'declined', 'cancelled', 'expired', 'unknown'] as const
const reasons = ['insufficient_funds', 'declined', 'try_later', 'not_linked'] as const
const sentences = [
  '成都',
  '去北京',
  '明天',
  '昨天',
  '一等座',
  '两张',
  '下午',
  '从成都到成都',
  '改到后天',
  'G308',
  '好',
  '不',
  '啊',
]

/** A tap on the n-th button, or words; the bank's outcome where a payment runs. */
const move = fc.record({
  tap: fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(12) }),
  words: fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(...sentences) }),
  outcome: fc.constantFrom(...outcomes),
  reason: fc.constantFrom(...reasons),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

function play(run: Stage, { tap, words, outcome, reason }: Move): void {
  if (run.step() === 'pay') {
    const value = outcome === 'succeeded' ? { receipt: 'R-1' } : outcome === 'declined' ? { reason } : {}
    return run.bank.answers(outcome, value)
  }
  if (run.step() === 'waitForBank') {
    return run.bank.settles(
      outcome === 'succeeded' ? { result: 'succeeded', receipt: 'R-1' } : { result: 'declined', reason },
    )
  }
  const label = run.bot.labels[tap % run.bot.labels.length]
  run.user.says(words === '' ? (label ?? '明天') : words)
}

describe('the book flow, whatever its user does', () => {
  const { locales } = plugin.contract.declaration
  it.each(locales)('always has something to say and holds one seat at most, in %s', (locale) => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 40 }), (moves) => {
        const input = { fromCity: 'chengdu', toCity: 'beijing', date: '2026-03-06' }
        const run = openThread(plugin, { now, locale, documents })
        run.starts('book', input)
        for (const next of moves) {
          if (run.step() === 'end') break
          play(run, next)
          expect(run.bot.text !== '' || run.step() === 'pay').toBe(true)
          expect(run.holds().length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 100 },
    )
  })
})
