/** One thing that is wrong with a body: where it stands (RFC 6901) and what the place needs. Never the value itself. */
export interface Problem {
  readonly pointer: string
  readonly message: string
}

/** A rule looks at one place of a body. It takes any JSON value and never throws. */
export type Rule = (value: unknown, pointer: string) => readonly Problem[]

export type JsonObject = Readonly<Record<string, unknown>>

export interface Bounds {
  readonly min: number
  readonly max: number
}

const none: readonly Problem[] = []

/** A string whose length is counted in Unicode code points, as JSON Schema counts: an emoji is one. */
export function text({ min, max }: Bounds): Rule {
  return (value, pointer) => {
    if (typeof value !== 'string') return [{ pointer, message: 'must be text' }]
    const length = countCodePoints(value)
    return length >= min && length <= max ? none : [{ pointer, message: `must have ${min} to ${max} characters` }]
  }
}

export function anyText(value: unknown, pointer: string): readonly Problem[] {
  return typeof value === 'string' ? none : [{ pointer, message: 'must be text' }]
}

export function anyNumber(value: unknown, pointer: string): readonly Problem[] {
  return Number.isFinite(value) ? none : [{ pointer, message: 'must be a number' }]
}

/** A whole number from zero; a number in quotes is none. */
export function anyCount(value: unknown, pointer: string): readonly Problem[] {
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= 0
  return fits ? none : [{ pointer, message: 'must be a whole number from 0, without quotes' }]
}

export function oneWordOf(...words: readonly string[]): Rule {
  return (value, pointer) =>
    words.some((word) => word === value) ? none : [{ pointer, message: `must be one of ${words.join(', ')}` }]
}

export function listOf(item: Rule, { min, max }: Bounds): Rule {
  return (value, pointer) => {
    if (!Array.isArray(value)) return [{ pointer, message: 'must be a list' }]
    const fits = value.length >= min && value.length <= max
    const size = fits ? none : [{ pointer, message: `must have ${min} to ${max} entries` }]
    return [...size, ...value.flatMap((entry: unknown, index) => item(entry, `${pointer}/${index}`))]
  }
}

/** An object with these fields; fields that are not named here are allowed, as everywhere in RCC.07. */
export function fields(required: Readonly<Record<string, Rule>>, optional: Readonly<Record<string, Rule>> = {}): Rule {
  return (value, pointer) => {
    if (!isObject(value)) return [{ pointer, message: 'must be an object' }]
    const missing = Object.keys(required).filter((name) => !has(value, name))
    const rules = Object.entries({ ...required, ...optional }).filter(([name]) => has(value, name))
    return [
      ...missing.map((name) => ({ pointer: `${pointer}/${name}`, message: 'is missing' })),
      ...rules.flatMap(([name, rule]) => rule(value[name], `${pointer}/${name}`)),
    ]
  }
}

/** An object that has exactly one of these fields. */
export function exactlyOneOf(choices: Readonly<Record<string, Rule>>): Rule {
  const message = `must have exactly one of ${Object.keys(choices).join(', ')}`
  return (value, pointer) => {
    if (!isObject(value)) return [{ pointer, message: 'must be an object' }]
    const present = Object.entries(choices).filter(([name]) => has(value, name))
    const many = present.length === 1 ? none : [{ pointer, message }]
    return [...many, ...present.flatMap(([name, rule]) => rule(value[name], `${pointer}/${name}`))]
  }
}

export function allOf(...rules: readonly Rule[]): Rule {
  return (value, pointer) => rules.flatMap((rule) => rule(value, pointer))
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function has(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined
}

function countCodePoints(value: string): number {
  let count = 0
  for (const _ of value) count += 1
  return count
}
