import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise } from '../vocabulary/normalise.ts'
import { readAnswer, readSentence } from './read-wish.ts'

const moment = { now: Date.parse('2026-03-05T10:00:00+08:00') * 1000, timeZone: 'Asia/Shanghai' }

describe('readSentence', () => {
  it('gives up on the whole sentence for a single word that it does not know', () => {
    const sentences = ['明天 上午 从成都 到北京 一张 二等座', 'two tickets from Chengdu to Beijing tomorrow morning']
    const strange = ['不', '别', '没', '猫', 'not', 'cat', 'cancel', '或', '&', '😀', '13800000001', '从', '3']
    for (const sentence of sentences) {
      expect(readSentence(sentence, moment)).toBeDefined()
      const words = sentence.split(' ')
      for (const word of strange) {
        for (let at = 0; at <= words.length; at += 1) {
          const torn = [...words.slice(0, at), word, ...words.slice(at)].join(' ')
          expect(readSentence(torn, moment), torn).toBeUndefined()
        }
      }
    }
  })

  it('never fails, whatever it is given', () => {
    const signs = fc.string({ unit: 'binary', maxLength: 200 })
    const pieces = fc.constantFrom(
      '从',
      '到',
      '成都',
      '西',
      '安',
      '十',
      '1',
      '月',
      ' ',
      'to',
      'may',
      '.',
      ':',
      '周',
      '-',
    )
    const mixtures = fc.array(pieces, { maxLength: 60 }).map((list) => list.join(''))
    fc.assert(
      fc.property(fc.oneof(signs, mixtures), (words) => {
        const wish = readSentence(words, moment)
        expect(wish === undefined || Object.keys(wish).length > 0).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('does not look at texts that are longer than any order', () => {
    const long = `${' '.repeat(200)}明天成都到北京`
    expect(readSentence('明天成都到北京', moment)).toBeDefined()
    expect(readSentence(long, moment)).toBeUndefined()
    expect(readAnswer(long, moment)).toBeUndefined()
  })

  it('finds its way through words that could be divided in many ways', () => {
    const numerals = '十一二三'.repeat(40)
    const compass = '成都西安南京北'.repeat(20)
    expect([numerals, compass].map((words) => readSentence(words, moment))).toEqual([undefined, undefined])
  })
})

describe('readAnswer', () => {
  it('takes a city alone for the one that was asked for', () => {
    expect(readAnswer('成都', moment, 'fromCity')).toEqual({ fromCity: 'chengdu' })
    expect(readAnswer('Beijing', moment, 'toCity')).toEqual({ toCity: 'beijing' })
    expect(readAnswer('成都', moment)).toBeUndefined()
  })

  it('believes what was said more than what was asked', () => {
    expect(readAnswer('去北京', moment, 'fromCity')).toEqual({ toCity: 'beijing' })
    expect(readAnswer('成都 北京', moment, 'fromCity')).toEqual({ fromCity: 'chengdu', toCity: 'beijing' })
  })

  it.each([
    ['改到下午', { dayPart: 'afternoon' }],
    ['那我要换成后天', { date: '2026-03-07' }],
    ['how about Friday', { date: '2026-03-06' }],
    ['make it the evening', { dayPart: 'evening' }],
    ['上午', { dayPart: 'morning' }],
    ['随便', { dayPart: 'any' }],
    ['一等座', { seatClass: 'first' }],
    ['两个人', { passengers: 2 }],
  ])('reads %s', (words, wish) => {
    expect(readAnswer(words, moment)).toEqual(wish)
  })

  it.each(['', '好', '不知道', '换', 'whatever you like', '3'])('reads nothing from %j', (words) => {
    expect(readAnswer(words, moment)).toBeUndefined()
  })
})

describe('normalise', () => {
  it('writes one sentence in one way', () => {
    expect(normalise('　從成都到北京，  ３月６日！ ')).toBe('从成都到北京, 3月6日!')
    expect(normalise('Xi’an　TO  Ｂｅｉｊｉｎｇ')).toBe("xi'an to beijing")
  })
})
