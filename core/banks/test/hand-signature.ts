import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/**
 * RFC 9421 put together by hand, for the other end of the wire: a mistake of the library that the client signs with
 * would show here.
 */
export interface RawRequest {
  readonly method: string
  /** Absolute, from the bank's own configured URL. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface RawReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Everything that goes into one signed reply, so that a test can change one thing of it. */
export interface Plan {
  readonly label: string
  readonly components: readonly string[]
  readonly params: Readonly<Record<string, string | number>>
  readonly key: KeyObject
  readonly method: string
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export function digestOf(body: Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

export function sealReply(plan: Plan): RawReply {
  const headers = { 'content-digest': digestOf(plan.body), ...plan.headers }
  const values: Record<string, string | undefined> = {
    '"@status"': String(plan.status),
    '"@method";req': plan.method,
    '"@target-uri";req': plan.url,
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [`"${name}"`, value])),
  }
  const lines = plan.components.map((component) => `${component}: ${values[component] ?? ''}`)
  const input = `(${plan.components.join(' ')})${writeParams(plan.params)}`
  const base = [...lines, `"@signature-params": ${input}`].join('\n')
  const signature = sign(null, Buffer.from(base), plan.key).toString('base64')
  const seal = { 'signature-input': `${plan.label}=${input}`, signature: `${plan.label}=:${signature}:` }
  return { status: plan.status, headers: { ...headers, ...seal }, body: plan.body }
}

/** Reads the one form in which the client writes; anything else is not genuine. */
export function isGenuineRequest(request: RawRequest, key: KeyObject): boolean {
  const { headers, body } = request
  const input = /^sig1=(\(([^)]*)\);.*;tag="scene-finance-request")$/.exec(headers['signature-input'] ?? '')
  const signature = /^sig1=:([A-Za-z0-9+/]{86}==):$/.exec(headers.signature ?? '')?.[1]
  if (!input || signature === undefined) return false
  if (body.length > 0 && headers['content-digest'] !== digestOf(body)) return false
  const components = (input[2] ?? '').split(' ')
  if (!listExpected(request).every((component, index) => components[index] === component)) return false
  const lines = components.map((component) => `${component}: ${valueOf(request, component)}`)
  const base = [...lines, `"@signature-params": ${input[1]}`].join('\n')
  return verify(null, Buffer.from(base), createPublicKey(key), Buffer.from(signature, 'base64'))
}

function listExpected(request: RawRequest): string[] {
  const withBody = request.body.length > 0 ? ['"content-digest"', '"content-type"'] : []
  const withKey = request.headers['idempotency-key'] === undefined ? [] : ['"idempotency-key"']
  return ['"@method"', '"@target-uri"', ...withBody, ...withKey]
}

function valueOf(request: RawRequest, component: string): string {
  if (component === '"@method"') return request.method
  if (component === '"@target-uri"') return request.url
  return request.headers[component.slice(1, -1)] ?? ''
}

function writeParams(params: Plan['params']): string {
  const write = (value: string | number): string => (typeof value === 'number' ? String(value) : `"${value}"`)
  return Object.entries(params)
    .map(([name, value]) => `;${name}=${write(value)}`)
    .join('')
}
