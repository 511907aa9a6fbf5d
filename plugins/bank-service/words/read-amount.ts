import { money, type Money } from '@inthread/sdk'
import { readNumeral } from './numerals.ts'

/** What was said of an amount: one, or the two it may have been. */
export type SaidAmount =
  { readonly amount: Money } | { readonly either: { readonly first: Money; readonly second: Money } }

const longest = 30

/** `500`, `¥1,000.50`, `三百块`, `3万`, `壹佰贰拾捌元整`. undefined for nothing, and for what is no amount. */
export function readAmount(words: string): SaidAmount | undefined {
  if (words.length > longest) return undefined
  const said = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，]/gu, '')
    .replace(/^(?:人民币|rmb|cny|¥|￥)/u, '')
    .replace(/(?:元整|块钱|人民币|yuan|rmb|cny|整)$/u, (tail) => (tail === '元整' || tail === '块钱' ? '元' : ''))
  const plain = /^(\d{1,8}(?:\.\d{1,2})?)(元|块|圆)?$/.exec(said)?.[1]
  if (plain !== undefined) return toAmount(plain)
  const round = /^(\d{1,4})(万|千|百)(?:元|块)?$/.exec(said)
  if (round) return toAmount(String(Number(round[1]) * (unitOf.get(round[2] ?? '') ?? 1)))
  return readWritten(said)
}

const unitOf: ReadonlyMap<string, number> = new Map([
  ['百', 100],
  ['千', 1_000],
  ['万', 10_000],
])

/** Yuan in numerals, with 角 and 分 behind: 三十块五 is 30.50. */
function readWritten(said: string): SaidAmount | undefined {
  const [, yuan = '', sign, small = ''] = /^([^元块圆角分]+)(元|块|圆)?([^元块圆]*)$/u.exec(said) ?? []
  const minor = readSmall(small)
  const whole = readNumeral(yuan)
  if (!whole || minor === undefined || (small !== '' && sign === undefined)) return undefined
  const [first, second] = whole.map((value) => money(BigInt(value) * 100n + BigInt(minor), 'CNY'))
  if (!first || first.amountMinor === 0n) return undefined
  // 三百五十块 names its unit; 三百五块 still leaves it open.
  return second === undefined ? { amount: first } : { either: { first, second } }
}

function readSmall(small: string): number | undefined {
  if (small === '') return 0
  const [, jiao, fen] = /^(?:([^零])角?)?(?:零?(.)分)?$/u.exec(small) ?? []
  const [tens] = jiao === undefined ? [0] : (readNumeral(jiao) ?? [])
  const [ones] = fen === undefined ? [0] : (readNumeral(fen) ?? [])
  return tens === undefined || ones === undefined ? undefined : tens * 10 + ones
}

function toAmount(text: string): SaidAmount | undefined {
  const amount = money(text, 'CNY')
  return amount.amountMinor > 0n ? { amount } : undefined
}
