import type { KeyObject } from 'node:crypto'
import type { BankPorts, HttpRequest } from '@inthread/sdk/bank'
import { isFault } from '@inthread/sdk/fault'
import { getAlgorithm, signBytes } from '../open-api/transport/algorithm.ts'
import { verifyAnswerSignature } from '../open-api/transport/answer-signature.ts'
import { buildContentDigest, matchesContentDigest } from '../open-api/transport/content-digest.ts'
import { findJson } from '../open-api/transport/json-body.ts'
import type { KeyRing } from '../open-api/transport/key-ring.ts'
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
    const request = this.#build(ask, twist)
    const answer = await this.parts.ports.http.send(request)
    const check = await verifyAnswerSignature({ request, answer }, this.parts.ports.clock.now(), this.parts.keys)
    if (check.kind === 'flawed') throw new Mismatch('an answer that is signed for this very request', check.code)
    if (!matchesContentDigest(answer.headers['content-digest'], answer.body))
      throw new Mismatch('a Content-Digest of the bytes that were sent', 'another one')
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
    const { baseUrl } = this.parts
    const text = ask.body === undefined ? undefined : typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body)
    const headers = this.#sign(ask, text, twist)
    const sent = twist.sentBody ?? text
    return {
      method: ask.method,
      url: baseUrl + (twist.sentPath ?? ask.path),
      headers: { accept: 'application/json, application/problem+json', ...headers, ...ask.headers },
      deadlineMs: twist.deadlineMs ?? deadlineMs,
      ...(sent === undefined ? {} : { body: Buffer.from(sent) }),
    }
  }

  #sign(ask: Ask, text: string | undefined, twist: Twist): Record<string, string> {
    const { baseUrl, clientId, key, ports } = this.parts
    const content: Record<string, string> =
      text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-digest': buildContentDigest(Buffer.from(text)) }
    const headers = { ...content, ...(ask.key === undefined ? {} : { 'idempotency-key': `"${ask.key}"` }) }
    if (twist.unsigned) return headers
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
}

const order = ['content-digest', 'content-type', 'idempotency-key']

function inOrder(left: string, right: string): number {
  return order.indexOf(left) - order.indexOf(right)
}
