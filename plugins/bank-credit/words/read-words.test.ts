import { describe, expect, it } from 'vitest'
import { readAmount } from './read-amount.ts'
import { readGoOn, readHowMuch, readMonths } from './read-answer.ts'

describe('an amount that somebody types', () => {
  it.each([
    ['500', 500_00n],
    ['¥500.00', 500_00n],
    ['500元', 500_00n],
    ['500块', 500_00n],
    ['500 块钱', 500_00n],
    ['1,000', 1_000_00n],
    ['1,000,000.5 yuan', 1_000_000_50n],
    ['１０００元', 1_000_00n],
    ['1万', 10_000_00n],
    ['1.5万元', 15_000_00n],
    ['五百', 500_00n],
    ['一千二百元', 1_200_00n],
    ['一万', 10_000_00n],
    ['两万五千', 25_000_00n],
    ['一万零五百块', 10_500_00n],
    ['十二', 12_00n],
    ['一百零五', 105_00n],
  ])('%s is read', (words, minor) => {
    expect(readAmount(words)).toEqual({ amountMinor: minor, currency: 'CNY' })
  })

  it.each([
    '',
    '0',
    '好',
    '1,00',
    '10,00',
    '三百五',
    '一万五',
    '百',
    '五五',
    '500 600',
    '-5',
    '五百还是六百',
    '半个月',
  ])('“%s” is not', (words) => {
    expect(readAmount(words)).toBeUndefined()
  })
})

describe('how long', () => {
  it.each([
    ['12', 12],
    ['36', 36],
    ['12个月', 12],
    ['12 个月', 12],
    ['１２期', 12],
    ['十二个月', 12],
    ['半年', 6],
    ['一年', 12],
    ['一年半', 18],
    ['2 years', 24],
    ['12 months', 12],
    ['a year', 12],
  ])('%s is read', (words, months) => {
    expect(readMonths(words)).toBe(months)
  })

  it.each(['', '久一点', '12 or 36', '1234'])('“%s” is not', (words) => {
    expect(readMonths(words)).toBeUndefined()
  })
})

describe('going on', () => {
  it.each([
    ['好的', 'yes'],
    ['OK', 'yes'],
    ['继续。', 'yes'],
    ['不用了', 'no'],
    ['Not now', 'no'],
    ['好像不对', undefined],
    ['不是我', undefined],
  ])('%s', (words, answer) => {
    expect(readGoOn(words)).toBe(answer)
  })
})

describe('asking how much one could borrow', () => {
  it.each([
    '我能贷多少？',
    '我最多可以贷多少钱',
    '能借多少钱呢',
    '请问我大概能贷款多少',
    'How much could I borrow?',
    'how much money can I borrow from you',
  ])('“%s” is that', (words) => {
    expect(readHowMuch(words)).toEqual({ first: 'estimate' })
  })

  it.each(['多少', '我贷了多少', '我能贷多少期', 'how much do I owe', 'how much could I borrow last year'])(
    '“%s” is not',
    (words) => {
      expect(readHowMuch(words)).toBeUndefined()
    },
  )
})
