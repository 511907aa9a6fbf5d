import type { KeyObject } from 'node:crypto'
import type { BankPorts, HttpRequest, TlsIdentity } from '@inthread/sdk/bank'
import { isFault } from '@inthread/sdk/fault'
import { getAlgorithm, signBytes } from '../open-api/transport/algorithm.ts'
import type { AccessTokens } from '../open-api/transport/access-token.ts'
import { buildContentDigest } from '../open-api/transport/content-digest.ts'
import { findJson } from '../open-api/transport/json-body.ts'
import { bindHeaders, jwsHeader, writeJws } from '../open-api/transport/jws-seal.ts'
import type { KeyRing } from '../open-api/transport/key-ring.ts'
import { getMessageSeal, type MessageSignature } from '../open-api/transport/message-seal.ts'
import { Mismatch } from './mismatch.ts'

export interface Ask {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below the base URL, query and all. */
  readonly path: string
  readonly key?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One thing that is not as it should be. */
export interface Twist {
  readonly unsigned?: true
  readonly shiftSec?: number
  readonly nonce?: string
  readonly alg?: string
  readonly tag?: string
  readonly by?: KeyObject
  /** Components that are not signed although they should be. */
  readonly uncovered?: readonly string[]
  /** Sent in place of what was signed. */
  readonly sentBody?: string
  readonly sentPath?: string
  readonly deadlineMs?: number
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Empty when the body is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>
  readonly nonce: string
}

export interface CourierParts {
  readonly baseUrl: string
  readonly clientId: string
  readonly key: KeyObject
  readonly keys: KeyRing
  readonly keysUrl: string
  readonly ports: BankPorts
  readonly messageSignature: MessageSignature
  readonly tokens: AccessTokens | undefined
  readonly tls: TlsIdentity | undefined
}

const deadlineMs = 10_000

/** Carries requests to the bank, signed as the case wants them, and believes only answers that are signed for them. */
export class Courier {
  readonly parts: CourierParts

  constructor(parts: CourierParts) {
    this.parts = parts
  }

  get(path: string, twist: Twist = {}): Promise<Reply> {
    return this.send({ method: 'GET', path }, twist)
  }

  /** With a fresh key. */
  post(path: string, body: unknown, twist: Twist = {}): Promise<Reply> {
    return this.send({ method: 'POST', path, body, key: this.newKey() }, twist)
  }

  newKey(): string {
    return `conformance-${this.parts.ports.nonce()}`.slice(0, 64)
  }

  async send(ask: Ask, twist: Twist = {}): Promise<Reply> {
    const token = await this.parts.tokens?.find()
    const request = this.#build(token === undefined ? ask : withToken(token, ask), twist)
    const answer = await this.parts.ports.http.send(request)
    const { ports, keys, messageSignature } = this.parts
    // Whoever is asked without a signature cannot know in which form we would have made it.
    const isOther = twist.unsigned && answer.headers[jwsHeader] === undefined
    const seal = getMessageSeal(isOther ? 'rfc9421' : messageSignature)
    const check = await seal.verify({ request, answer }, ports.clock.now(), keys)
    if (check.kind === 'flawed') throw new Mismatch('an answer that is signed for this very request', check.code)
    const json = findJson(answer.body)?.value
    const body = typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {}
    const text = Buffer.from(answer.body).toString('utf8')
    return { status: answer.status, headers: answer.headers, text, body, nonce: check.nonce }
  }

  /** undefined when no answer came, which says nothing of what was done. */
  async attempt(ask: Ask, twist: Twist = {}): Promise<Reply | undefined> {
    try {
      return await this.send(ask, twist)
    } catch (error) {
      if (isFault(error)) return undefined
      throw error
    }
  }

  #build(ask: Ask, twist: Twist): HttpRequest {
    const { baseUrl, tls } = this.parts
    const text = ask.body === undefined ? undefined : typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body)
    const headers = this.#sign(ask, text, twist)
    const sent = twist.sentBody ?? text
    return {
      method: ask.method,
      url: baseUrl + (twist.sentPath ?? ask.path),
      headers: { accept: 'application/json, application/problem+json', ...headers, ...ask.headers },
      deadlineMs: twist.deadlineMs ?? deadlineMs,
      ...(tls === undefined ? {} : { tls }),
      ...(sent === undefined ? {} : { body: Buffer.from(sent) }),
    }
  }

  #sign(ask: Ask, text: string | undefined, twist: Twist): Record<string, string> {
    const { baseUrl, clientId, key, ports } = this.parts
    const content: Record<string, string> =
      text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-digest': buildContentDigest(Buffer.from(text)) }
    const { authorization } = ask.headers ?? {}
    const headers: Record<string, string> = {
      ...content,
      ...(ask.key === undefined ? {} : { 'idempotency-key': `"${ask.key}"` }),
      ...(authorization === undefined ? {} : { authorization }),
    }
    if (twist.unsigned) return headers
    if (this.parts.messageSignature === 'jws') return { ...headers, [jwsHeader]: this.#writeJws(ask, text, twist) }
    const names = ['@method', '@target-uri', ...Object.keys(headers).toSorted(inOrder)]
    const values: Record<string, string> = { '@method': ask.method, '@target-uri': baseUrl + ask.path, ...headers }
    const signer = twist.by ?? key
    const nowSec = Math.floor(ports.clock.now() / 1_000_000)
    const covered = names.filter((name) => !twist.uncovered?.includes(name))
    const input =
      `(${covered.map((name) => `"${name}"`).join(' ')});created=${nowSec + (twist.shiftSec ?? 0)}` +
      `;keyid="${clientId}";alg="${twist.alg ?? getAlgorithm(signer)}";nonce="${twist.nonce ?? ports.nonce()}"` +
      `;tag="${twist.tag ?? 'scene-finance-request'}"`
    const lines = covered.map((name) => `"${name}": ${values[name] ?? ''}`)
    const base = [...lines, `"@signature-params": ${input}`].join('\n')
    const signature = signBytes(signer, Buffer.from(base)).toString('base64')
    return { ...headers, 'signature-input': `sig1=${input}`, signature: `sig1=:${signature}:` }
  }

  /** The same twists, where the signature is a detached JWS. */
  #writeJws(ask: Ask, text: string | undefined, twist: Twist): string {
    const { baseUrl, clientId, key, ports } = this.parts
    const uncovered = new Set(twist.uncovered?.map((name) => claimOf[name]))
    const field: Record<string, string> = ask.key === undefined ? {} : { 'idempotency-key': `"${ask.key}"` }
    const { authorization } = ask.headers ?? {}
    const all = {
      iat: Math.floor(ports.clock.now() / 1_000_000) + (twist.shiftSec ?? 0),
      jti: twist.nonce ?? ports.nonce(),
      htm: ask.method,
      htu: baseUrl + ask.path,
      ...bindHeaders({ ...field, ...(authorization === undefined ? {} : { authorization }) }),
    }
    const claims = Object.fromEntries(Object.entries(all).filter(([name]) => !uncovered.has(name)))
    const typ = `${twist.tag ?? 'scene-finance-request'}+jws`
    const alg = twist.alg === undefined ? {} : { alg: 'HS256' }
    return writeJws({ typ, kid: clientId, claims, ...alg }, Buffer.from(text ?? ''), { key: twist.by ?? key })
  }
}

const order = ['content-digest', 'content-type', 'idempotency-key', 'authorization']

function inOrder(left: string, right: string): number {
  return order.indexOf(left) - order.indexOf(right)
}

/** What stands for a signed component in the protected header of a JWS. */
const claimOf: Readonly<Record<string, string>> = { '@target-uri': 'htu', 'idempotency-key': 'ikey' }

/** A case may bring a header of its own. */
function withToken(token: string, ask: Ask): Ask {
  return { ...ask, headers: { authorization: `Bearer ${token}`, ...ask.headers } }
}
