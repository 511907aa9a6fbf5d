import { describe, expect, it } from 'vitest'
import { allocatePayment, chargeLateness, payLate, readMinor, writeMinor, type Arrears } from '../../credit.ts'

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

describe('what is overdue', () => {
  it.each<[string, Partial<Arrears>]>([
    ['principal has to be zero or more, in minor units', { principal: -1n }],
    ['interest has to be zero or more', { interest: -1n }],
    ['fee has to be zero or more', { fee: -1n }],
    ['penalty has to be zero or more', { penalty: -1n }],
    ['due has to be the day of since or an earlier one', { due: '2026-03-21' }],
  ])('is refused where it says something else: %s', (message, wrong) => {
    expect(() => chargeLateness({ ...arrears, ...wrong }, '2026-04-01', rule)).toThrow(message)
    expect(() => payLate({ ...arrears, ...wrong }, { on: '2026-04-01', amount: 1n }, rule)).toThrow(message)
  })

  it('has no days of grace below none', () => {
    const charge = (graceDays: number) => chargeLateness(arrears, '2026-04-01', { ...rule, graceDays })
    for (const graceDays of [-1, 1.5])
      expect(() => charge(graceDays)).toThrow('graceDays has to be a whole number from 0')
  })

  it('takes a payment only where nothing is less than nothing', () => {
    const dues = { penalty: 0n, fee: 0n, interest: 10n, principal: 100n }
    for (const part of ['penalty', 'fee', 'interest', 'principal'] as const)
      expect(() => allocatePayment(50n, { ...dues, [part]: -1n })).toThrow(
        `${part} has to be zero or more, in minor units`,
      )
  })
})
