import { describe, expect, it } from 'vitest'
import {
  buildSchedule,
  prepay,
  quotePayoff,
  readMinor,
  refundPurchase,
  writeMinor,
  type CreditTerms,
  type Prepayment,
  type Schedule,
} from '../../credit.ts'

const yuan = (amount: bigint): string => writeMinor(amount, 2)
const fen = (text: string): bigint => readMinor(text, 2)

const base: CreditTerms = {
  ...{ method: 'equal-instalment', principal: fen('12000.00'), annualRate: '0.12', periods: 12 },
  start: '2026-01-15',
}

/** Paid on the due day of the last payment, where no other day is named. */
function pay(
  schedule: Schedule,
  paid: number,
  { amount, strategy, on }: { amount: string; strategy: Prepayment['strategy']; on?: string },
): Schedule {
  const due = schedule.rows.find(({ n }) => n === paid)?.due ?? schedule.rows[0]?.from ?? ''
  return prepay(schedule, { paid, on: on ?? due, amount: fen(amount), strategy }).schedule
}

const write = ({ rows }: Schedule): readonly string[] =>
  rows.map(({ n, principal, interest }) => `${n}: ${yuan(principal)}+${yuan(interest)}`)

describe('a part paid early', () => {
  it.each(['2026-03-28', '2026-03-29', '2026-03-30'])(
    'at the end of a month that counts as a twelfth leaves no interest for the rest of it: %s',
    (on) => {
      const schedule = buildSchedule({ ...base, start: '2026-01-31' })
      const ask = { paid: 1, on, amount: fen('2000.00'), strategy: 'lower-instalment' as const }
      const prepaid = prepay(schedule, ask)
      expect([yuan(prepaid.interest), yuan(prepaid.schedule.rows[0]?.interest ?? -1n)]).toEqual(['110.54', '0.00'])
    },
  )

  it('once and again keeps what is left of the time without principal, and without interest', () => {
    const first = pay(buildSchedule({ ...base, gracePeriods: 6 }), 2, {
      amount: '1000.00',
      strategy: 'lower-instalment',
    })
    const second = pay(first, 4, { amount: '1000.00', strategy: 'lower-instalment' })
    expect(write(second).slice(0, 3)).toEqual(['5: 0.00+100.00', '6: 0.00+100.00', '7: 1625.48+100.00'])
    const free = buildSchedule({ ...base, gracePeriods: 6, graceInterest: 'free', downPayment: fen('2000.00') })
    const third = pay(pay(free, 3, { amount: '1000.00', strategy: 'lower-instalment' }), 5, {
      ...{ amount: '1000.00', strategy: 'lower-instalment' },
    })
    expect(write(third).slice(0, 3)).toEqual(['6: 0.00+0.00', '7: 0.00+0.00', '8: 1300.39+80.00'])
  })

  it('before the first payment leaves the fee of that payment, and after it there is none', () => {
    const fees = { onceRate: '0.01' }
    const plain = buildSchedule({ ...base, fees })
    const paidDown = buildSchedule({ ...base, fees, downPayment: fen('2000.00') })
    const ask = { amount: '3000.00', strategy: 'lower-instalment' } as const
    const feesOf = ({ rows }: Schedule): readonly string[] => rows.slice(0, 2).map(({ n, fee }) => `${n}: ${yuan(fee)}`)
    expect(feesOf(pay(plain, 0, { ...ask, on: '2026-01-20' }))).toEqual(['1: 120.00', '2: 0.00'])
    const before = pay(paidDown, 1, { ...ask, on: '2026-01-20' })
    expect(feesOf(before)).toEqual(['2: 120.00', '3: 0.00'])
    expect(feesOf(pay(before, 1, { ...ask, on: '2026-01-25' }))).toEqual(['2: 120.00', '3: 0.00'])
    expect(feesOf(pay(before, 2, ask))).toEqual(['3: 0.00', '4: 0.00'])
  })

  it('comes after the down payment, as goods do that are taken back', () => {
    const paidDown = buildSchedule({ ...base, downPayment: fen('2000.00') })
    expect(() => refundPurchase(paidDown, { paid: 0, amount: fen('1000.00'), fees: 'unchanged' })).toThrow(
      'paid has to be at least 1: the down payment comes first',
    )
  })

  it('for a shorter time keeps the payments of each rate', () => {
    const schedule = buildSchedule({ ...base, rateChanges: [{ from: 5, annualRate: '0.24' }] })
    expect(schedule.instalments.map(({ from, amount }) => `${from}: ${yuan(amount)}`)).toEqual([
      '1: 1066.19',
      '5: 1113.66',
    ])
    const payments = (paid: number, amount: string): readonly string[] =>
      pay(schedule, paid, { amount, strategy: 'shorter-term' }).rows.map(({ payment }) => yuan(payment))
    expect(payments(6, '1000.00')).toEqual(['1113.66', '1113.66', '1113.66', '1113.66', '1101.39'])
    const [before, after] = [Array<string>(2).fill('1066.19'), Array<string>(7).fill('1113.66')]
    expect(payments(2, '100.00')).toEqual([...before, ...after, '994.13'])
    const twice = pay(pay(schedule, 6, { amount: '100.00', strategy: 'shorter-term' }), 8, {
      ...{ amount: '1000.00', strategy: 'shorter-term' },
    })
    expect(yuan(twice.rows[0]?.payment ?? 0n)).toBe('1113.66')
  })

  it('for lower payments keeps to the time that an earlier one has made shorter', () => {
    const shorter = pay(buildSchedule(base), 4, { amount: '3000.00', strategy: 'shorter-term' })
    const lower = pay(shorter, 5, { amount: '500.00', strategy: 'lower-instalment' })
    expect([shorter, lower].map(({ rows }) => rows.at(-1)?.n)).toEqual([9, 9])
    expect(write(lower)[0]).toBe('6: 897.33+36.43')
    expect(lower.periods.map(({ n }) => n)).toEqual([6, 7, 8, 9])
  })

  it('is refused with what it has to be, for those who write no types', () => {
    const schedule = buildSchedule(base)
    const ask = { paid: 1, on: '2026-02-15', amount: 100_000n, strategy: 'lower-instalment' as const }
    for (const [text, message] of [
      ['{"strategy":"fewer"}', 'strategy has to be one of shorter-term, lower-instalment'],
      ['{"amount":1000}', 'amount has to be an amount: money, or whole minor units as a bigint'],
    ] as const)
      expect(() => prepay(schedule, { ...ask, ...(JSON.parse(text) as object) })).toThrow(message)
    const refund = { paid: 1, amount: 100_000n, ...(JSON.parse('{"fees":"none"}') as { fees: 'unchanged' }) }
    expect(() => refundPurchase(schedule, refund)).toThrow('fees has to be one of unchanged, by-left, by-purchase')
  })

  it('is interest first that was deferred until then, also of goods that are taken back', () => {
    const deferred = buildSchedule({ ...base, gracePeriods: 4, graceInterest: 'deferred' })
    const back = refundPurchase(deferred, { paid: 2, amount: fen('1000.00'), fees: 'unchanged' })
    expect([yuan(back.interest), yuan(back.balanceAfter)]).toEqual(['240.00', '11240.00'])
    const ask = { paid: 2, on: '2026-03-15', amount: fen('1000.00'), strategy: 'lower-instalment' as const }
    expect(prepay(deferred, ask)).toEqual(back)
    expect(() => refundPurchase(deferred, { paid: 2, amount: fen('240.00'), fees: 'unchanged' })).toThrow(RangeError)
  })
})

describe('flat interest', () => {
  const flat = buildSchedule({ ...base, method: 'flat' })

  it.each([
    ['0.01', '720.00', '7: 999.99+120.00'],
    ['1000.00', '600.00', '7: 833.33+100.00'],
    ['3000.00', '360.00', '7: 500.00+60.00'],
  ])('falls in proportion to what is left where payments are lower: %s paid early', (amount, interest, first) => {
    const lower = pay(flat, 6, { amount, strategy: 'lower-instalment' })
    expect([yuan(lower.totals.interest), write(lower)[0]]).toEqual([interest, first])
    const { schedule } = refundPurchase(flat, { paid: 6, amount: fen(amount), fees: 'unchanged' })
    expect(write(schedule)).toEqual(write(lower))
  })

  it('falls twice where a part is paid twice', () => {
    const once = pay(flat, 6, { amount: '1000.00', strategy: 'lower-instalment' })
    // 5,000 - 833.33 - 416.67 are 9/12 of what would have been left: 120 x 5/6 x 9/10 each
    const twice = pay(once, 7, { amount: '416.67', strategy: 'lower-instalment' })
    expect(write(twice)[0]).toBe('8: 750.00+90.00')
  })

  it('stays the same each time where there are fewer payments', () => {
    const row = (n: number, principal = '1000.00'): string => `${n}: ${principal}+120.00`
    const shorter = (amount: string): readonly string[] => write(pay(flat, 6, { amount, strategy: 'shorter-term' }))
    expect(shorter('0.01')).toEqual([row(7), row(8), row(9), row(10), row(11), row(12, '999.99')])
    expect(shorter('1000.00')).toEqual([row(7), row(8), row(9), row(10), row(11)])
    expect(shorter('2500.00')).toEqual([row(7), row(8), row(9), row(10, '500.00')])
  })

  it('keeps payments in whole units as they are, too', () => {
    const whole = buildSchedule({ ...base, method: 'flat', instalmentMultiple: 1000n })
    const shorter = pay(whole, 6, { amount: '3000.00', strategy: 'shorter-term' })
    expect(shorter.rows.map(({ payment }) => yuan(payment))).toEqual(['1120.00', '1120.00', '1120.00'])
    expect(write(pay(shorter, 7, { amount: '500.00', strategy: 'lower-instalment' }))).toHaveLength(2)
  })

  it('is charged by days on the same amount, which a down payment is no part of', () => {
    const paidDown = buildSchedule({ ...base, method: 'flat', downPayment: fen('2400.00') })
    const on = '2026-01-25'
    // 9,600 x 12 % x 10 / 360
    expect(yuan(quotePayoff(paidDown, { paid: 1, on }).interest)).toBe('32.00')
    const lower = pay(flat, 6, { amount: '3000.00', strategy: 'lower-instalment' })
    expect(yuan(quotePayoff(lower, { paid: 6, on: '2026-07-25' }).interest)).toBe('20.00')
  })
})
