import type { Said } from '../../fault/saying.ts'
import type { Manifest } from '../manifest-schema.ts'

/** Something that keeps a plugin from being listed, in words that its author can act on. */
export interface ManifestProblem {
  /** `$.flows.book.steps.pay` */
  readonly path: string
  /** The step's name, when it is about one. */
  readonly step?: string
  readonly problem: string
  readonly remedy: string
  /** Of what a tenant's own words can bring about: the problem, to be worded by a page. */
  readonly said?: Said
}

export type Check = (manifest: Manifest) => readonly ManifestProblem[]

/** `a, b and c`. */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
