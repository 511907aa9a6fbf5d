import { Mismatch } from './mismatch.ts'
import type { Reply } from './courier.ts'

/** Says nothing of the body but its problem's code: a report may be read by anybody. */
export function describeReply({ status, body }: Pick<Reply, 'status' | 'body'>): string {
  return typeof body['code'] === 'string' ? `${status} ${body['code']}` : String(status)
}

export function assertThat(holds: boolean, expected: string, got: string): void {
  if (!holds) throw new Mismatch(expected, got)
}

export function assertStatus(reply: Reply, ...statuses: readonly number[]): void {
  assertThat(statuses.includes(reply.status), statuses.join(' or '), describeReply(reply))
}

/** `codes` are alternatives. */
export function assertProblem(reply: Reply, status: number, ...codes: readonly string[]): void {
  const code = reply.body['code']
  const fits = reply.status === status && typeof code === 'string' && codes.includes(code)
  assertThat(fits, `${status} ${codes.join(' or ')}`, describeReply(reply))
  assertThat(
    (reply.headers['content-type'] ?? '').startsWith('application/problem+json'),
    'application/problem+json',
    reply.headers['content-type'] ?? 'no content type',
  )
  assertThat(reply.body['outcome'] === 'none', 'outcome "none"', `outcome ${JSON.stringify(reply.body['outcome'])}`)
}

/** Any refusal that says that nothing was done. */
export function assertRefused(reply: Reply): void {
  assertThat(reply.status >= 400 && reply.status < 500, 'a refusal (4xx)', describeReply(reply))
  assertThat(reply.body['outcome'] === 'none', 'outcome "none"', `outcome ${JSON.stringify(reply.body['outcome'])}`)
}

export function memberAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined),
    value,
  )
}

/** Throws a Mismatch when there is no such text. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = memberAt(value, ...path)
  if (typeof found === 'string' && found !== '') return found
  throw new Mismatch(`text at ${path.join('.')}`, found === undefined ? 'nothing' : typeof found)
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number {
  const found = memberAt(value, ...path)
  if (typeof found === 'number' && Number.isSafeInteger(found)) return found
  throw new Mismatch(`a whole number at ${path.join('.')}`, found === undefined ? 'nothing' : typeof found)
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = memberAt(value, ...path)
  if (Array.isArray(found)) return found
  throw new Mismatch(`a list at ${path.join('.')}`, found === undefined ? 'nothing' : typeof found)
}
