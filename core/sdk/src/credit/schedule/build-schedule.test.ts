import { describe, expect, it } from 'vitest'
import { loanVectors, scheduleOf, writeRows } from '../../../test/credit-vectors.ts'
import {
  buildSchedule,
  discloseRates,
  prepay,
  writeDecimal,
  writeMinor,
  type CreditTerms,
  type Schedule,
} from '../../credit.ts'

describe('buildSchedule', () => {
  it.each(loanVectors.map((vector) => [vector.id, vector.title, vector] as const))(
    'agrees to the last digit: %s, %s',
    (_id, _title, vector) => {
      const { scale } = vector.currency
      const schedule = scheduleOf(vector)
      const write = (amount: bigint): string => writeMinor(amount, scale)
      const { principal, interest, fee, payment } = schedule.totals
      expect(writeRows(schedule.rows, scale)).toEqual(vector.schedule)
      expect({
        ...{ principal: write(principal), interest: write(interest), fee: write(fee) },
        ...{ penalty: write(0n), payment: write(payment) },
      }).toEqual(vector.totals)
      if (vector.instalment !== undefined) expect(write(schedule.instalment ?? 0n)).toBe(vector.instalment)
      if (vector.exactInstalment !== undefined && schedule.exactInstalment !== undefined) {
        const { numerator, denominator } = schedule.exactInstalment
        const exact = { numerator, denominator: denominator * 10n ** BigInt(scale) }
        expect(writeDecimal(exact, vector.exactInstalment.split('.')[1]?.length ?? 0)).toBe(vector.exactInstalment)
      }
      if (vector.disclosure === undefined) return
      const rates = discloseRates(schedule)
      expect({
        ...{ periodsPerYear: 12, periodicIrr: rates.periodic, nominalAnnualSimple: rates.annualSimple },
        ...{ effectiveAnnualCompound: rates.annualCompound, effectiveAnnualByDates365: rates.annualByDates },
        ...{ shownPercentSimple: rates.percentSimple, shownPercentCompound: rates.percentCompound },
        totalCostOfCredit: write(rates.totalCost),
      }).toEqual(vector.disclosure)
    },
  )
})

describe('the fit of the last payment', () => {
  const closest: CreditTerms = {
    ...{ principal: 1_200_000n, method: 'equal-instalment', annualRate: '0.12', periods: 12, start: '2026-01-15' },
    instalmentFit: 'closest',
  }
  const listPayments = ({ rows }: Schedule): readonly string[] => rows.map(({ payment }) => writeMinor(payment, 2))

  it('changes no payment that the contract fixes', () => {
    const fixed = buildSchedule({ ...closest, periods: 6, instalment: 207_060n })
    expect(listPayments(fixed)).toEqual([...Array<string>(5).fill('2070.60'), '2070.47'])
  })

  it('changes none either that is kept after a part was paid early', () => {
    const ask = { paid: 4, on: '2026-05-15', amount: 300_000n, strategy: 'shorter-term' } as const
    const { schedule } = prepay(buildSchedule({ ...closest, instalmentMultiple: 100n }), ask)
    expect(listPayments(schedule).slice(0, -1)).toEqual(Array<string>(4).fill('1066.00'))
  })
})
