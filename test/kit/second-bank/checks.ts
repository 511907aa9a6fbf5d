import { Refusal } from './refusal.ts'

type Body = Readonly<Record<string, unknown>>

/** A text of the body, by its path; throws a Refusal that names the place. */
export function textOf(body: unknown, pattern: RegExp, ...path: readonly string[]): string {
  const value = path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined),
    body,
  )
  if (typeof value === 'string' && pattern.test(value)) return value
  const code = path.includes('amount') ? 'bad_amount' : path.includes('currency') ? 'bad_currency' : 'malformed'
  throw new Refusal(code, { places: [`/${path.join('/')}`] })
}

/** Every place that is wrong, not just the first. */
export function assertTexts(body: Body, patterns: Readonly<Record<string, RegExp>>): void {
  const places = Object.entries(patterns)
    .filter(([name, pattern]) => typeof body[name] !== 'string' || !pattern.test(body[name]))
    .map(([name]) => `/${name}`)
  if (places.length > 0) throw new Refusal('malformed', { places })
}

export const patterns = {
  reference: /^[A-Za-z0-9_.:-]{1,64}$/,
  phone: /^\+[1-9][0-9]{6,14}$/,
  hash: /^[0-9a-f]{64}$/,
  amount: /^(0|[1-9][0-9]{0,17})$/,
  currency: /^[A-Z]{3}$/,
  name: /^.{1,64}$/,
  any: /^.{1,128}$/,
  code: /^[0-9]{6}$/,
} as const
