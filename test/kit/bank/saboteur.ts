import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import type { HttpClient, HttpRequest, HttpResponse } from '@inthread/sdk/bank'

/** An answer with its body read, as a sabotage changes it. */
export interface OpenAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

/** One thing that this bank does wrong. */
export interface Sabotage {
  /** Before it is signed. */
  readonly change?: (answer: OpenAnswer, request: HttpRequest) => OpenAnswer
  /** After it was signed: headers alone. */
  readonly spoil?: (headers: Record<string, string>) => Record<string, string | undefined>
  readonly nonce?: string
  /** Members that are published with each key. */
  readonly published?: Readonly<Record<string, string>>
  readonly keysHeaders?: Readonly<Record<string, string>>
}

/**
 * A bank that is right in all but one thing: what a right one answers is changed on the way and signed anew, with a key
 * that is published in place of its own.
 */
export function openSaboteur(wire: HttpClient, sabotage: Sabotage): HttpClient {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const kid = 'saboteur'
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...sabotage.published }]
  return {
    send: async (request) => {
      if (request.url.endsWith('/.well-known/jwks.json')) {
        const headers = { 'cache-control': 'max-age=60', ...sabotage.keysHeaders }
        return { status: 200, headers, body: Buffer.from(JSON.stringify({ keys })) }
      }
      const answer = await wire.send(request)
      const changed = changeAnswer(answer, request, sabotage)
      const seal = buildSeal(changed, request, { nonce: sabotage.nonce ?? randomUUID(), kid, key: privateKey })
      const headers = { ...changed.headers, ...seal }
      return { ...changed, headers: dropMissing({ ...headers, ...sabotage.spoil?.(headers) }) }
    },
  }
}

function changeAnswer(answer: HttpResponse, request: HttpRequest, { change }: Sabotage): HttpResponse {
  const text = Buffer.from(answer.body).toString('utf8')
  if (!change) return answer
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  const changed = change({ status: answer.status, headers: answer.headers, body }, request)
  const same = JSON.stringify(changed.body) === JSON.stringify(body)
  return { ...changed, body: same ? answer.body : Buffer.from(JSON.stringify(changed.body)) }
}

interface Sealing {
  readonly nonce: string
  readonly kid: string
  readonly key: KeyObject
}

/** At the time at which the right bank has signed, which may be another than ours. */
function buildSeal(answer: HttpResponse, request: HttpRequest, sealing: Sealing): Record<string, string> {
  const created = /created=([0-9]+)/.exec(answer.headers['signature-input'] ?? '')?.[1] ?? '0'
  const digest = `sha-256=:${createHash('sha256').update(answer.body).digest('base64')}:`
  const input =
    `("@status" "content-digest" "@method";req "@target-uri";req);created=${created};keyid="${sealing.kid}"` +
    `;alg="ed25519";nonce="${sealing.nonce}";tag="scene-finance-response"`
  const base = [
    `"@status": ${answer.status}`,
    `"content-digest": ${digest}`,
    `"@method";req: ${request.method}`,
    `"@target-uri";req: ${request.url}`,
    `"@signature-params": ${input}`,
  ].join('\n')
  const signature = sign(null, Buffer.from(base), sealing.key).toString('base64')
  return { 'content-digest': digest, 'signature-input': `sig1=${input}`, signature: `sig1=:${signature}:` }
}

function dropMissing(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
