import type { TextDeclaration, TextRef, VarKind } from '@inthread/sdk/engine'
import { findWireMoney, money } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'

export type GivenVars = Readonly<Record<string, string | number>>

interface Sample {
  readonly currency: string
  readonly now: Instant
}

/**
 * Values to show a text with: what is given, and samples for the rest. Amounts are given in units of the tenant's
 * currency like `480.00`, instants in microseconds or as RFC 3339.
 */
export function readVars(
  { vars }: TextDeclaration,
  given: GivenVars,
  sample: Sample,
): { readonly vars: TextRef['vars'] } | { readonly problems: readonly string[] } {
  const problems: string[] = Object.keys(given)
    .filter((name) => !Object.hasOwn(vars, name))
    .map((name) => `vars.${name}: the text has no such variable`)
  const entries = Object.entries(vars).map(([name, kind]) => {
    const value = Object.hasOwn(given, name) ? readVar(kind, given[name], sample) : sampleOf(kind, name, sample)
    if (value === undefined) problems.push(`vars.${name}: ${words[kind]}`)
    return [name, value ?? ''] as const
  })
  return problems.length > 0 ? { problems } : { vars: Object.fromEntries(entries) }
}

const words: Readonly<Record<VarKind, string>> = {
  text: 'write a text',
  count: 'write a whole number',
  money: 'write an amount like 480.00',
  date: 'write an instant like 2026-03-05T08:00:00Z',
  time: 'write an instant like 2026-03-05T08:00:00Z',
  dateTime: 'write an instant like 2026-03-05T08:00:00Z',
}

type Value = TextRef['vars'][string]

function readVar(kind: VarKind, value: string | number | undefined, { currency }: Sample): Value | undefined {
  if (kind === 'text') return typeof value === 'string' ? value : undefined
  if (kind === 'money') {
    const fits = typeof value === 'string' && /^\d{1,12}(\.\d{1,2})?$/.test(value)
    return fits ? money(value, currency) : undefined
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  const milliseconds = kind === 'count' ? Number.NaN : Date.parse(value ?? '')
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000
}

function sampleOf(kind: VarKind, name: string, { currency, now }: Sample): Value | undefined {
  if (kind === 'text') return name
  if (kind === 'money') return findWireMoney({ value: '12345', currency })
  return kind === 'count' ? 2 : now
}
