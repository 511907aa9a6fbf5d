import { AdminError } from '@inthread/client'
import type { Said } from './word-said.ts'

/** What an error of the platform says; of any other that it is one. */
export function readSaid(error: unknown): Said {
  const message = error instanceof Error ? error.message : String(error)
  const said = error instanceof AdminError ? error.said : undefined
  return said ? { ...said, message } : { code: 'call.failed', facts: {}, message }
}
