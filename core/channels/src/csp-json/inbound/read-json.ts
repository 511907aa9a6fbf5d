import { Malformed } from './read-field.ts'

const deepest = 20

/** Keys that change what an object is when somebody copies them. */
const refusedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor'])

/** Strict UTF-8 JSON of bounded depth. Parser messages quote the text, so they are dropped. */
export function readJson(text: string, place: string): unknown {
  const value = parse(text, place)
  let level = containersIn([value])
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepest) throw new Malformed(place, `must not be nested deeper than ${deepest} levels`)
    if (level.some(hasRefusedKey)) throw new Malformed(place, 'must not have a key named __proto__ or constructor')
    level = level.flatMap((container) => containersIn(Object.values(container)))
  }
  return value
}

export function readUtf8(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Malformed(place, 'must be UTF-8')
  }
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Malformed(place, 'must be JSON')
  }
}

function containersIn(values: readonly unknown[]): object[] {
  return values.filter((value) => typeof value === 'object' && value !== null)
}

function hasRefusedKey(container: object): boolean {
  return Object.keys(container).some((key) => refusedKeys.has(key))
}
