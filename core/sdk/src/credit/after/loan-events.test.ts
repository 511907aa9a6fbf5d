import { describe, expect, it } from 'vitest'
import {
  loanVectors,
  readVectors,
  scheduleOf,
  termsOf,
  writeRows,
  type LoanInputs,
} from '../../../test/credit-vectors.ts'
import {
  buildInterestForm,
  buildSchedule,
  chargeLateness,
  payLate,
  penaltyRateOf,
  prepay,
  quotePayoff,
  readMinor,
  refundPurchase,
  writeMinor,
  type RealDayCount,
  type Schedule,
} from '../../credit.ts'

interface EventVector {
  readonly id: string
  readonly loan: string | LoanInputs
  readonly schedule?: readonly unknown[]
  readonly rule?: {
    readonly penaltyRateAnnual: string
    readonly penaltyDayCount: RealDayCount
    readonly compoundOnOverdueInterest: boolean
    readonly graceDays: number
  }
  readonly event: Readonly<Record<string, string | number>>
  readonly expected: Readonly<Record<string, unknown>>
}

const events = (readVectors('loan-events.json') as { readonly vectors: readonly EventVector[] }).vectors
const yuan = (amount: bigint): string => writeMinor(amount, 2)
const fen = (text: unknown): bigint => readMinor(String(text), 2)

function vectorOf(id: string): EventVector {
  const found = events.find((vector) => vector.id === id)
  if (!found) throw new Error(`there is no event ${id}`)
  return found
}

function loanOf({ loan }: EventVector): Schedule {
  if (typeof loan !== 'string') return buildSchedule(termsOf(loan))
  const other = loanVectors.find(({ id }) => id === loan)
  return other ? scheduleOf(other) : loanOf(vectorOf(loan))
}

describe('what happens to a credit', () => {
  it('keeps the agreed schedules', () => {
    for (const vector of events) if (vector.schedule) expect(writeRows(loanOf(vector).rows)).toEqual(vector.schedule)
  })

  it('is paid back in full between two due days (E01)', () => {
    const { event, expected, ...vector } = vectorOf('E01')
    const payoff = quotePayoff(loanOf({ event, expected, ...vector }), {
      ...{ paid: Number(event['instalmentsPaid']), on: String(event['on']) },
    })
    expect({
      ...{ daysAccrued: payoff.days, principal: yuan(payoff.principal), interest: yuan(payoff.interest) },
      ...{ payoff: yuan(payoff.payoff), interestNotCharged: yuan(payoff.interestNotCharged) },
    }).toEqual(expected)
  })

  it('is paid back in part on a due day (E03)', () => {
    const vector = vectorOf('E03')
    const { on, amount } = vector.event
    const ask = { paid: 4, on: String(on), amount: fen(amount), strategy: 'lower-instalment' as const }
    const { balanceAfter, schedule, interest } = prepay(loanOf(vector), ask)
    const { totals } = schedule
    expect(interest).toBe(0n)
    expect({
      ...{ balanceAfter: yuan(balanceAfter), instalment: yuan(schedule.instalment ?? 0n) },
      schedule: writeRows(schedule.rows),
      totals: {
        ...{ principal: yuan(totals.principal), interest: yuan(totals.interest), fee: yuan(totals.fee) },
        ...{ penalty: '0.00', payment: yuan(totals.payment) },
      },
    }).toEqual(vector.expected)
  })

  it('is overdue (E04)', () => {
    const vector = vectorOf('E04')
    const row = loanOf(vector).rows[1]
    const { rule } = vector
    if (!row || !rule) throw new Error('E04 has a second payment and a rule')
    const { since, principal, interest } = { since: row.due, principal: row.principal, interest: row.interest }
    const charge = chargeLateness({ since, principal, interest }, String(vector.event['paidOn']), {
      ...{ penaltyRate: rule.penaltyRateAnnual, dayCount: rule.penaltyDayCount, graceDays: rule.graceDays },
      compound: rule.compoundOnOverdueInterest,
    })
    expect({
      daysLate: charge.daysLate,
      ...{ overduePrincipal: yuan(principal), overdueInterest: yuan(interest) },
      ...{ penaltyOnPrincipal: yuan(charge.penaltyOnPrincipal), compoundOnInterest: yuan(charge.compoundOnInterest) },
      ...{ penaltyTotal: yuan(charge.penaltyTotal), amountToClear: yuan(charge.amountToClear) },
    }).toEqual(vector.expected)
    expect(penaltyRateOf('0.144', '1.5')).toBe('0.216')
  })

  it('is settled early by card (E06)', () => {
    const vector = vectorOf('E06')
    const payoff = quotePayoff(loanOf(vector), { paid: Number(vector.event['after']) })
    expect({
      ...{ principalLeft: yuan(payoff.principal), payoffFeesWaived: yuan(payoff.payoff) },
      ...{ payoffFeesCharged: yuan(payoff.payoffWithFees), feesOfLaterPeriods: yuan(payoff.feesOfLaterPeriods) },
    }).toEqual(vector.expected)
  })

  it.each(loanVectors.filter(({ interestForm }) => interestForm).map((vector) => [vector.id, vector] as const))(
    'may be told as interest instead of fees: %s',
    (_id, vector) => {
      const schedule = scheduleOf(vector)
      const rows = buildInterestForm(schedule)
      const written = rows.map(({ n, ...amounts }) => ({
        ...{ n, opening: yuan(amounts.opening), interest: yuan(amounts.interest) },
        ...{ principal: yuan(amounts.principal), payment: yuan(amounts.payment), closing: yuan(amounts.closing) },
      }))
      expect(written).toEqual(vector.interestForm)
      expect(rows.reduce((sum, { interest }) => sum + interest, 0n)).toBe(schedule.totals.fee)
    },
  )
})

describe('prepay', () => {
  const loan = loanOf(vectorOf('E01'))

  it('keeps the payment and ends earlier', () => {
    const { schedule } = prepay(loan, { paid: 4, on: '2026-05-15', amount: fen('10000.00'), strategy: 'shorter-term' })
    expect(schedule.rows.at(-1)?.n).toBe(10)
    expect(new Set(schedule.rows.slice(0, -1).map(({ payment }) => payment))).toEqual(new Set([loan.instalment]))
    expect([schedule.totals.principal, schedule.rows.at(-1)?.closing]).toEqual([fen('23654.85'), 0n])
  })

  it('takes the interest until then first, and lets the next period have only its own', () => {
    const ask = { paid: 4, on: '2026-06-03', amount: fen('10105.11'), strategy: 'lower-instalment' as const }
    const { interest, balanceAfter, schedule } = prepay(loan, ask)
    expect([yuan(interest), yuan(balanceAfter)]).toEqual(['105.11', '23654.85'])
    expect(schedule.rows[0]).toMatchObject({ n: 5, from: '2026-06-03', due: '2026-06-15', days: 12 })
    // 23654.85 × 6 % × 12 / 365
    expect(yuan(schedule.rows[0]?.interest ?? 0n)).toBe('46.66')
  })

  it('goes on after a down payment with its own numbers and fees', () => {
    const paidDown = buildSchedule({
      ...{ principal: fen('1000.00'), method: 'equal-instalment', annualRate: '0.12', periods: 4, start: '2026-01-01' },
      ...{ downPayment: fen('200.00'), fees: { perPeriodRate: '0.01' } },
    })
    const ask = { paid: 2, on: '2026-02-01', amount: fen('300.00'), strategy: 'lower-instalment' as const }
    const { schedule } = prepay(paidDown, ask)
    expect(schedule.rows.map(({ n, fee }) => `${n}: ${fee}`)).toEqual(['3: 1000', '4: 1000', '5: 1000'])
    expect(paidDown.rows[0]).toMatchObject({ n: 1, days: 0, principal: 20_000n, fee: 0n })
  })

  it('says what it cannot do', () => {
    const ask = { paid: 4, on: '2026-05-15', amount: fen('10000.00'), strategy: 'shorter-term' as const }
    for (const wrong of [{ amount: 0n }, { amount: fen('33654.85') }, { paid: 12 }, { on: '2026-05-14' }])
      expect(() => prepay(loan, { ...ask, ...wrong })).toThrow(RangeError)
    expect(() => prepay(loan, { ...ask, on: '2026-06-15' })).toThrow('on has to be a day before the next payment')
  })
})

describe('payLate', () => {
  it('goes to penalty, fee, interest and principal, and starts the penalty again on what is left', () => {
    const arrears = { since: '2026-03-20', principal: fen('1964.12'), interest: fen('120.71') }
    const rule = { penaltyRate: '0.2160' }
    const paid = payLate(arrears, { on: '2026-04-26', amount: fen('1000.00') }, rule)
    expect(paid.charge.penaltyTotal).toBe(fen('46.28'))
    expect(paid.paid).toEqual({ penalty: 4628n, fee: 0n, interest: 12071n, principal: 83301n })
    expect(paid.arrears).toEqual({
      ...{ since: '2026-04-26', due: '2026-03-20' },
      ...{ penalty: 0n, fee: 0n, interest: 0n, principal: 113111n },
    })
    // 1131.11 × 21.6 % × 10 / 360
    expect(chargeLateness(paid.arrears, '2026-05-06', rule)).toMatchObject({
      penaltyTotal: 679n,
      amountToClear: 113790n,
    })
  })

  it('keeps a penalty that nobody paid without a penalty of its own, and gives back what is too much', () => {
    const arrears = { since: '2026-03-20', principal: fen('1964.12'), interest: 0n, penalty: fen('50.00') }
    const rule = { penaltyRate: '0.2160', order: ['principal', 'interest', 'fee', 'penalty'] as const }
    const paid = payLate(arrears, { on: '2026-04-26', amount: fen('1964.12') }, rule)
    expect(paid.arrears).toMatchObject({ principal: 0n, penalty: fen('93.60') })
    expect(payLate(arrears, { on: '2026-04-26', amount: fen('3000.00') }, rule).over).toBe(fen('942.28'))
  })

  it('is not late within the days of grace, and counts from the due day after them', () => {
    const arrears = { since: '2026-03-20', principal: fen('1964.12'), interest: 0n }
    const rule = { penaltyRate: '0.2160', graceDays: 3 }
    expect(chargeLateness(arrears, '2026-03-23', rule).penaltyTotal).toBe(0n)
    expect(chargeLateness(arrears, '2026-03-24', rule)).toMatchObject({ daysLate: 4, penaltyTotal: 471n })
  })
})

describe('refundPurchase', () => {
  const plan = loanOf(vectorOf('E06'))

  it('lowers what is left; the fees stay or shrink', () => {
    const refund = { paid: 5, amount: fen('1000.00') }
    const [unchanged, byLeft, byPurchase] = (['unchanged', 'by-left', 'by-purchase'] as const).map((fees) =>
      refundPurchase(plan, { ...refund, fees }),
    )
    expect([unchanged?.balanceAfter, unchanged?.schedule.totals.principal]).toEqual([250000n, 250000n])
    const rows = unchanged?.schedule.rows ?? []
    expect(rows.map(({ n }) => n)).toEqual([6, 7, 8, 9, 10, 11, 12])
    expect(rows.map(({ principal }) => principal)).toEqual([...Array<bigint>(6).fill(35714n), 35716n])
    const fees = [unchanged, byLeft, byPurchase].map((each) => each?.schedule.rows[0]?.fee)
    expect(fees).toEqual([3600n, 2571n, 3000n])
  })

  it('takes no more back than is left', () => {
    expect(() => refundPurchase(plan, { paid: 5, amount: fen('3500.00'), fees: 'unchanged' })).toThrow(RangeError)
  })
})
