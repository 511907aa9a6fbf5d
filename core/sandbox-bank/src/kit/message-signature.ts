import { createHash, generateKeyPairSync, sign, verify, type JsonWebKey, type KeyObject } from 'node:crypto'

/**
 * RFC 9421 written out by hand, with nothing of the bank's own code or libraries: what a stranger would write who has
 * only read the description of the API.
 */
export interface Signing {
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly keyId: string
  readonly privateKey: KeyObject
  /** Epoch seconds. */
  readonly created: number
  readonly nonce: string
  readonly tag?: string
  readonly alg?: string
  /** Components left out although they should be covered. */
  readonly uncovered?: readonly string[]
  /** Exactly these components instead of those that should be covered. */
  readonly covered?: readonly string[]
}

export function digestOf(body: string | Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

export function signRequest(signing: Signing): Record<string, string> {
  const { method, url, body, keyId, privateKey, created, nonce } = signing
  const content: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-digest': digestOf(body) }
  const headers = { ...content, ...signing.headers }
  const names = signing.covered ?? ['@method', '@target-uri', ...listCoveredHeaders(headers, body)]
  const covered = names.filter((name) => !signing.uncovered?.includes(name))
  const list = `(${covered.map((name) => `"${name}"`).join(' ')})`
  const tag = signing.tag ?? 'scene-finance-request'
  const params = `;created=${created};keyid="${keyId}";alg="${signing.alg ?? 'ed25519'}";nonce="${nonce}";tag="${tag}"`
  const values: Record<string, string> = { '@method': method, '@target-uri': url, ...headers }
  const lines = covered.map((name) => `"${name}": ${values[name]}`)
  const base = [...lines, `"@signature-params": ${list}${params}`].join('\n')
  const signature = sign(null, Buffer.from(base), privateKey).toString('base64')
  return { ...headers, 'signature-input': `sig1=${list}${params}`, signature: `sig1=:${signature}:` }
}

function listCoveredHeaders(headers: Readonly<Record<string, string>>, body: string | undefined): string[] {
  const content = body === undefined ? [] : ['content-digest', 'content-type']
  return [...content, ...['idempotency-key', 'authorization'].filter((name) => name in headers)]
}

export interface SignedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly method: string
  readonly url: string
}

export interface AnswerSignature {
  readonly created: number
  readonly keyId: string
  readonly nonce: string
}

const answerPattern = new RegExp(
  '^sig1=(\\("@status" "content-digest" "@method";req "@target-uri";req\\)' +
    ';created=([0-9]+);keyid="([^"]+)";alg="ed25519";nonce="([^"]+)";tag="scene-finance-response")$',
)

/** Throws unless the answer is signed for exactly this request. */
export function verifyAnswer(answer: SignedAnswer, publicKey: KeyObject): AnswerSignature {
  const input = answer.headers.get('signature-input') ?? ''
  const [, params, created, keyId = '', nonce = ''] = answerPattern.exec(input) ?? []
  if (params === undefined) throw new Error(`the answer's Signature-Input is not as agreed: ${input}`)
  if (answer.headers.get('content-digest') !== digestOf(answer.bytes)) throw new Error('the answer has another digest')
  const base = [
    `"@status": ${answer.status}`,
    `"content-digest": ${answer.headers.get('content-digest')}`,
    `"@method";req: ${answer.method}`,
    `"@target-uri";req: ${answer.url}`,
    `"@signature-params": ${params}`,
  ].join('\n')
  const signature = /^sig1=:([^:]+):$/.exec(answer.headers.get('signature') ?? '')?.[1] ?? ''
  if (!verify(null, Buffer.from(base), publicKey, Buffer.from(signature, 'base64'))) {
    throw new Error('the signature of the answer is wrong')
  }
  return { created: Number(created), keyId, nonce }
}

export interface ClientKey {
  readonly privateKey: KeyObject
  readonly publicJwk: JsonWebKey
}

export function makeClientKey(): ClientKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicJwk: publicKey.export({ format: 'jwk' }) }
}
