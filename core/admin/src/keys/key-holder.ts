import type { Actor } from '@inthread/store'
import type { Access } from '../access/access.ts'

/** Who comes with a key. */
export interface KeyHolder extends Access {
  readonly actor: Actor
  readonly name: string
  readonly madeAt: number
}
