import type { Said } from '../saying/word-said.ts'
import type { Schema } from './schema.ts'

export interface Problem extends Said {
  readonly path: string
}

/** What every field is given: what it fills in, where that stands, and what is wrong with it. */
export interface FieldProps {
  readonly schema: Schema
  /** What it is called where the schema does not say. */
  readonly name: string
  readonly path: string
  readonly value: unknown
  /** In force while nothing is filled in here. */
  readonly inherited: unknown
  readonly required: boolean
  readonly disabled: boolean
  readonly problems: readonly Problem[]
  readonly change: (value: unknown) => void
}

/** What is wrong with exactly this place. */
export function problemAt(path: string, problems: readonly Problem[], say: (said: Said) => string): string | undefined {
  const found = problems.filter((problem) => problem.path === path).map(say)
  return found.length === 0 ? undefined : found.join('; ')
}
