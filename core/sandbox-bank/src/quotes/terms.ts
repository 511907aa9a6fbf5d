import { renderCanonicalJson, sha256Hex } from '../signing/digest.ts'

/** In the two languages the bank speaks. */
export interface Text {
  readonly 'zh-CN': string
  readonly en: string
}

export interface Money {
  readonly value: string
  readonly currency: string
}

/** A row of the card on which the customer is asked. */
export interface Term {
  readonly key: string
  readonly label: Text
  readonly value: Text
}

export function text(zh: string, en: string = zh): Text {
  return { 'zh-CN': zh, en }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `2026-12-01` as people write it: `2026年12月1日`, `1 Dec 2026`. */
export function dayText(day: string): Text {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return text(`${year}年${month}月${date}日`, `${date} ${months[month - 1] ?? ''} ${year}`)
}

export function term(key: string, label: Text, value: Text | string): Term {
  return { key, label, value: typeof value === 'string' ? text(value) : value }
}

/** What a customer agrees to when the quote is confirmed, exactly as it is sent. */
export interface QuotedTerms {
  readonly amount?: Money
  readonly payee?: { readonly id: string; readonly name: string; readonly account: string }
  readonly terms: readonly Term[]
  readonly credit?: object
}

/** Members that are not there are left out; others of the quote play no part. */
export function digestTerms({ amount, payee, terms, credit }: QuotedTerms): string {
  const agreed = { ...(amount ? { amount } : {}), ...(payee ? { payee } : {}), terms, ...(credit ? { credit } : {}) }
  return sha256Hex(renderCanonicalJson(agreed))
}
