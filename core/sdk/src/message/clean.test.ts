import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { wildText } from '../../../../test/kit/chance/wild-text.ts'
import { cleanValue, cleanWords, clip, normalize, shorten } from './clean.ts'

const hidden = [
  ...[0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x00ad, 0x034f, 0x180e, 0x3164, 0xffa0, 0x115f], // no width
  ...[0x200e, 0x200f, 0x061c, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069], // direction
  ...[0x00, 0x07, 0x08, 0x1b, 0x7f, 0x80, 0x9b], // control
].map((point) => [`U+${point.toString(16).padStart(4, '0')}`, String.fromCodePoint(point)] as const)

describe('cleanValue', () => {
  it.each(hidden)('takes out %s', (_name, character) => {
    expect(cleanValue(`pay${character}ee`)).toBe('payee')
    expect(cleanWords(`pay${character}ee`)).toBe('payee')
  })

  it('is one line', () => {
    expect(cleanValue(' a\r\nb\tc\u2028d\u2029e  f\n')).toBe('a b c d e f')
  })

  it('opens no signature', () => {
    expect(cleanValue('【招商银行】〖x〗')).toBe('[招商银行][x]')
    expect(cleanValue('\ufe3b银行\ufe3c\ufe17x\ufe18')).toBe('[银行][x]')
  })

  it('leaves ordinary writing alone', () => {
    const ordinary = '星星书店 (No. 7) – 价格：¥5，“好” 😀 𠮷野家 Ünïcödé'
    expect(cleanValue(ordinary)).toBe(ordinary)
  })

  it('ends after 2,000 characters, and never in the middle of one', () => {
    expect(cleanValue('价'.repeat(3000))).toBe('价'.repeat(2000))
    expect(cleanValue(`${'a'.repeat(1999)}😀😀`)).toBe(`${'a'.repeat(1999)}😀`)
  })

  it('is clean the first time, whatever it was given', () => {
    fc.assert(
      fc.property(wildText(40), (value) => {
        expect(cleanValue(cleanValue(value))).toBe(cleanValue(value))
        expect(cleanValue(value)).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069【】〖〗]/u)
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
  })
})

describe('cleanWords', () => {
  it('keeps line breaks, which a text of its own may have', () => {
    expect(cleanWords('a\nb【c】\n\n d ')).toBe('a\nb[c]\n\n d ')
  })
})

describe('shorten', () => {
  it.each([
    ['Smart speaker', 20, 'Smart speaker'],
    ['Noise-cancelling headset', 20, 'Noise-cancelling'],
    ['Smart speaker black', 13, 'Smart speaker'],
    ['Donaudampfschiff', 5, 'Donau'],
    ['智能降噪蓝牙耳机', 4, '智能降噪'],
    ['😀😀😀', 2, '😀😀'],
  ])('cuts %j to at most %i, between words', (text, limit, shortened) => {
    expect(shorten(text, limit)).toBe(shortened)
  })
})

describe('clip', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['😀😀😀😀', 3, '😀😀…'],
    ['𠮷野家へ', 2, '𠮷…'],
    ['', 5, ''],
  ])('cuts %j at %i code points', (text, limit, clipped) => {
    expect(clip(text, limit)).toBe(clipped)
  })
})

describe('normalize', () => {
  it.each([
    ['Help!', 'help'],
    ['ＨＥＬＰ', 'help'],
    [' 买 票。', '买票'],
    ['①', '1'],
    ['Main-Menu', 'mainmenu'],
    ['？！', ''],
    ['¥200.00', '200.00'],
    ['￥1,200．50。', '1200.50'],
    ['20000', '20000'],
    ['v.1. 2', 'v12'],
  ])('reads %j as %j', (typed, read) => {
    expect(normalize(typed)).toBe(read)
  })
})
