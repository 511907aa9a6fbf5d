import { expect, test } from 'vitest'
import { buildCredit } from '../credit/render-credit.ts'
import { findEarly, lowerPrincipal, openLines, type LoanBook } from './loan-book.ts'

const terms: LoanBook['terms'] = {
  ...{ annualRate: '0.06', method: 'equal-instalment', periods: 12, dayCount: 'ACT/365F', rounding: 'half-up' },
  ...{ start: '2026-01-15', firstDue: '2026-02-15' },
}

const { wire } = buildCredit('loan', { ...terms, principalMinor: 5_000_000n })
const opened: LoanBook = { terms, penaltyMultiplier: '1.5', lines: openLines(wire.schedule) }

/** Goods taken back: the interest until then is carried to the next line. */
function lower(book: LoanBook, on: string, strategy: 'shorter-term' | 'lower-instalment'): LoanBook {
  const early = findEarly(book, on)
  if (!early) throw new Error('something is left')
  const lowering = { early, principalMinor: 500_000n, carriedMinor: early.interestMinor, wish: { on, strategy } }
  return { ...book, lines: lowerPrincipal(book, lowering) }
}

test('fewer instalments stay as they were, also where interest was carried to the next one before', () => {
  const once = lower(opened, '2026-01-25', 'shorter-term')
  const twice = lower(once, '2026-02-01', 'shorter-term')
  expect([opened, once, twice].map(({ lines }) => lines[1]?.payment)).toEqual(['430276', '430276', '430276'])
  expect(twice.lines.at(-1)?.n).toBe(10)
})

test('smaller instalments are as many as there were left', () => {
  const once = lower(opened, '2026-01-25', 'shorter-term')
  const twice = lower(once, '2026-02-01', 'lower-instalment')
  expect([opened, once, twice].map(({ lines }) => lines.at(-1)?.n)).toEqual([12, 11, 11])
})
