import { describe, expect, it } from 'vitest'
import { loanVectors, scheduleOf } from '../../../test/credit-vectors.ts'
import { money } from '../../money.ts'
import { compareCredit, creditToWire, discloseRates, findCredit, renderCredit, type Credit } from '../../credit.ts'

/** What an honest bank says of one of the agreed loans. */
function offer(id: string): Credit {
  const vector = loanVectors.find((each) => each.id === id)
  if (!vector) throw new Error(`there is no loan ${id}`)
  const { inputs } = vector
  const { rows, totals } = scheduleOf(vector)
  const rates = discloseRates(scheduleOf(vector))
  const isCard = inputs.method === 'card-instalment'
  const { method, periods, rounding, start, firstDue } = inputs
  return {
    ...{ kind: isCard ? 'instalments' : 'loan', principal: money(inputs.principal, 'CNY') },
    ...{ method, periods, rounding, start, firstDue, dayCount: inputs.dayCount ?? 'MONTHLY' },
    ...(isCard ? { feeRate: inputs.feePerPeriodRate, feeMode: 'per-period' } : { annualRate: inputs.annualRate }),
    ...(inputs.gracePrincipalPeriods ? { graceMonths: inputs.gracePrincipalPeriods } : {}),
    ...{ annualSimple: rates.annualSimple, annualCompound: rates.annualCompound },
    totalInterest: money(totals.interest + totals.fee, 'CNY'),
    totalPayment: money(totals.payment, 'CNY'),
    firstPayment: money(rows[0]?.payment ?? 0n, 'CNY'),
    schedule: rows.map(({ days: _, ...row }) => row),
  }
}

const loan = offer('L13')

function without(name: keyof Credit): Credit {
  return Object.fromEntries(Object.entries(loan).filter(([key]) => key !== name)) as Credit
}

describe('compareCredit', () => {
  it.each(['L01', 'L04', 'L05', 'L07', 'L08', 'L11', 'L13'])('finds an honest offer equal: %s', (id) => {
    expect(compareCredit(offer(id))).toEqual({ kind: 'equal' })
  })

  it('takes rates with fewer digits, but not with less than a percentage shows', () => {
    expect(compareCredit({ ...loan, annualSimple: '0.0980', annualCompound: '0.10252' })).toEqual({ kind: 'equal' })
    expect(compareCredit({ ...loan, annualSimple: '0.1' })).toEqual({
      ...{ kind: 'differs', path: 'annualSimple', ours: '0.0980', theirs: '0.1' },
    })
  })

  it('says where a credit differs', () => {
    const schedule = loan.schedule?.map((line) => (line.n === 4 ? { ...line, interest: line.interest + 1n } : line))
    const wrong: readonly [string, Credit][] = [
      ['totalInterest', { ...loan, totalInterest: money('2195.21', 'CNY') }],
      ['totalPayment', { ...loan, totalPayment: money('20995.20', 'USD') }],
      ['firstPayment', { ...loan, firstPayment: money('977.84', 'CNY') }],
      ['annualCompound', { ...loan, annualCompound: '0.0980' }],
      ['totalInterest', { ...loan, annualRate: '0.098001' }],
      ['schedule.3.interest', { ...loan, ...(schedule ? { schedule } : {}) }],
      ['schedule.length', { ...loan, schedule: loan.schedule?.slice(1) }],
    ]
    for (const [path, credit] of wrong) expect(compareCredit(credit)).toMatchObject({ kind: 'differs', path })
  })

  it('calls one incomplete without its annual rates, and without what they follow from', () => {
    for (const path of ['annualSimple', 'annualCompound', 'annualRate', 'principal', 'method', 'totalPayment'] as const)
      expect(compareCredit(without(path))).toEqual({ kind: 'incomplete', path })
    expect(compareCredit({ ...loan, firstDue: '2026-08-01' })).toEqual({ kind: 'incomplete', path: 'method' })
  })

  it('takes fees that are said apart', () => {
    const plan = { ...offer('L07'), totalInterest: money('0', 'CNY') }
    expect(compareCredit(plan)).toMatchObject({ kind: 'differs', path: 'totalInterest', ours: '43200' })
    expect(compareCredit({ ...plan, totalFee: money('432.00', 'CNY') })).toEqual({ kind: 'equal' })
    expect(compareCredit({ ...plan, totalFee: money('431.00', 'CNY') })).toMatchObject({ path: 'totalFee' })
  })

  it('wants the rate of a card, which has no schedule', () => {
    const card: Credit = { kind: 'card', annualRate: '0.1825' }
    expect(compareCredit(card)).toEqual({ kind: 'incomplete', path: 'annualSimple' })
    expect(compareCredit({ ...card, annualSimple: '0.1825' })).toEqual({ kind: 'equal' })
    expect(compareCredit({ ...card, annualSimple: '0.0005' })).toMatchObject({ kind: 'differs', path: 'annualSimple' })
  })
})

describe('findCredit', () => {
  it('reads what a bank sends, and writes it the same', () => {
    const wire: unknown = JSON.parse(JSON.stringify(creditToWire(loan)))
    expect(wire).toMatchObject({ principal: { value: '1880000', currency: 'CNY' } })
    expect(findCredit(wire)).toEqual(loan)
    expect(findCredit({ ...creditToWire(loan), principal: loan.principal, later: true })).toEqual(loan)
  })

  it('does not read what is malformed', () => {
    const wire = creditToWire(loan)
    for (const wrong of [undefined, 'loan', [], {}, { ...wire, annualRate: '9.8%' }, { ...wire, periods: 0 }])
      expect(findCredit(wrong)).toBeUndefined()
    expect(findCredit({ ...wire, schedule: [{ n: 1 }] })).toBeUndefined()
  })
})

describe('renderCredit', () => {
  const lines = (credit: Credit, locale: string): string[] =>
    renderCredit(credit, locale).map(({ label, value }) => `${label} ${value}`)

  it('puts the annual rate first, both ways and each by its name', () => {
    expect(lines(loan, 'zh-CN')).toEqual([
      '年利率 9.80%（单利）/10.25%（复利）',
      '借款金额 ¥18,800.00',
      '还款 前 3 期只还利息，每期 ¥153.53；之后 21 期，每期 ¥977.84，末期 ¥977.81',
      '利息总额 ¥2,195.20',
      '还款总额 ¥20,995.20',
      '首次还款日 2026年10月1日',
    ])
    expect(lines(loan, 'en')).toEqual([
      'Annual rate 9.80% (simple) / 10.25% (compound)',
      'Loan ¥18,800.00',
      'Payments first 3 interest only, of ¥153.53; then 21 of ¥977.84, the last ¥977.81',
      'Total interest ¥2,195.20',
      'Total to pay ¥20,995.20',
      'First due 1 Oct 2026',
    ])
  })

  it('names fees fees, and says how payments fall', () => {
    expect(lines(offer('L07'), 'zh-CN').slice(1, 5)).toEqual([
      ...['分期金额 ¥6,000.00', '还款 12 期，每期 ¥536.00', '手续费总额 ¥432.00', '还款总额 ¥6,432.00'],
    ])
    expect(lines(offer('L04'), 'zh-CN')[2]).toBe('还款 12 期，首期 ¥1,120.56，逐期递减')
    expect(lines(offer('L05'), 'zh-CN')[2]).toBe('还款 按期付息，首期 ¥205.96，末期还本 ¥50,205.96，共 12 期')
  })

  it('says of a card what it costs and how much it is good for', () => {
    const card: Credit = { kind: 'card', annualRate: '0.1825', annualSimple: '0.1825' }
    expect(lines(card, 'zh-CN')).toEqual(['年利率 18.25%（单利）'])
    expect(lines({ ...card, principal: money('8000.00', 'CNY') }, 'zh-CN')).toContain('信用额度 ¥8,000.00')
  })

  it('shows no credit without its annual rate', () => {
    expect(() => renderCredit(without('annualSimple'), 'zh-CN')).toThrow(RangeError)
    expect(() => renderCredit(without('method'), 'zh-CN')).toThrow(RangeError)
  })
})
