/** Why it did not work: a code, and a sentence of the platform's. */
export class AuthError extends Error {
  readonly code: string
  readonly reason: string | undefined

  constructor(code: string, problem: string, reason?: string) {
    super(problem)
    this.name = 'AuthError'
    this.code = code
    this.reason = reason
  }
}

/** `POST /auth/<action>` of this platform. The browser keeps the session in a cookie that no script can read. */
export async function act<T = unknown>(action: string, body: object = {}): Promise<T> {
  const answer = await send(action, body)
  const told: unknown = await answer.json().catch(() => ({}))
  if (answer.ok) return told as T
  const { code, problem, reason } = told as { code?: string; problem?: string; reason?: string }
  throw new AuthError(code ?? 'failed', problem ?? '', reason)
}

async function send(action: string, body: object): Promise<Response> {
  try {
    return await fetch(`/auth/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new AuthError('unreachable', '')
  }
}

export interface SignedInAs {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly secondFactor: boolean
  readonly active: string
  readonly places: readonly { readonly place: string; readonly role: string }[]
}

export type Standing = { readonly state: 'out' } | ({ readonly state: 'in' } & SignedInAs)
