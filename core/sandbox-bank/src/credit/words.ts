import { dayText, term, text, type Term } from '../quotes/terms.ts'
import { divideRounded, readDecimal } from './exact.ts'
import type { WireLine } from './render-credit.ts'
import type { ScheduleLine } from './schedule.ts'

/** `1880000n` → `18,800.00`. */
export function renderAmount(amountMinor: bigint): string {
  const digits = amountMinor.toString().padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(?:[0-9]{3})+$)/g, ',')
  return `${whole}.${digits.slice(-2)}`
}

/** `1880000n` → `¥18,800.00`, as customers read it. */
export function renderYuan(amountMinor: bigint): string {
  return `¥${renderAmount(amountMinor)}`
}

/** `0.0979986722` → `9.80%`, half up. */
export function renderPercent(rate: string): string {
  const { top, bottom } = readDecimal(rate)
  return `${renderAmount(divideRounded(top * 10_000n, bottom))}%`
}

/** What the customer does next, for the receipt: when the first payment is due, and how much it is. */
export function renderFirstDue([first]: readonly Pick<WireLine, 'due' | 'payment'>[]): readonly Term[] {
  if (!first) return []
  const [day, amount] = [dayText(first.due), renderYuan(BigInt(first.payment))]
  const value = text(`${day['zh-CN']} ${amount}`, `${day.en}: ${amount}`)
  return [term('firstDue', text('首次还款', 'First payment'), value)]
}

/** Runs of equal payments, in either language: what is paid, and when. */
export function renderPayments(lines: readonly ScheduleLine[]): { zh: string; en: string } {
  const runs = listRuns(lines)
  const [only] = runs
  if (only && runs.length === 1) {
    const amount = renderYuan(only.paymentMinor)
    return { zh: `每期 ${amount}`, en: `${amount} each` }
  }
  return {
    zh: runs
      .map((run) => `第 ${span(run)} 期 ${renderYuan(run.paymentMinor)}${run.bare ? '（只还利息）' : ''}`)
      .join('；'),
    en: runs
      .map((run) => `${span(run)}: ${renderYuan(run.paymentMinor)}${run.bare ? ' (interest only)' : ''}`)
      .join('; '),
  }
}

interface Run {
  readonly first: number
  readonly last: number
  readonly paymentMinor: bigint
  /** Interest alone is paid. */
  readonly bare: boolean
}

function span({ first, last }: Run): string {
  return first === last ? String(first) : `${first}–${last}`
}

function listRuns(lines: readonly ScheduleLine[]): Run[] {
  return lines.reduce<Run[]>((runs, { n, paymentMinor, principalMinor }) => {
    const last = runs.at(-1)
    if (last?.paymentMinor === paymentMinor) return [...runs.slice(0, -1), { ...last, last: n }]
    return [...runs, { first: n, last: n, paymentMinor, bare: principalMinor === 0n }]
  }, [])
}
