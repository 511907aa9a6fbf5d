const digitOf = new Map([...'零一二三四五六七八九'].map((sign, index) => [sign, index]))
digitOf.set('〇', 0).set('两', 2)

/**
 * A Chinese numeral up to 99 (十二, 二十, 三十一), or four figures read one by one (二〇二六). undefined for anything else,
 * also for 一一, which nobody writes for a count.
 */
export function findNumeral(text: string): number | undefined {
  if (text.length === 4 && !text.includes('十')) return findFigures(text)
  const parts = text.split('十')
  if (parts.length > 2 || text === '') return undefined
  const [left = '', right = ''] = parts
  if (parts.length === 1) return left.length === 1 ? digitOf.get(left) : undefined
  const tens = left === '' ? 1 : digitOf.get(left)
  const ones = right === '' ? 0 : digitOf.get(right)
  return tens ? addOnes(tens, ones, right) : undefined
}

function addOnes(tens: number, ones: number | undefined, right: string): number | undefined {
  if (ones === undefined || (ones === 0 && right !== '')) return undefined
  return tens * 10 + ones
}

function findFigures(text: string): number | undefined {
  let value = 0
  for (const sign of text) {
    const figure = digitOf.get(sign)
    if (figure === undefined) return undefined
    value = value * 10 + figure
  }
  return value
}
