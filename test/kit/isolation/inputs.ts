import fc from 'fast-check'
import { arbitraryInput, type Known } from './arbitrary-input.ts'
import type { Procedure } from './procedures.ts'

export type Path = readonly string[]

/** An input, and where in it a text stands that may be somebody's name for something. */
export interface Probe {
  readonly input: unknown
  readonly path: Path
}

const samples = 60

/** For every place where a procedure takes a text the smallest of many inputs that have one there. */
export function listProbes({ path: name, input }: Procedure, known: Known): readonly Probe[] {
  if (!input) return []
  const smallest = new Map<string, Probe>()
  for (const value of sampleInputs(name, input, { known, count: samples })) {
    for (const path of listTexts(value, [])) {
      const key = path.map((each) => each.replace(/^[0-9]+$/, '#')).join('.')
      const before = smallest.get(key)
      if (!before || sizeOf(value) < sizeOf(before.input)) smallest.set(key, { input: value, path })
    }
  }
  return [...smallest.values()]
}

interface Sampling {
  readonly known: Known
  readonly count: number
}

/** The same every time. A procedure for which no input can be made up is named. */
export function sampleInputs(
  name: string,
  schema: NonNullable<Procedure['input']>,
  { known, count }: Sampling,
): unknown[] {
  try {
    return fc.sample(arbitraryInput(schema, { known, field: '' }), { numRuns: count, seed: 20_260_305 })
  } catch (error) {
    throw new Error(`inputs for ${name}: ${String(error)}`, { cause: error })
  }
}

function sizeOf(value: unknown): number {
  return (JSON.stringify(value) ?? '').length
}

/** Where in a value texts stand. */
export function listTexts(value: unknown, at: Path): Path[] {
  if (typeof value === 'string') return [at]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => listTexts(member, [...at, key]))
}

/** The same input with another text at this place. */
export function putAt(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = putAt(copy[key], rest, text)
  return copy
}

export function getAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], value)
}
