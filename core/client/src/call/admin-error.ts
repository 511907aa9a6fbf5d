import { TRPCClientError } from '@trpc/client'

/**
 * Why a call did not work: a stable code to act on, a sentence to show, and a reference to name in a question to
 * operators.
 */
export class AdminError extends Error {
  /** Like `UNAUTHORIZED`, `NOT_FOUND`, `BAD_REQUEST`; `UNREACHABLE` when no answer came. */
  readonly code: string
  readonly fault: string | undefined
  readonly reference: string | undefined
  /** What the message says: a code that stays, and what it speaks of, to be worded in another language. */
  readonly said: { readonly code: string; readonly facts: Readonly<Record<string, string | number>> } | undefined

  constructor(
    message: string,
    facts: {
      readonly code: string
      readonly fault?: string
      readonly reference?: string
      readonly said?: AdminError['said']
      readonly cause: unknown
    },
  ) {
    super(message, { cause: facts.cause })
    this.name = 'AdminError'
    this.code = facts.code
    this.fault = facts.fault
    this.reference = facts.reference
    this.said = facts.said
  }
}

export function toAdminError(error: unknown, url: string): AdminError {
  const data: unknown = error instanceof TRPCClientError ? error.data : undefined
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') {
    return new AdminError(`no answer from ${url}: is the platform running there?`, {
      code: 'UNREACHABLE',
      cause: error,
    })
  }
  const message = error instanceof Error ? error.message : data.code
  return new AdminError(message, {
    code: data.code,
    ...readText(data, 'fault'),
    ...readText(data, 'reference'),
    ...readSaid(data),
    cause: error,
  })
}

function readSaid(data: object): { readonly said?: NonNullable<AdminError['said']> } {
  const said = (data as { readonly said?: NonNullable<AdminError['said']> | null }).said
  return typeof said?.code === 'string' ? { said } : {}
}

function readText(data: object, name: 'fault' | 'reference'): { readonly [K in typeof name]?: string } {
  const value = (data as Record<string, unknown>)[name]
  return typeof value === 'string' ? { [name]: value } : {}
}
