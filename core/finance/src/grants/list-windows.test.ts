import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { dayOf, listWindows, type WindowCall } from './list-windows.ts'

const at = (text: string): number => Date.parse(text) * 1000
const call: WindowCall = {
  now: at('2026-03-05T10:00:30+08:00'),
  timeZone: 'Asia/Shanghai',
  subscriberId: 'u1',
  currency: 'CNY',
}

describe('dayOf', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-05T15:59:59.999999Z', '2026-03-05'],
    ['Asia/Shanghai', '2026-03-05T16:00:00Z', '2026-03-06'],
    ['Asia/Kathmandu', '2026-03-05T18:14:59Z', '2026-03-05'],
    ['Asia/Kathmandu', '2026-03-05T18:15:00Z', '2026-03-06'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
    ['Pacific/Pago_Pago', '2027-01-01T10:59:59Z', '2026-12-31'],
    ['UTC', '2028-02-29T23:59:59Z', '2028-02-29'],
    // A day of 23 hours, and one of 25.
    ['Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['America/New_York', '2026-11-01T04:00:00Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00Z', '2026-11-02'],
  ])('in %s, %s is in %s', (zone, text, day) => {
    expect(dayOf(at(text), zone)).toBe(day)
  })
})

describe('listWindows', () => {
  it('adds up days where it is to be known what was used, and has limits where there are any', () => {
    const windows = listWindows(call, [
      { place: 'bank/main/payment', terms: {}, always: true },
      { place: 'plugin/travel/pay', terms: {}, always: false },
      { place: 'bot/rail/travel/pay', terms: { perDay: money('9.00', 'CNY'), perMinute: 7 }, always: true },
    ])
    expect(windows.map(({ place, span, cap }) => `${place} ${span} ${cap}`)).toEqual([
      'bank/main/payment user/u1/2026-03-05/CNY undefined',
      'bot/rail/travel/pay user/u1/2026-03-05/CNY undefined',
      'bot/rail/travel/pay minute/29544600 7',
      'bank/main/payment day/2026-03-05/CNY undefined',
      'bot/rail/travel/pay day/2026-03-05/CNY 900',
    ])
  })

  it('has the same order whatever order the sides come in', () => {
    const sides = [
      { place: 'b', terms: {}, always: true },
      { place: 'a', terms: { perMinute: 1 }, always: true },
    ]
    expect(listWindows(call, sides)).toEqual(listWindows(call, sides.toReversed()))
  })

  it('counts calls alone where no money moves', () => {
    const terms = { perDay: money('9.00', 'CNY'), perMinute: 7 }
    const windows = listWindows({ ...call, currency: undefined }, [{ place: 'a', terms, always: true }])
    expect(windows.map(({ ceiling }) => ceiling)).toEqual(['perMinute'])
  })
})
