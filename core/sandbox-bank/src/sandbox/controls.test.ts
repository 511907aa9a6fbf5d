import { expect, test } from 'vitest'
import { buildAlteredMoney } from './carry-out.ts'
import { findDurationMs } from './clock-control.ts'
import { isLoopbackAddress } from './loopback.ts'

test.each([
  ['PT15M', 900_000],
  ['P1DT2H3M4S', 93_784_000],
  ['P30D', 2_592_000_000],
  ['PT0S', 0],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['-PT1M', undefined],
  ['PT1.5S', undefined],
  ['P1M', undefined],
  ['15', undefined],
])('the duration %s has %s ms', (text, durationMs) => {
  expect(findDurationMs(text)).toBe(durationMs)
})

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['fe80::1', false],
  ['', false],
  ['127.0.0.1.example', false],
])('%j is this machine: %s', (address, own) => {
  expect(isLoopbackAddress(address)).toBe(own)
})

test('a lie about money changes every amount and nothing else', () => {
  const body = Buffer.from(
    '{"items":[{"amount":{"value":"99","currency":"CNY"},"fee":{"value":"1","currency":"CNY"}}],"amount":"7"}',
  )
  const lie = (kind: 'wrong-amount' | 'wrong-currency'): string => buildAlteredMoney(body, kind).toString()
  expect(lie('wrong-amount')).toBe(body.toString().replace('"99"', '"100"'))
  expect(lie('wrong-currency')).toBe(body.toString().replace('CNY', 'USD'))
  expect(buildAlteredMoney(Buffer.alloc(0), 'wrong-amount')).toHaveLength(0)
})
