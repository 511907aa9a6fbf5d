/** Both the everyday and the capital numerals, which nobody can change by a stroke. */
const digits = readGroups(
  ['零〇', '一壹', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'],
  (place) => place,
)
const units = readGroups(['十拾', '百佰', '千仟'], (place) => 10 ** (place + 1))

function readGroups(groups: readonly string[], value: (place: number) => number): ReadonlyMap<string, number> {
  return new Map(groups.flatMap((group, place) => [...group].map((sign) => [sign, value(place)] as const)))
}

/** One number, or two that somebody may have meant: 三百五 is 350 to most people and 305 to some. */
export type Numeral = readonly [number] | readonly [number, number]

/** `三千二百` → 3200. undefined for what is no number up to 99,999,999. */
export function readNumeral(text: string): Numeral | undefined {
  const parts = text.replaceAll('萬', '万').split('万')
  if (text === '' || parts.length > 2) return undefined
  const [first = '', second] = parts
  if (second === undefined) return readBelowTenThousand(first)
  const [high, other] = readBelowTenThousand(first) ?? []
  if (high === undefined || other !== undefined) return undefined
  if (second === '') return [high * 10_000]
  const short = second.length === 1 ? digits.get(second) : undefined
  if (short !== undefined && short > 0) return [high * 10_000 + short * 1_000, high * 10_000 + short]
  const low = readBelowTenThousand(second)
  return low && (low.map((value) => high * 10_000 + value) as [number])
}

function readBelowTenThousand(text: string): Numeral | undefined {
  let total = 0
  let digit: number | undefined
  let least = 10_000
  let gap = false
  for (const sign of text) {
    const value = digits.get(sign)
    const unit = units.get(sign)
    if (value === 0) gap = true
    else if (value !== undefined && digit === undefined) digit = value
    else if (unit !== undefined && unit < least && (digit !== undefined || (unit === 10 && total === 0))) {
      total += (digit ?? 1) * unit
      ;[digit, least, gap] = [undefined, unit, false]
    } else return undefined
  }
  if (digit === undefined) return total > 0 ? [total] : undefined
  // 三百五: the unit of the last digit was left out. 三百零五 and 十五 leave nothing open.
  if (gap || least === 10 || least === 10_000) return [total + digit]
  return [total + (digit * least) / 10, total + digit]
}
