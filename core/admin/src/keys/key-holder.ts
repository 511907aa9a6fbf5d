import type { Actor } from '@inthread/store'
import type { Access } from '../access/access.ts'

/** Who comes with a key, or signed in. */
export interface KeyHolder extends Access {
  readonly actor: Actor
  readonly name: string
  readonly madeAt: number
  /** Of a key that opens nothing after that. */
  readonly expiresAt?: number
  /** The human behind it, where that is known: who is signed in, or who has made this key, signed in. */
  readonly person?: string
  /** Of who is signed in: whether a second factor was shown lately. A key has none. */
  readonly secondFactor?: 'fresh' | 'stale' | 'missing'
}
