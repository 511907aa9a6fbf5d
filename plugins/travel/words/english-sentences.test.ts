import { describe, expect, it } from 'vitest'
import { readSentence, type Wish } from './read-wish.ts'

/** Thursday, 5 March 2026, ten in the morning. */
const moment = { now: Date.parse('2026-03-05T10:00:00+08:00') * 1000, timeZone: 'Asia/Shanghai' }

const chengduBeijing = { fromCity: 'chengdu', toCity: 'beijing' } as const

const understood: readonly (readonly [words: string, wish: Wish])[] = [
  ['train from Chengdu to Beijing tomorrow morning', { ...chengduBeijing, date: '2026-03-06', dayPart: 'morning' }],
  ['I want to go to Shanghai on Friday', { toCity: 'shanghai', date: '2026-03-06' }],
  ['Chengdu to Beijing', chengduBeijing],
  ['to Beijing from Chengdu', chengduBeijing],
  ['to Beijing, from Chengdu, tomorrow', { ...chengduBeijing, date: '2026-03-06' }],
  ['Beijing from Chengdu tomorrow', { ...chengduBeijing, date: '2026-03-06' }],
  ['Chengdu - Beijing', chengduBeijing],
  ['Chengdu–Beijing tonight', { ...chengduBeijing, date: '2026-03-05', dayPart: 'evening' }],
  ['chengdu beijing tomorrow', { ...chengduBeijing, date: '2026-03-06' }],
  ['FROM CHENGDU TO BEIJING', chengduBeijing],
  ['ｆｒｏｍ Chengdu ｔｏ Beijing', chengduBeijing],
  ['Chengdu East to Beijing West', chengduBeijing],
  ['from Chengdu East Railway Station to Beijing West station', chengduBeijing],
  ["Chengdu to Xi'an", { fromCity: 'chengdu', toCity: 'xian' }],
  ['Chengdu to Xi’an', { fromCity: 'chengdu', toCity: 'xian' }],
  ['Chengdu to Xian, the day after tomorrow', { fromCity: 'chengdu', toCity: 'xian', date: '2026-03-07' }],
  ['two second class tickets from Chengdu to Beijing', { ...chengduBeijing, seatClass: 'second', passengers: 2 }],
  ['one first class seat to Shanghai please', { toCity: 'shanghai', seatClass: 'first', passengers: 1 }],
  ['1 ticket for Beijing', { toCity: 'beijing', passengers: 1 }],
  ['a ticket for tomorrow to Beijing', { toCity: 'beijing', date: '2026-03-06' }],
  ['Chengdu to Beijing for 3 people', { ...chengduBeijing, passengers: 3 }],
  ['business class Chengdu to Beijing', { ...chengduBeijing, seatClass: 'business' }],
  ['leaving Chengdu for Beijing on Saturday', { ...chengduBeijing, date: '2026-03-07' }],
  ['Leaving from Chengdu to Beijing tomorrow', { ...chengduBeijing, date: '2026-03-06' }],
  ['I would like to travel from Chengdu to Beijing on March 8', { ...chengduBeijing, date: '2026-03-08' }],
  ["I'd like to book a train to Beijing on the 8th of March", { toCity: 'beijing', date: '2026-03-08' }],
  ['from Chengdu to Beijing, 8 March', { ...chengduBeijing, date: '2026-03-08' }],
  ['from Chengdu to Beijing on Mar. 8th', { ...chengduBeijing, date: '2026-03-08' }],
  ['from Chengdu to Beijing on March 8, 2026', { ...chengduBeijing, date: '2026-03-08' }],
  ['from Chengdu to Beijing on March eighth', { ...chengduBeijing, date: '2026-03-08' }],
  ['Chengdu to Beijing on the 9th', { ...chengduBeijing, date: '2026-03-09' }],
  ['Chengdu to Beijing on the 4th', { ...chengduBeijing, date: '2026-04-04' }],
  ['Chengdu to Beijing 2026-03-10', { ...chengduBeijing, date: '2026-03-10' }],
  ['Chengdu to Beijing 3/16', { ...chengduBeijing, date: '2026-03-16' }],
  ['Chengdu to Beijing 16/3', { ...chengduBeijing, date: '2026-03-16' }],
  ['Chengdu to Beijing 3/6', chengduBeijing],
  ['next Friday from Chengdu to Xian', { fromCity: 'chengdu', toCity: 'xian', date: '2026-03-13' }],
  ['Chengdu to Beijing on Thursday', chengduBeijing],
  ['Chengdu to Beijing in three days', { ...chengduBeijing, date: '2026-03-08' }],
  ['Chengdu to Beijing in 10 days', { ...chengduBeijing, date: '2026-03-15' }],
  ['Chengdu to Beijing tomorrow at 8 am', { ...chengduBeijing, date: '2026-03-06', dayPart: 'morning' }],
  ['Chengdu to Beijing tomorrow at 3:30 p.m.', { ...chengduBeijing, date: '2026-03-06', dayPart: 'afternoon' }],
  ['Chengdu to Beijing tomorrow 8pm', { ...chengduBeijing, date: '2026-03-06', dayPart: 'evening' }],
  ['Chengdu to Beijing tomorrow at 8', { ...chengduBeijing, date: '2026-03-06' }],
  ["Chengdu to Beijing at 9 o'clock in the morning", { ...chengduBeijing, dayPart: 'morning' }],
  ['Chengdu to Beijing this afternoon', { ...chengduBeijing, date: '2026-03-05', dayPart: 'afternoon' }],
  ['Chengdu to Beijing tomorrow at noon', { ...chengduBeijing, date: '2026-03-06', dayPart: 'noon' }],
  ['Hello, are there any trains from Chengdu to Beijing tomorrow?', { ...chengduBeijing, date: '2026-03-06' }],
  ['How much is a ticket from Chengdu to Beijing?', chengduBeijing],
  ['yesterday from Chengdu to Beijing', { ...chengduBeijing, date: '2026-03-04' }],
  ['train tickets tomorrow', { date: '2026-03-06' }],
  ['i need to get to Hong Kong by train', { toCity: 'hongkong' }],
  ['from Beijing to Beijing', { fromCity: 'beijing', toCity: 'beijing' }],
]

const notUnderstood: readonly string[] = [
  'hello',
  'tomorrow',
  'Chengdu',
  'Chengdu Beijing',
  'Chengdu tomorrow',
  'first class',
  'two tickets',
  'I like Beijing',
  'my ticket to Beijing tomorrow',
  'cancel my ticket to Beijing',
  'refund Chengdu to Beijing',
  "I don't want to go to Beijing",
  'not from Chengdu to Beijing',
  'flight from Chengdu to Beijing',
  'hotel in Beijing tomorrow',
  'weather in Beijing tomorrow',
  'to Beijing and Shanghai',
  'to Beijing or Shanghai',
  'to Beijing Shanghai',
  'from Chengdu to Beijing to Shanghai',
  'from Chengdu from Beijing',
  'Chengdu to Beijing via Wuhan',
  'round trip Chengdu to Beijing',
  'Chengdu to Beijing and back',
  'child ticket from Chengdu to Beijing',
  'Chengdu to Beijing tomorrow or Friday',
  'Chengdu to Beijing tomorrow, March 9',
  'Chengdu to Beijing before 3 pm',
  'Chengdu to Beijing at 13 pm',
  'Chengdu to Beijing February 30',
  'Chengdu to Beijing this weekend',
  'Chengdu to Beijing next week',
  'the 1st train to Beijing',
  'from tomorrow to Friday',
  'from here to there',
  'from to',
  'to',
  'Chengdu to Beijing in the morning in the evening',
  'Chengdutobeijing',
  'call me on 13800000001',
]

describe('readSentence, in English', () => {
  it.each(understood)('understands %s', (words, wish) => {
    expect(readSentence(words, moment)).toEqual(wish)
  })

  it.each(notUnderstood)('leaves alone: %s', (words) => {
    expect(readSentence(words, moment)).toBeUndefined()
  })
})
