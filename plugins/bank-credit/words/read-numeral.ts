const digits = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]))
digits.set('两', 2)
digits.set('〇', 0)
const units: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
])

/** `十二` is 12, `一万五千` is 15,000. undefined for no number, and for one that may be two, like `三百五`. */
export function readNumeral(words: string): number | undefined {
  const [, tenThousands, rest = ''] = /^(?:([^万]+)万)?([^万]*)$/.exec(words) ?? []
  if (tenThousands === undefined) return readSmall(rest)
  const high = readSmall(tenThousands)
  if (high === undefined) return undefined
  if (rest === '') return high * 10_000
  const low = readSmall(rest)
  // 一万五 leaves open whether thousands are meant.
  return low === undefined || (low < 1_000 && !rest.startsWith('零')) ? undefined : high * 10_000 + low
}

/** Below ten thousand. */
function readSmall(words: string): number | undefined {
  let sum = 0
  let digit: number | undefined
  let last = 10_000
  let zero = false
  for (const sign of words) {
    const unit = units.get(sign)
    const value = digits.get(sign)
    if (unit !== undefined) {
      if (unit >= last || (digit === undefined && !(unit === 10 && sum === 0))) return undefined
      sum += (digit ?? 1) * unit
      last = unit
      digit = undefined
      zero = false
    } else if (value === 0) {
      if (digit !== undefined) return undefined
      zero = true
    } else {
      if (value === undefined || digit !== undefined) return undefined
      digit = value
    }
  }
  if (digit !== undefined && last > 10 && last < 10_000 && !zero) return undefined
  const whole = sum + (digit ?? 0)
  return whole > 0 ? whole : undefined
}
