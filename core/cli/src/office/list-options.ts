import { CommandError, exits, type Output } from '../commands/output.ts'
import type { PlatformOptions } from '../commands/platform.ts'

/** What a command takes that prints one page of a list. */
export interface ListOptions extends PlatformOptions {
  readonly limit?: string
  readonly cursor?: string
}

export function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= 200) return limit
  throw new CommandError('--limit takes a whole number from 1 to 200.', exits.badInput)
}

export function tellNext(next: string | null, output: Output): void {
  if (next !== null) output.line(`There are more: the same command with --cursor ${next}`)
}
