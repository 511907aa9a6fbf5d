import { expect, test } from 'vitest'
import { buildFeeMinor, renderDecimal } from './fee.ts'

test.each([
  [12_800n, '0.006', 77n],
  [55_350n, '0.006', 332n],
  [83n, '0.006', 0n],
  [84n, '0.006', 1n],
  [250n, '0.01', 3n],
  [249n, '0.01', 2n],
  [100n, '0', 0n],
  [999_999_999_999_999_999n, '0.006', 6_000_000_000_000_000n],
])('the fee of %s at %s is %s', (amountMinor, rate, feeMinor) => {
  expect(buildFeeMinor(amountMinor, rate)).toBe(feeMinor)
})

test.each(['1', '1.5', '-0.1', '.5', '0.', '6e-3', ''])('%j is no rate', (rate) => {
  expect(() => buildFeeMinor(100n, rate)).toThrow(RangeError)
})

test.each([
  [0n, '0.00'],
  [5n, '0.05'],
  [55_350n, '553.50'],
  [900_719_925_474_099_312n, '9007199254740993.12'],
])('%s is written %s', (amountMinor, text) => {
  expect(renderDecimal(amountMinor)).toBe(text)
})
