import { describe, expect, it } from 'vitest'
import { days } from '@inthread/sdk/time'
import {
  readStrengthRules,
  requiredStrength,
  strongestOf,
  type StrengthAsk,
  type StrengthText,
} from './required-strength.ts'

const known: StrengthAsk = { amountMinor: 5000n, spentToday: 0n, isNewPayee: false, numberAgeMs: days(400) }
const need = (text: StrengthText, change: Partial<StrengthAsk> = {}) =>
  requiredStrength({ ...known, ...change }, readStrengthRules(text, 'CNY'))

describe('how sure the bank has to be', () => {
  // The cases of the rule for payment accounts: 1,000.00 a day below two factors, 5,000.00 with two.
  it.each([
    [95_000n, 5000n, 'code'],
    [95_000n, 5001n, 'pin'],
    [499_999n, 1n, 'pin'],
    [499_999n, 2n, 'signature'],
    [49_999_999n, 100n, 'signature'],
  ] as const)('after %s today, for %s more: %s', (spentToday, amountMinor, strength) => {
    expect(need({ tiers: 'usual' }, { spentToday, amountMinor })).toBe(strength)
  })

  it('follows tiers of a bank of its own, and stays at the surest of them', () => {
    const tiers = [
      { strength: 'code' as const, dailyMax: '50.00' },
      { strength: 'pin' as const, dailyMax: '80.00' },
    ]
    expect([5000n, 5001n, 9000n].map((amountMinor) => need({ tiers }, { amountMinor }))).toEqual(['code', 'pin', 'pin'])
  })

  it('rises for a payee who was never paid, above an amount', () => {
    const rule = { newPayee: { strength: 'pin' as const, above: '20.00' } }
    expect(need(rule, { isNewPayee: true })).toBe('pin')
    expect(need(rule, { isNewPayee: true, amountMinor: 2000n })).toBeUndefined()
    expect(need(rule)).toBeUndefined()
  })

  it('rises for a number that is new, or of which nobody knows how old it is', () => {
    const rule = { newNumber: { strength: 'signature' as const, days: 30, above: '0' } }
    const ages = [days(29), days(30), undefined]
    expect(ages.map((numberAgeMs) => need(rule, { numberAgeMs }))).toEqual(['signature', undefined, 'signature'])
  })

  it('is the surest of all that apply, and nothing where nothing moves', () => {
    const all: StrengthText = {
      tiers: 'usual',
      newPayee: { strength: 'signature', above: '0' },
      newNumber: { strength: 'pin', days: 30, above: '0' },
    }
    expect(need(all, { isNewPayee: true, numberAgeMs: 0 })).toBe('signature')
    expect(need(all, { numberAgeMs: 0 })).toBe('pin')
    expect(need(all, { isNewPayee: true, numberAgeMs: 0, amountMinor: 0n })).toBeUndefined()
    expect(strongestOf(['code', undefined, 'pin'])).toBe('pin')
  })

  it('is written in the currency of its grant', () => {
    expect(() => readStrengthRules({ tiers: 'usual' }, 'JPY')).toThrow(RangeError)
    expect(() => readStrengthRules({ newPayee: { strength: 'pin', above: '0.5' } }, 'JPY')).toThrow(RangeError)
  })
})
