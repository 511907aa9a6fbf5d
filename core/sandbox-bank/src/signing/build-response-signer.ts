import { createSigner, httpbis } from 'http-message-signatures'
import type { SigningKeyPair } from '../vault/key-ring.ts'
import { renderContentDigest } from './digest.ts'
import { jwsHeader, renderAnswerJws } from './jws.ts'

const responseTag = 'scene-finance-response'
const fields = ['@status', 'content-digest', '"@method";req', '"@target-uri";req']
const params = ['created', 'keyid', 'alg', 'nonce', 'tag']

/** What an answer's signature binds together. The request's part makes an answer useless for any other request. */
export interface AnswerToSign {
  readonly status: number
  readonly body: Uint8Array
  readonly method: string
  readonly targetUri: string
  /** As a detached JWS: that is how the request was signed. */
  readonly asJws: boolean
}

export interface ResponseSigner {
  readonly sign: (answer: AnswerToSign) => Promise<Record<string, string>>
}

interface SignerOptions {
  /** The one of this moment: keys change while the bank runs. */
  readonly key: () => SigningKeyPair
  readonly now: () => number
  readonly randomName: () => string
}

/** Makes the headers Content-Digest, Signature-Input and Signature (label `sig1`) of an answer. */
export function buildResponseSigner(options: SignerOptions): ResponseSigner {
  return {
    sign: async (answer) => {
      const { privateKey, kid } = options.key()
      const key = createSigner(privateKey, 'ed25519', kid)
      const digest = renderContentDigest(answer.body)
      if (answer.asJws) return { 'content-digest': digest, [jwsHeader]: buildJws(options, answer) }
      const message = { status: answer.status, headers: { 'content-digest': digest } }
      const request = { method: answer.method, url: answer.targetUri, headers: {} }
      const paramValues = { created: new Date(options.now()), nonce: options.randomName(), tag: responseTag }
      const signed = await httpbis.signMessage({ key, name: 'sig1', fields, params, paramValues }, message, request)
      return Object.fromEntries(
        Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      )
    },
  }
}

function buildJws({ key, now, randomName }: SignerOptions, answer: AnswerToSign): string {
  const { status, method, targetUri, body } = answer
  return renderAnswerJws({ status, method, targetUri, nowMs: now(), nonce: randomName() }, body, key())
}
