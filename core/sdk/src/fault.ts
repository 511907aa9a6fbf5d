import { catalogue, type FaultCode } from './fault/catalogue.ts'

export { catalogue, type FaultCode, type FaultEntry } from './fault/catalogue.ts'
export { defineSentences, findSaid, listSentences, quote, type Facts, type Said, type Say } from './fault/saying.ts'

/** Only plain, non-personal facts may travel with a fault: ids, counts, names of our own things. */
export type FaultData = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

const marker = 'inthread.fault'

/**
 * Something that should not be. The message is a constant of the catalogue, so no value can leak through it; what
 * happened in this case stands in `data`, which callers fill with whitelisted, non-personal facts only.
 */
export class Fault extends Error {
  /** Recognised by this field and not by class, because a package may be present twice. */
  readonly marker = marker
  readonly code: FaultCode
  readonly data: FaultData
  readonly retryable: boolean

  constructor(code: FaultCode, options: { data?: FaultData; cause?: unknown } = {}) {
    const entry = catalogue[code]
    super(entry.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Fault'
    this.code = code
    this.data = options.data ?? {}
    this.retryable = entry.retryable
  }
}

export function isFault(value: unknown, code?: FaultCode): value is Fault {
  if (typeof value !== 'object' || value === null) return false
  if (!('marker' in value) || value.marker !== marker || !('code' in value)) return false
  return code === undefined || value.code === code
}

/** The code of a fault, or `platform.unexpected` for anything else: what may be logged of an unknown error. */
export function faultCodeOf(value: unknown): FaultCode {
  return isFault(value) ? value.code : 'platform.unexpected'
}
