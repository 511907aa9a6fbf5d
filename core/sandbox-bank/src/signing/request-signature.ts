import { httpbis } from 'http-message-signatures'
import type { KeyObject } from 'node:crypto'
import { isInnerList, parseDictionary, serializeDictionary, type InnerList } from 'structured-headers'
import { findAlgorithm, verifyBytes } from './algorithm.ts'
import { findJws, isJwsBy, jwsHeader, listUnbound, type Jws } from './jws.ts'
import { isContentDigestOf } from './digest.ts'
import { Problem } from '../transport/problem.ts'

const requestTag = 'scene-finance-request'
const label = 'sig1'

/** A request as it came: header names in lower case, the body as bytes. */
export interface SignedRequest {
  readonly method: string
  /** Made from the bank's own configured address, never from the Host header. */
  readonly targetUri: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface RequestSignature {
  readonly keyId: string
  /** Epoch seconds. */
  readonly createdAt: number
  readonly nonce: string
  readonly algorithm: string
  /** Where it is a JWS and no signature of RFC 9421. */
  readonly jws?: Jws
  /** The signature's own entry of both headers, so that signatures of proxies beside it don't matter. */
  readonly headers: Readonly<Record<string, string>>
}

/** Reads the signature and checks that it covers what it must. Throws a Problem; the key is not needed yet. */
export function readRequestSignature(request: SignedRequest): RequestSignature {
  const field = request.headers[jwsHeader]
  if (field !== undefined) return readJws(request, field)
  const input = findMember(request.headers['signature-input'])
  const signature = findMember(request.headers['signature'])
  if (!input || !signature) refuse(`send Signature-Input and Signature with the label ${label}, as RFC 9421 says`)
  if (!isInnerList(input)) refuse(`the value of ${label} in Signature-Input must be a list of components`)
  assertCoverage(input, request)
  const { keyid, created, nonce, alg, tag } = Object.fromEntries(input[1])
  if (alg !== 'ed25519' && alg !== 'ecdsa-p256-sha256')
    refuse('the parameter alg must be "ed25519" or "ecdsa-p256-sha256"')
  if (tag !== requestTag) refuse(`the parameter tag must be "${requestTag}"`)
  if (typeof keyid !== 'string' || keyid === '' || keyid.length > 64)
    refuse('the parameter keyid must be the client id')
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > 128)
    refuse('the parameter nonce must have 1 to 128 characters')
  if (typeof created !== 'number' || !Number.isInteger(created))
    refuse('the parameter created must be a time in whole seconds')
  const headers = {
    'signature-input': serializeDictionary(new Map([[label, input]])),
    signature: serializeDictionary(new Map([[label, signature]])),
  }
  return { keyId: keyid, createdAt: created, nonce, algorithm: alg, headers }
}

/** A body that travels beside a detached signature is itself what is signed. */
function readJws(request: SignedRequest, field: string): RequestSignature {
  const jws = findJws(field)
  if (!jws) refuse(`${jwsHeader} must be a detached JWS with b64 false, for a request to a bank`)
  const unbound = listUnbound(jws, request)
  if (unbound.length > 0) refuse(`the protected header must agree with the request in ${unbound.join(', ')}`)
  const { kid, iat, jti, alg } = jws.header
  return { keyId: kid, createdAt: iat, nonce: jti, algorithm: alg, headers: {}, jws }
}

/** A body must be the one whose digest was signed. A JWS is over the body and needs none. */
export function assertContentDigest(request: SignedRequest): void {
  if (request.body.length === 0) return
  if (request.headers[jwsHeader] !== undefined && request.headers['content-digest'] === undefined) return
  if (isContentDigestOf(request.headers['content-digest'] ?? '', request.body)) return
  throw new Problem(
    'digest_mismatch',
    'The header Content-Digest is not the sha-256 of the body that arrived: sign the bytes you send.',
  )
}

export async function isSignedBy(
  key: KeyObject,
  request: SignedRequest,
  signature: RequestSignature,
): Promise<boolean> {
  if (signature.jws) return isJwsBy(key, signature.jws, request.body)
  // The kind of the key decides, not what the sender says of it.
  const { algorithm } = signature
  if (findAlgorithm(key) !== algorithm) return false
  const verify = (data: Buffer, bytes: Buffer): Promise<boolean> => Promise.resolve(verifyBytes(key, data, bytes))
  const message = {
    method: request.method,
    url: request.targetUri,
    headers: { ...request.headers, ...signature.headers },
  }
  try {
    const keyLookup = async () => ({ id: signature.keyId, algs: [algorithm], verify })
    return (await httpbis.verifyMessage({ keyLookup, notAfter: Number.MAX_SAFE_INTEGER }, message)) === true
  } catch {
    return false
  }
}

type Member = InnerList | ReturnType<ReturnType<typeof parseDictionary>['get']>

function findMember(header: string | undefined): Exclude<Member, undefined> | undefined {
  try {
    return header === undefined ? undefined : parseDictionary(header).get(label)
  } catch {
    return undefined
  }
}

function assertCoverage(input: InnerList, request: SignedRequest): void {
  const covered = new Set(input[0].filter(([, params]) => params.size === 0).map(([name]) => name))
  const missing = buildRequiredComponents(request).filter((name) => !covered.has(name))
  if (missing.length > 0) refuse(`the signature must also cover ${missing.map((name) => `"${name}"`).join(' ')}`)
}

function buildRequiredComponents(request: SignedRequest): string[] {
  const withBody = request.body.length > 0 ? ['content-digest', 'content-type'] : []
  const sent = ['idempotency-key', 'authorization'].filter((name) => request.headers[name] !== undefined)
  return ['@method', '@target-uri', ...withBody, ...sent]
}

function refuse(what: string): never {
  throw new Problem('signature_invalid', `The request is not signed as it must be: ${what}.`)
}
