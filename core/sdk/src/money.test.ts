import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getTestSeed } from '../../../test/kit/chance/seed.ts'
import {
  addMoney,
  findWireMoney,
  formatMoney,
  money,
  moneySchema,
  moneyToDecimal,
  moneyToWire,
  multiplyMoney,
  sameMoney,
} from './money.ts'

const above2to53 = 9_007_199_254_740_993n
const twoTo62 = 4_611_686_018_427_387_904n

describe('money', () => {
  it.each([
    ['553.50', 'CNY', 55350n],
    ['553.5', 'CNY', 55350n],
    ['0', 'CNY', 0n],
    ['0.01', 'USD', 1n],
    ['-0.50', 'EUR', -50n],
    ['553', 'JPY', 553n],
    ['90071992547409.93', 'CNY', above2to53],
    ['46116860184273879.04', 'CNY', twoTo62],
  ])('reads %s %s by its digits', (text, currency, amountMinor) => {
    expect(money(text, currency)).toEqual({ amountMinor, currency })
  })

  it.each(['', ' 1', '1 ', '+1', '.5', '5.', '05', '1e3', '1,000', '1.005', '0x10', '１', 'NaN', '1.00 CNY', '--1'])(
    'refuses "%s" as an amount in CNY and says how one is written',
    (text) => {
      expect(() => money(text, 'CNY')).toThrow('an amount in CNY is written like 553.50')
    },
  )

  it('refuses decimals where a currency has none', () => {
    expect(() => money('5.0', 'JPY')).toThrow('an amount in JPY is written like 553')
  })

  it.each(['ZZZ', 'cny', '', 'constructor', '__proto__', 'toString'])('does not know the currency "%s"', (currency) => {
    expect(() => money('1', currency)).toThrow(`unknown currency ${currency}`)
    expect(() => money(1n, currency)).toThrow(`unknown currency ${currency}`)
  })
})

describe('formatMoney', () => {
  it.each([
    [55350n, 'CNY', '¥553.50'],
    [100_000_000n, 'CNY', '¥1,000,000.00'],
    [99_999n, 'CNY', '¥999.99'],
    [-123_456n, 'USD', '-$1,234.56'],
    [5n, 'EUR', '€0.05'],
    [-5n, 'GBP', '-£0.05'],
    [1_234_567n, 'JPY', 'JP¥1,234,567'],
    [2000n, 'SGD', 'SGD 20.00'],
    [0n, 'CNY', '¥0.00'],
    [twoTo62, 'CNY', '¥46,116,860,184,273,879.04'],
    [above2to53, 'CNY', '¥90,071,992,547,409.93'],
  ])('writes %s of %s as %s', (amountMinor, currency, text) => {
    expect(formatMoney({ amountMinor, currency })).toBe(text)
  })
})

describe('amounts', () => {
  it('add, multiply and compare exactly', () => {
    const big = money(above2to53, 'CNY')
    expect(addMoney(big, money(1n, 'CNY')).amountMinor).toBe(above2to53 + 1n)
    expect(multiplyMoney(big, 3n).amountMinor).toBe(3n * above2to53)
    expect(sameMoney(big, money(above2to53 - 1n, 'CNY'))).toBe(false)
    expect(sameMoney(big, money(above2to53, 'USD'))).toBe(false)
    expect(sameMoney(big, money('90071992547409.93', 'CNY'))).toBe(true)
  })

  it('of two currencies have no sum', () => {
    expect(() => addMoney(money(1n, 'CNY'), money(1n, 'USD'))).toThrow('cannot add CNY and USD')
  })

  it('come back from their decimal text and from the wire', () => {
    const amounts = fc.record({ amountMinor: fc.bigInt(0n, 10n ** 18n - 1n), currency: fc.constantFrom('CNY', 'JPY') })
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(money(moneyToDecimal(amount), amount.currency)).toEqual(amount)
        expect(findWireMoney(JSON.parse(JSON.stringify(moneyToWire(amount))))).toEqual(amount)
      }),
      { seed: getTestSeed(), numRuns: 200 },
    )
  })
})

describe('findWireMoney', () => {
  it.each([
    { value: 12800, currency: 'CNY' },
    { value: '-1', currency: 'CNY' },
    { value: '1.5', currency: 'CNY' },
    { value: '007', currency: 'CNY' },
    { value: '1234567890123456789', currency: 'CNY' },
    { value: '1', currency: 'yuan' },
    { value: '1' },
    { currency: 'CNY' },
    '12800',
    null,
    undefined,
    [],
  ])('finds no amount in %j', (wire) => {
    expect(findWireMoney(wire)).toBeUndefined()
  })
})

describe('moneySchema', () => {
  it('takes minor units with a currency, and nothing that is nearly that', () => {
    expect(moneySchema.parse({ amountMinor: twoTo62, currency: 'CNY' }).amountMinor).toBe(twoTo62)
    const wrong = [
      { amountMinor: 5, currency: 'CNY' },
      { amountMinor: 5n },
      { amountMinor: 5n, currency: 'CNY', fee: 1n },
    ]
    expect(wrong.filter((value) => moneySchema.safeParse(value).success)).toEqual([])
  })
})
