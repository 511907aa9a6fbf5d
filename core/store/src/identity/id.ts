import { createHash } from 'node:crypto'

/** Makes ids; the hall hands one out, seeded in the sandbox so that a run can be repeated. */
export interface IdSource {
  /** A new UUID (version 7): ordered by time, so that fresh rows lie side by side. */
  next(): string
}

export interface IdIngredients {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  readonly randomBytes: (count: number) => Uint8Array
}

export function createIdSource(ingredients: IdIngredients): IdSource {
  let lastMs = 0
  let sequence = 0
  return {
    next: () => {
      const nowMs = ingredients.nowMs()
      sequence = nowMs > lastMs ? 0 : sequence + 1
      lastMs = Math.max(nowMs, lastMs)
      // Twelve bits count within a millisecond; beyond that the clock is pushed forward, so the order never breaks.
      if (sequence > 0xfff) {
        lastMs += 1
        sequence = 0
      }
      return formatId(lastMs, 0x7000 | sequence, ingredients.randomBytes(8))
    },
  }
}

/**
 * The id of something that follows from something else: the same parent and labels give the same id on every machine
 * and in every repetition, so what is done again finds that it was done. It keeps the parent's time, hence its place
 * in an index.
 */
export function deriveId(parent: string, ...labels: readonly (string | number)[]): string {
  const digest = createHash('sha256')
    .update([parent, ...labels].join('\u0000'))
    .digest()
  const timeMs = Number.parseInt(parent.slice(0, 8) + parent.slice(9, 13), 16)
  return formatId(timeMs, 0x8000 | (digest.readUInt16BE(0) & 0xfff), digest.subarray(2, 10))
}

function formatId(timeMs: number, versioned: number, tail: Uint8Array): string {
  const time = timeMs.toString(16).padStart(12, '0')
  const rest = Buffer.from(tail)
  rest.writeUInt8((rest.readUInt8(0) & 0x3f) | 0x80, 0)
  const hex = rest.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-${versioned.toString(16)}-${hex.slice(0, 4)}-${hex.slice(4)}`
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten characters that a person can read out, without I, L, O and U: the number of an order. */
export function buildNumber(id: string): string {
  const digest = createHash('sha256').update(id).digest()
  let text = ''
  for (let index = 0; index < 10; index += 1) text += alphabet[digest.readUInt8(index) & 31]
  return text
}
