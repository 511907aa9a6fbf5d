import type { Money } from '@inthread/sdk'

const digits = [...'零壹贰叁肆伍陆柒捌玖']
const units = ['', '拾', '佰', '仟']
const groups = ['', '万', '亿', '万亿']

/** An amount as Chinese banks write it out: ¥1,006.50 is 壹仟零陆元伍角整. */
export function writeCapitalWords({ amountMinor }: Money): string {
  const yuan = amountMinor / 100n
  const [jiao, fen] = [Number((amountMinor / 10n) % 10n), Number(amountMinor % 10n)]
  const whole = yuan === 0n ? '' : `${writeYuan(yuan)}元`
  if (jiao === 0 && fen === 0) return `${whole || '零元'}整`
  const tens = jiao > 0 ? `${digits[jiao] ?? ''}角` : whole === '' ? '' : '零'
  return `${whole}${tens}${fen > 0 ? `${digits[fen] ?? ''}分` : '整'}`
}

function writeYuan(yuan: bigint): string {
  const parts: string[] = []
  for (let rest = yuan, place = 0; rest > 0n; rest /= 10_000n, place += 1) {
    const group = Number(rest % 10_000n)
    const written = group === 0 ? '零' : `${writeGroup(group, rest >= 10_000n)}${groups[place] ?? ''}`
    parts.unshift(written)
  }
  return parts.join('').replace(/零+/gu, '零').replace(/零$/u, '')
}

/** Four digits; a group that is not the first says when its highest digits are missing. */
function writeGroup(group: number, isFilled: boolean): string {
  const text = isFilled ? String(group).padStart(4, '0') : String(group)
  const written = [...text].map((digit, index) =>
    digit === '0' ? '零' : `${digits[Number(digit)] ?? ''}${units[text.length - 1 - index] ?? ''}`,
  )
  return written.join('').replace(/零+/gu, '零').replace(/零$/u, '')
}
