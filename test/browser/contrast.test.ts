import { expect, it } from 'vitest'
import { measureContrast } from './contrast.ts'

it('measures black on white, grey on white, and a colour on itself', () => {
  expect(measureContrast('rgb(0, 0, 0)', ['rgb(255, 255, 255)'])).toBeCloseTo(21)
  expect(measureContrast('rgb(118, 118, 118)', ['rgb(255, 255, 255)'])).toBeCloseTo(4.54, 2)
  expect(measureContrast('rgb(9, 9, 9)', ['rgb(9, 9, 9)'])).toBe(1)
})

it('looks through what is transparent, down to white', () => {
  const clear = 'rgba(0, 0, 0, 0)'
  expect(measureContrast('rgb(0, 0, 0)', [clear, clear])).toBeCloseTo(21)
  expect(measureContrast('rgb(0, 0, 0)', [clear, 'rgba(0, 0, 0, 0.5)', 'rgb(255, 255, 255)'])).toBeCloseTo(5.32, 1)
})

it('does not guess at a colour it cannot read', () => {
  expect(() => measureContrast('blue', [])).toThrow('"blue" is no colour')
})
