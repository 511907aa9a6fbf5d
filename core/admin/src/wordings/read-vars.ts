import type { TextDeclaration, TextRef, VarKind } from '@inthread/sdk/engine'
import { findWireMoney, money } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import type { Said } from '@inthread/sdk/fault'
import { sayWords as say } from '../saying/say-words.ts'

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
): { readonly vars: TextRef['vars'] } | { readonly problems: readonly Said[] } {
  const problems: Said[] = Object.keys(given)
    .filter((name) => !Object.hasOwn(vars, name))
    .map((name) => say('wording.no_variable', { name }))
  const entries = Object.entries(vars).map(([name, kind]) => {
    const value = Object.hasOwn(given, name) ? readVar(kind, given[name], sample) : sampleOf(kind, name, sample)
    if (value === undefined) problems.push(say(wanted[kind], { name }))
    return [name, value ?? ''] as const
  })
  return problems.length > 0 ? { problems } : { vars: Object.fromEntries(entries) }
}

const wanted = {
  text: 'wording.text',
  count: 'wording.count',
  money: 'wording.money',
  date: 'wording.instant',
  time: 'wording.instant',
  dateTime: 'wording.instant',
} as const satisfies Readonly<Record<VarKind, string>>

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
