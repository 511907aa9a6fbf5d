import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '@inthread/sdk/time'
import { findAlgorithm, getAlgorithm, isSigned, signBytes, type Algorithm } from './algorithm.ts'
import type { Exchanged, SignatureCheck, SignatureFlaw } from './answer-signature.ts'
import type { KeyRing } from './key-ring.ts'
import type { SigningIdentity, SigningMoment, UnsignedRequest } from './request-signature.ts'

/**
 * A detached JWS with an unencoded payload (RFC 7515, 7797) in `x-jws-signature`. The payload is the body as it is
 * sent; the protected header binds it to its request with the names that DPoP has (`htm`, `htu`, `ath`), to its moment
 * (`iat`) and to its one use (`jti`). All of them are critical: who does not understand one must not believe the rest.
 */
export const jwsSeal = {
  sign: (
    request: UnsignedRequest,
    identity: SigningIdentity,
    moment: SigningMoment,
  ): Promise<Readonly<Record<string, string>>> => {
    const claims = {
      iat: Math.floor(moment.at / 1_000_000),
      jti: moment.nonce,
      htm: request.method,
      htu: request.url,
      ...bindHeaders(request.headers),
    }
    const parts = { typ: requestType, kid: identity.keyid, claims }
    const text = writeJws(parts, request.body ?? new Uint8Array(), identity)
    return Promise.resolve({ ...request.headers, [jwsHeader]: text })
  },
  verify: verifyJwsAnswer,
}

export const jwsHeader = 'x-jws-signature'
export const requestType = 'scene-finance-request+jws'
const toleranceSec = 60
const joseNames: Readonly<Record<Algorithm, string>> = { ed25519: 'EdDSA', 'ecdsa-p256-sha256': 'ES256' }

export interface JwsParts {
  readonly typ: string
  readonly kid: string
  readonly claims: Readonly<Record<string, string | number>>
  /** Written in place of the algorithm of the key. */
  readonly alg?: string
}

/** Header and signature with nothing between them. */
export function writeJws(
  { typ, kid, claims, alg }: JwsParts,
  payload: Uint8Array,
  { key }: Pick<SigningIdentity, 'key'>,
): string {
  const crit = ['b64', ...Object.keys(claims)]
  const header = { alg: alg ?? joseNames[getAlgorithm(key)], kid, typ, b64: false, crit, ...claims }
  const head = Buffer.from(JSON.stringify(header)).toString('base64url')
  const signature = signBytes(key, Buffer.concat([Buffer.from(`${head}.`), payload]))
  return `${head}..${signature.toString('base64url')}`
}

/** What of the headers the signature has to hold: the key as it is sent, of the token only its digest. */
export function bindHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { 'idempotency-key': key, authorization } = headers
  const token = authorization?.replace(/^Bearer /, '')
  return {
    ...(key === undefined ? {} : { ikey: key }),
    ...(token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') }),
  }
}

const critical = ['b64', 'iat', 'jti', 'htm', 'htu', 'status']

const answerSchema = z.object({
  alg: z.enum(['EdDSA', 'ES256']),
  kid: z.string().min(1),
  typ: z.literal('scene-finance-response+jws'),
  b64: z.literal(false),
  crit: z.array(z.enum(critical)).refine((crit) => critical.every((name) => crit.includes(name))),
  iat: z.int(),
  jti: z.string().min(1).max(256),
  htm: z.string(),
  htu: z.string(),
  status: z.int(),
})

async function verifyJwsAnswer(exchanged: Exchanged, now: Instant, keys: KeyRing): Promise<SignatureCheck> {
  const { request, answer } = exchanged
  const field = answer.headers[jwsHeader]
  if (field === undefined) return flawed('answer_unsigned')
  const [head = '', middle, tail = '', ...rest] = field.split('.')
  const header = answerSchema.safeParse(findHeader(head)).data
  if (!header || middle !== '' || rest.length > 0) return flawed('answer_signature_invalid')
  if (Math.abs(now / 1_000_000 - header.iat) > toleranceSec) return flawed('answer_stale')
  const isOurs = header.htm === request.method && header.htu === request.url && header.status === answer.status
  if (!isOurs) return flawed('answer_signature_invalid')
  const key = await keys.find(header.kid)
  if (key === 'unavailable') return flawed('bank_keys_unavailable')
  if (key === 'unknown_key') return flawed('answer_signed_with_unknown_key')
  const algorithm = findAlgorithm(key)
  const signed = Buffer.concat([Buffer.from(`${head}.`), answer.body])
  const fits = algorithm !== undefined && joseNames[algorithm] === header.alg
  if (!fits || !isSigned(key, signed, Buffer.from(tail, 'base64url'))) return flawed('answer_signature_invalid')
  return { kind: 'genuine', nonce: header.jti }
}

function findHeader(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

function flawed(code: SignatureFlaw): SignatureCheck {
  return { kind: 'flawed', code }
}
