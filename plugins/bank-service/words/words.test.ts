import { money, moneyToDecimal } from '@inthread/sdk'
import { describe, expect, it } from 'vitest'
import { everydayIntents } from '../intents.ts'
import { moreIntents } from '../more-intents.ts'
import { writeCapitalWords } from './capital-words.ts'
import { readAmount, type SaidAmount } from './read-amount.ts'
import { readNick } from './read-nick.ts'
import { readPhone } from './read-phone.ts'
import { readTransfer } from './read-transfer.ts'
import { readWasItYou } from './read-was-it-you.ts'
import { readYes } from './read-yes.ts'

const show = (said: SaidAmount | undefined): string | undefined =>
  said &&
  ('amount' in said
    ? moneyToDecimal(said.amount)
    : [said.either.first, said.either.second].map(moneyToDecimal).join('|'))

describe('an amount', () => {
  it.each([
    ['500', '500.00'],
    [' ¥1,000.50 ', '1000.50'],
    ['５００元', '500.00'],
    ['三百', '300.00'],
    ['三百块钱', '300.00'],
    ['三百五十', '350.00'],
    ['三百零五', '305.00'],
    ['十五', '15.00'],
    ['两千', '2000.00'],
    ['3万', '30000.00'],
    ['一万零五百', '10500.00'],
    ['壹佰贰拾捌元整', '128.00'],
    ['三十块五', '30.50'],
    ['伍元叁角贰分', '5.32'],
    ['50 yuan', '50.00'],
    ['三百五', '350.00|305.00'],
    ['三千二', '3200.00|3002.00'],
    ['一万五', '15000.00|10005.00'],
  ])('%s is %s', (words, amount) => {
    expect(show(readAmount(words))).toBe(amount)
  })

  it.each([
    '',
    '0',
    '0.00',
    '-5',
    '1.234',
    'five',
    '百',
    '三三',
    '百三千',
    '五百六百',
    '1e3',
    '十十',
    '万',
    '9'.repeat(40),
  ])('%j is none', (words) => {
    expect(readAmount(words)).toBeUndefined()
  })

  it.each([
    ['500.00', '伍佰元整'],
    ['128.00', '壹佰贰拾捌元整'],
    ['1006.50', '壹仟零陆元伍角整'],
    ['100000.00', '壹拾万元整'],
    ['100100.07', '壹拾万零壹佰元零柒分'],
    ['10.00', '壹拾元整'],
    ['0.05', '伍分'],
    ['0.50', '伍角整'],
    ['200300400.05', '贰亿零叁拾万零肆佰元零伍分'],
    ['30000000.00', '叁仟万元整'],
  ])('%s is written %s', (amount, words) => {
    expect(writeCapitalWords(money(amount, 'CNY'))).toBe(words)
  })

  it('is read again as it was written', () => {
    for (const minor of [1n, 10n, 99n, 100n, 1_000n, 10_001n, 1_234_567n, 10_203_040n, 999_999_999n]) {
      const amount = money(minor, 'CNY')
      if (minor >= 100n) expect(show(readAmount(writeCapitalWords(amount)))).toBe(moneyToDecimal(amount))
    }
  })
})

describe('a sentence about a transfer', () => {
  it.each([
    ['给妈妈转三百', '妈妈', '300.00'],
    ['帮我给妈妈转账500元', '妈妈', '500.00'],
    ['转三百给妈妈', '妈妈', '300.00'],
    ['给妈妈转三百五', '妈妈', '350.00|305.00'],
    ['给妈妈转账', '妈妈', undefined],
    ['send 300 to Mum', 'Mum', '300.00'],
    ['Please send Mum 1,200.50 yuan', 'Mum', '1200.50'],
    ['transfer money to Mum', 'Mum', undefined],
  ])('%s', (words, nick, amount) => {
    const read = readTransfer(words)
    expect([read?.nick, show(read?.said)]).toEqual([nick, amount])
  })

  it('may name a number', () => {
    expect(readTransfer('给13900000000转50')?.phone).toBe('+8613900000000')
    expect(readTransfer('转账给13900000000')).toEqual({ phone: '+8613900000000' })
    expect(readPhone('+86 139-0000-0000')).toBe('+8613900000000')
    expect(readPhone('12345')).toBeUndefined()
  })

  it.each([
    ...['你好', '给我一张票', '转人工', '给妈妈', 'send help', '余额', '转很多给妈妈', '给妈妈打电话'],
    ...['打给客服', '转给人工', '转给人工客服', '给客服转', 'transfer to a human', 'transfer to an agent'],
  ])('is not %s', (words) => {
    expect(readTransfer(words)).toBeUndefined()
  })
})

describe('what to call a payee', () => {
  it.each(['妈妈', '老钱', '弟弟', '房东小李', 'Mum', "O'Neil", 'Anne-Marie'])('may be %s', (words) => {
    expect(readNick(` ${words} `)).toEqual({ nick: words })
  })

  it.each(['不用', '不要了', '不用。', 'No', 'no thanks'])('is nothing after %s', (words) => {
    expect([readNick(words), readYes(words)]).toEqual(['none', false])
  })

  it.each([
    '好的',
    '要',
    'yes',
    '你好',
    '谢谢',
    '余额还有多少',
    '12',
    '13900000000',
    '妈 妈',
    'Big Sis',
    '一二三四五六七八九十十一十二十三',
  ])('is not %s', (words) => {
    expect(readNick(words)).toBeUndefined()
  })

  it('is no word that something begins with', () => {
    const intents = Object.values({ ...everydayIntents, ...moreIntents })
    const words = intents.flatMap((intent) => Object.values(intent.words).flat())
    expect(words.filter((each) => readNick(each) !== undefined)).toEqual([])
  })
})

describe('whether it was them', () => {
  it.each(['是', '是我。', '是本人', 'Yes', 'It was me!'])('%s: yes', (words) => {
    expect(readWasItYou(words)).toBe('confirmed')
  })

  it.each(['不是', '不是我', '没有', '被盗刷', 'No', 'It wasn’t me.', 'not me'])('%s: no', (words) => {
    expect(readWasItYou(words)).toBe('denied')
  })

  it.each(['', '是不是', '我想想', 'not sure', 'no idea', '余额'])('%s: nobody knows', (words) => {
    expect(readWasItYou(words)).toBeUndefined()
  })
})
