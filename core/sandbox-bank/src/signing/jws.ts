import { createHash, sign, type KeyObject } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { SigningKeyPair } from '../vault/key-ring.ts'
import { findAlgorithm, verifyBytes } from './algorithm.ts'

export const jwsHeader = 'x-jws-signature'
const requestType = 'scene-finance-request+jws'
const responseType = 'scene-finance-response+jws'

/** A detached JWS with an unencoded payload (RFC 7797): the body itself, as it travels. */
export interface Jws {
  readonly head: string
  readonly signature: Buffer
  readonly header: JwsHeader
}

const critical = ['b64', 'iat', 'jti', 'htm', 'htu']
const known = [...critical, 'ikey', 'ath']

const headerSchema = Type.Object({
  alg: Type.Enum(['EdDSA', 'ES256']),
  kid: Type.String({ minLength: 1, maxLength: 64 }),
  typ: Type.Literal(requestType),
  b64: Type.Literal(false),
  crit: Type.Array(Type.Enum(known)),
  iat: Type.Integer(),
  jti: Type.String({ minLength: 1, maxLength: 128 }),
  htm: Type.String(),
  htu: Type.String(),
  ikey: Type.Optional(Type.String()),
  ath: Type.Optional(Type.String()),
})
export type JwsHeader = Type.Static<typeof headerSchema>

const validator = Compile(headerSchema)

/** undefined for anything that is not made for a request to a bank. */
export function findJws(field: string): Jws | undefined {
  const [head = '', middle, tail = '', ...rest] = field.split('.')
  const header = findHeader(head)
  if (middle !== '' || rest.length > 0 || !validator.Check(header)) return undefined
  if (!critical.every((name) => header.crit.includes(name))) return undefined
  return { head, header, signature: Buffer.from(tail, 'base64url') }
}

function findHeader(head: string): unknown {
  try {
    return JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** What of the request's headers the protected header has to repeat, and does not. */
export function listUnbound(
  { header }: Jws,
  request: { readonly method: string; readonly targetUri: string; readonly headers: Readonly<Record<string, string>> },
): string[] {
  const token = request.headers['authorization']?.replace(/^Bearer /, '')
  const expected: Readonly<Record<string, string | undefined>> = {
    htm: request.method,
    htu: request.targetUri,
    ikey: request.headers['idempotency-key'],
    ath: token === undefined ? undefined : createHash('sha256').update(token).digest('base64url'),
  }
  const said: Readonly<Record<string, unknown>> = { ...header }
  return Object.keys(expected).filter((name) => said[name] !== expected[name])
}

export function isJwsBy(key: KeyObject, jws: Jws, body: Uint8Array): boolean {
  const algorithm = findAlgorithm(key)
  const name = algorithm === 'ed25519' ? 'EdDSA' : 'ES256'
  const signed = Buffer.concat([Buffer.from(`${jws.head}.`), body])
  return algorithm !== undefined && jws.header.alg === name && verifyBytes(key, signed, jws.signature)
}

export interface AnswerClaims {
  readonly status: number
  readonly method: string
  readonly targetUri: string
  readonly nowMs: number
  readonly nonce: string
}

/** For a client that signs in this way its answers are signed so, too. */
export function renderAnswerJws(claims: AnswerClaims, body: Uint8Array, { kid, privateKey }: SigningKeyPair): string {
  const { status, method, targetUri, nowMs, nonce } = claims
  const bound = { iat: Math.floor(nowMs / 1000), jti: nonce, htm: method, htu: targetUri, status }
  const crit = ['b64', ...Object.keys(bound)]
  const header = { alg: 'EdDSA', kid, typ: responseType, b64: false, crit, ...bound }
  const head = Buffer.from(JSON.stringify(header)).toString('base64url')
  const signature = sign(null, Buffer.concat([Buffer.from(`${head}.`), body]), privateKey)
  return `${head}..${signature.toString('base64url')}`
}
