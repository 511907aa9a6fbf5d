import { describe, expect, it } from 'vitest'
import { findNumeral } from './numeral.ts'

describe('findNumeral', () => {
  it.each([
    ['零', 0],
    ['两', 2],
    ['九', 9],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['三十一', 31],
    ['九十九', 99],
    ['二〇二六', 2026],
  ])('reads %s', (text, value) => {
    expect(findNumeral(text)).toBe(value)
  })

  it.each(['', '一一', '十十', '零十', '十零', '一二三', '百', '二十一一', '12'])('reads nothing from %j', (text) => {
    expect(findNumeral(text)).toBeUndefined()
  })
})
