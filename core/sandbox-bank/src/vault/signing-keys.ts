import type { Database } from '../store/database.store.ts'
import { commitMeta, findMeta } from '../store/meta.store.ts'
import type { PublicJwk, SigningKeyPair } from './key-ring.ts'

/** Whoever has kept our key set for as long as it may be kept finds the old key in it all the same. */
const overlapMs = 7 * 24 * 3_600_000
const rotationsKey = 'key_rotations'

interface SigningKeysParts {
  readonly db: Database
  readonly now: () => number
  /** The first key is number one. */
  readonly make: (number: number) => SigningKeyPair
}

/** The keys that answers and events are signed with, one after the other. When each began to sign is a row. */
export class SigningKeys {
  readonly #parts: SigningKeysParts
  readonly #made = new Map<number, SigningKeyPair>()

  constructor(parts: SigningKeysParts) {
    this.#parts = parts
  }

  current(): SigningKeyPair {
    return this.#get(this.#rotations().length + 1)
  }

  /** The current one first, then those it has followed within the last seven days. */
  listPublished(): readonly PublicJwk[] {
    const since = this.#parts.now() - overlapMs
    const older = this.#rotations().flatMap((endedAt, index) => (endedAt > since ? [this.#get(index + 1)] : []))
    return [this.current(), ...older.toReversed()].map(({ publicJwk }) => publicJwk)
  }

  /** From now on another key signs. */
  rotate(): SigningKeyPair {
    const ends = [...this.#rotations(), this.#parts.now()]
    commitMeta(this.#parts.db, rotationsKey, JSON.stringify(ends))
    return this.current()
  }

  /** When each key but the current one was followed by the next. */
  #rotations(): readonly number[] {
    return JSON.parse(findMeta(this.#parts.db, rotationsKey) ?? '[]') as number[]
  }

  #get(number: number): SigningKeyPair {
    const known = this.#made.get(number) ?? this.#parts.make(number)
    this.#made.set(number, known)
    return known
  }
}
