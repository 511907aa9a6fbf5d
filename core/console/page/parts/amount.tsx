import { useLocale } from '../session/use-tenant.ts'

export interface Money {
  /** Minor units, as digits. */
  readonly value: string
  readonly currency: string
}

/** An amount with its currency, in figures of equal width. */
export function Amount({ amount }: { readonly amount: Money }) {
  const locale = useLocale()
  return <span className="amount">{formatMoney(amount, locale)}</span>
}

export function formatMoney({ value, currency }: Money, locale: string): string {
  // Points are counted in the book too, and are no money.
  if (!currencies.has(currency)) return `${value} ${currency}`
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const places = format.resolvedOptions().maximumFractionDigits ?? 2
  // Digits and not a number: no amount passes through a float.
  return `${format.format(placePoint(value, places) as `${number}`)} ${currency}`
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** `55350` with two places is `553.50`. */
export function placePoint(value: string, places: number): string {
  const [sign, digits] = value.startsWith('-') ? ['-', value.slice(1)] : ['', value]
  if (places === 0) return `${sign}${digits}`
  const padded = digits.padStart(places + 1, '0')
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`
}
