import { money, type Money } from '@inthread/sdk'
import { readNumeral } from './read-numeral.ts'

const longest = 30

/** `500`, `¥1,000.50`, `500块`, `１０００元`, `1万`, `五百`; undefined for what is no plain amount. */
export function readAmount(words: string): Money | undefined {
  if (words.length > longest) return undefined
  const said = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
    .replace(/^(?:人民币|rmb|cny|[¥￥])/, '')
    .replace(/(?:元整|块钱|人民币|yuan|rmb|cny|元|块|圆)$/, '')
  const plain = /^([1-9]\d{0,7})(\.\d{1,2})?$/.exec(said)
  if (plain) return money(`${plain[1] ?? '0'}${plain[2] ?? ''}`, 'CNY')
  const round = /^([1-9]\d{0,3}(?:\.\d{1,2})?)万$/.exec(said)?.[1]
  if (round !== undefined) return { amountMinor: money(round, 'CNY').amountMinor * 10_000n, currency: 'CNY' }
  const written = readNumeral(said)
  return written === undefined ? undefined : money(BigInt(written) * 100n, 'CNY')
}
