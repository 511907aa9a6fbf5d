import { expect, it } from 'vitest'
import { readTarget } from './set-flow.ts'

it.each([
  ['800', '800'],
  ['¥800', '800'],
  ['￥800.50元', '800.50'],
  ['800元/克', '800'],
  ['800 元每克', '800'],
  ['８００块', '800'],
  ['1,000', '1000'],
  ['涨到800', '800'],
  ['跌到 750 元', '750'],
  ['800 yuan a gram', '800'],
  ['800.', '800'],
])('reads %j as the price %s', (words, price) => {
  expect(readTarget(words, '780.00')).toBe(price)
})

it.each(['', '0', '780', '780.0', '涨到750', '低于 800', '1,00', '12345678', '8oo', '800美元', '800 and 900'])(
  'reads no price out of %j',
  (words) => {
    expect(readTarget(words, '780.00')).toBeUndefined()
  },
)
