import { isObject, type JsonObject } from '../../rcc07/rule.ts'

/**
 * Thrown while a push is read and caught where reading began. `place` is a JSON pointer made of the protocol's own
 * field names; `need` says what the place must hold. Neither ever quotes what came in.
 */
export class Malformed extends Error {
  readonly problem: string

  constructor(place: string, need: string) {
    super('a push could not be read')
    this.name = 'Malformed'
    this.problem = `${place === '' ? 'the body' : place} ${need}`
  }
}

const longestId = 128

export function readObject(value: unknown, place: string): JsonObject {
  if (isObject(value)) return value
  throw new Malformed(place, 'must be an object')
}

/** Some platforms send a list of one without its brackets. */
export function readList(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value
  if (isObject(value)) return [value]
  throw new Malformed(place, 'must be a list with at least one entry')
}

export function readText(value: unknown, place: string): string {
  if (typeof value === 'string') return value
  throw new Malformed(place, 'must be text')
}

/** A name that the provider gave to something. */
export function readId(value: unknown, place: string): string {
  const id = findId(value, place)
  if (id === undefined) throw new Malformed(place, 'is missing')
  return id
}

/** undefined for what is absent, null or empty; ids that came as whole numbers are read as text. */
export function findId(value: unknown, place: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const id = Number.isSafeInteger(value) ? String(value) : value
  if (typeof id === 'string' && id.length <= longestId) return id
  throw new Malformed(place, `must be text of at most ${longestId} characters`)
}

/** Names are the same in any case: the operator's documents write `echoStr`, HTTP servers hand over `echostr`. */
export function findHeader(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === wanted)
  return found?.[1]
}
