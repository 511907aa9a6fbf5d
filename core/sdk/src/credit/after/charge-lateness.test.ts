import { describe, expect, it } from 'vitest'
import { chargeLateness, payLate, readMinor, writeMinor, type Arrears } from '../../credit.ts'

const yuan = (amount: bigint): string => writeMinor(amount, 2)
const fen = (text: string): bigint => readMinor(text, 2)

const rule = { penaltyRate: '0.36', graceDays: 3 }
const arrears: Arrears = { since: '2026-03-20', principal: fen('1000.00'), interest: 0n }

const pay = (before: Arrears, on: string, amount: string): Arrears =>
  payLate(before, { on, amount: fen(amount) }, rule).arrears
const penalty = (after: Arrears, on: string): string => yuan(chargeLateness(after, on, rule).penaltyTotal)

describe('days of grace', () => {
  it('begin with the due day, however often a little is paid', () => {
    let [left, total] = [arrears, 0n]
    for (const on of ['2026-03-23', '2026-03-26', '2026-03-29', '2026-04-01']) {
      const paid = payLate(left, { on, amount: 1n }, rule)
      ;[left, total] = [paid.arrears, total + paid.charge.penaltyTotal]
    }
    expect([yuan(total), penalty(arrears, '2026-04-01')]).toEqual(['12.00', '12.00'])
  })

  it('make the days within them late once they are over, also for what is left after a part', () => {
    const left = pay(arrears, '2026-03-22', '100.00')
    expect(left).toMatchObject({ since: '2026-03-20', due: '2026-03-20', principal: fen('900.00') })
    expect([penalty(left, '2026-03-23'), penalty(left, '2026-04-10')]).toEqual(['0.00', '18.90'])
  })

  it('do not come again after a part was paid late', () => {
    const left = pay(arrears, '2026-04-10', '321.00')
    expect(left).toMatchObject({ since: '2026-04-10', due: '2026-03-20', principal: fen('700.00') })
    // 700 × 36 % × 2 / 360
    expect(chargeLateness(left, '2026-04-12', rule)).toMatchObject({ daysLate: 2, penaltyTotal: fen('1.40') })
  })
})
