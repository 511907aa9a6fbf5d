import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { buildOrderRow, viewOf } from '../../test/sample-order.ts'
import { isUnresolved, judgeAnswer, nextQueryDelayMs } from './judge.ts'

const order = buildOrderRow()
const judge = (answer: Parameters<typeof judgeAnswer>[2]): unknown => judgeAnswer(order, 'mch_1', answer)

describe('judgeAnswer', () => {
  it('takes no answer for no answer, and says why there is none', () => {
    expect(judge({ kind: 'unknown', code: 'no_answer' })).toEqual({ kind: 'unknown', code: 'no_answer' })
    expect(judge({ kind: 'not_found' })).toEqual({ kind: 'not_found' })
  })

  it('takes a refusal for a failure with its reason', () => {
    const refused = { kind: 'refused', code: 'limit', reason: 'declined' } as const
    expect(judge(refused)).toEqual({ kind: 'failed', reason: 'declined', code: 'limit' })
  })

  it.each(['done', 'pending'] as const)(
    'goes by the state of the payment, whatever the answer is called: %s',
    (kind) => {
      const view = viewOf(order)
      expect(judge({ kind, value: view })).toEqual({ kind: 'succeeded', view })
      const processing = viewOf(order, { state: 'processing' })
      expect(judge({ kind, value: processing })).toEqual({ kind: 'pending', view: processing })
      const failed = viewOf(order, { state: 'failed', failure: 'insufficient_funds' })
      expect(judge({ kind, value: failed })).toEqual({ kind: 'failed', reason: 'insufficient_funds', code: 'failed' })
      const silent = viewOf(order, { state: 'failed' })
      expect(judge({ kind, value: silent })).toEqual({ kind: 'failed', reason: 'declined', code: 'failed' })
    },
  )

  it('believes nothing about another payment', () => {
    expect(judge({ kind: 'done', value: viewOf(order, { clientRef: 'other' }) })).toEqual({
      kind: 'unknown',
      code: 'foreign_reference',
    })
  })

  it.each([
    ['a fen more', { amount: money(order.amount_minor + 1n, 'CNY') }],
    ['a fen less', { amount: money(order.amount_minor - 1n, 'CNY') }],
    ['nothing', { amount: money(0n, 'CNY') }],
    ['another currency', { amount: money(order.amount_minor, 'USD') }],
    ['another payee', { payeeId: 'mch_2' }],
    ['no payee', { payeeId: '' }],
    ['a fee in another currency', { fee: money(5n, 'USD') }],
  ])('takes a payment over %s for no success, in any state', (_name, change) => {
    for (const state of ['succeeded', 'failed', 'processing'] as const) {
      const view = viewOf(order, { ...change, state })
      expect(judge({ kind: 'done', value: view })).toEqual({ kind: 'mismatch', view })
    }
  })

  it('compares amounts that a double cannot tell apart', () => {
    const large = buildOrderRow({ amount_minor: 2n ** 53n + 1n })
    const near = viewOf(large, { amount: money(2n ** 53n, 'CNY') })
    expect(judgeAnswer(large, 'mch_1', { kind: 'done', value: near })).toMatchObject({ kind: 'mismatch' })
    expect(judgeAnswer(large, 'mch_1', { kind: 'done', value: viewOf(large) })).toMatchObject({ kind: 'succeeded' })
  })
})

describe('the questions to the bank', () => {
  it('come after 2 s, 5 s, 15 s, 1 min, 5 min, half an hour, then hourly for a day, then every six hours', () => {
    const minutes = Array.from({ length: 33 }, (_, queries) => nextQueryDelayMs(queries) / 60_000)
    expect(minutes.slice(0, 6)).toEqual([2 / 60, 5 / 60, 15 / 60, 1, 5, 30])
    expect(new Set(minutes.slice(6, 30))).toEqual(new Set([60]))
    expect(minutes.slice(30)).toEqual([360, 360, 360])
  })

  it('bring somebody to look at it after a day, once', () => {
    const called = Array.from({ length: 100 }, (_, queries) => queries).filter(isUnresolved)
    const waitedHours =
      Array.from({ length: called[0] ?? 0 }, (_, n) => nextQueryDelayMs(n)).reduce((sum, ms) => sum + ms, 0) / 3_600_000
    expect(called).toEqual([30])
    expect(Math.floor(waitedHours)).toBe(24)
  })
})
