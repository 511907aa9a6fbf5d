import { describe, expect, it } from 'vitest'
import { loanVectors, scheduleOf, writeRows } from '../../../test/credit-vectors.ts'
import { discloseRates, writeDecimal, writeMinor } from '../../credit.ts'

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
