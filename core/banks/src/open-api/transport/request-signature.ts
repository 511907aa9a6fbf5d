import type { KeyObject } from 'node:crypto'
import { httpbis } from 'http-message-signatures'
import { instantToIso, type Instant } from '@inthread/sdk/time'
import { getAlgorithm, signBytes } from './algorithm.ts'

export interface SigningIdentity {
  /** Our name at the bank. */
  readonly keyid: string
  readonly key: KeyObject
}

/** The moment and the fresh name under which one request is signed. */
export interface SigningMoment {
  readonly at: Instant
  readonly nonce: string
}

export interface UnsignedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Of which RFC 9421 signs the digest alone, which is among the headers. */
  readonly body?: Uint8Array
}

/** Always signed, then whatever of these the request carries, in this order. */
const always = ['@method', '@target-uri']
const whenSent = ['content-digest', 'content-type', 'idempotency-key', 'authorization']
const params = ['created', 'keyid', 'alg', 'nonce', 'tag']

/** The request's headers with `signature-input` and `signature` (RFC 9421, label `sig1`) added. */
export async function buildRequestSignature(
  request: UnsignedRequest,
  identity: SigningIdentity,
  moment: SigningMoment,
): Promise<Readonly<Record<string, string>>> {
  const { keyid } = identity
  const created = new Date(instantToIso(moment.at))
  const signed = await httpbis.signMessage(
    {
      name: 'sig1',
      fields: [...always, ...whenSent.filter((name) => request.headers[name] !== undefined)],
      params,
      paramValues: {
        created,
        keyid,
        alg: getAlgorithm(identity.key),
        nonce: moment.nonce,
        tag: 'scene-finance-request',
      },
      key: { id: keyid, sign: (data: Buffer) => Promise.resolve(signBytes(identity.key, data)) },
    },
    { method: request.method, url: request.url, headers: { ...request.headers } },
  )
  return lowerCaseNames(signed.headers)
}

function lowerCaseNames(headers: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
}
