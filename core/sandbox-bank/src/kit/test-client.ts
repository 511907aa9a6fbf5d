import { createPublicKey, type KeyObject } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import type { Conformance } from './conformance.ts'
import { makeClientKey, signRequest, verifyAnswer, type ClientKey, type Signing } from './message-signature.ts'

/** JSON as it came: tests say what they expect of it. */
export type Json = Record<string, unknown>

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Json
}

export interface Wish {
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Changes what is signed. */
  readonly signing?: Partial<Signing>
  /** Changes what is sent after it was signed. */
  readonly sent?: {
    readonly path?: string
    readonly body?: string
    readonly headers?: Readonly<Record<string, string>>
  }
  /** Faults may break the promise of the document on purpose. */
  readonly unchecked?: true
}

interface Peer {
  readonly url: string
  readonly conformance: Conformance
  /** The bank's business time, epoch milliseconds. */
  readonly now: () => number
}

/** A client of the bank that signs what it sends, and believes only answers that are signed and documented. */
export class TestClient {
  readonly id: string
  readonly key: ClientKey = makeClientKey()
  readonly #peer: Peer
  #bankKey: KeyObject | undefined

  constructor(id: string, peer: Peer) {
    this.id = id
    this.#peer = peer
  }

  get(path: string, wish: Wish = {}): Promise<Reply> {
    return this.send('GET', path, wish)
  }

  post(path: string, body: unknown, wish: Wish = {}): Promise<Reply> {
    return this.send('POST', path, { body, key: newKey(), ...wish })
  }

  async send(method: string, path: string, wish: Wish): Promise<Reply> {
    const { body, headers } = this.#sign(method, path, wish)
    const url = this.#peer.url + (wish.sent?.path ?? path)
    const signal = wish.signal ?? AbortSignal.timeout(10_000)
    const content = wish.sent?.body ?? body
    const response = await fetch(url, { method, headers, signal, ...(content === undefined ? {} : { body: content }) })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const signedUrl = this.#peer.url + (wish.sent?.path ?? path)
    verifyAnswer(
      { status: response.status, headers: response.headers, bytes, method, url: signedUrl },
      await this.#getBankKey(),
    )
    return this.#read(response, new TextDecoder().decode(bytes), { method, path, unchecked: wish.unchecked })
  }

  #sign(method: string, path: string, wish: Wish): { body: string | undefined; headers: Record<string, string> } {
    const body = wish.body === undefined ? undefined : JSON.stringify(wish.body)
    const headers = { ...(wish.key === undefined ? {} : { 'idempotency-key': `"${wish.key}"` }), ...wish.headers }
    const signed = signRequest({
      ...{ method, headers, keyId: this.id, privateKey: this.key.privateKey },
      url: this.#peer.url + path,
      ...(body === undefined ? {} : { body }),
      created: Math.floor(this.#peer.now() / 1000),
      nonce: randomUUID(),
      ...wish.signing,
    })
    return { body, headers: { ...signed, ...wish.sent?.headers } }
  }

  #read(response: Response, text: string, asked: { method: string; path: string; unchecked: true | undefined }): Reply {
    const { status, headers } = response
    if (asked.unchecked) return { status, headers, text, body: {} }
    const isLines = headers.get('content-type')?.startsWith('application/x-ndjson')
    const body: unknown = isLines ? text : text === '' ? undefined : JSON.parse(text)
    this.#peer.conformance.assert({ ...asked, status, headers, body })
    return { status, headers, text, body: typeof body === 'object' && body !== null ? { ...body } : {} }
  }

  async #getBankKey(): Promise<KeyObject> {
    this.#bankKey ??= await readBankKey(this.#peer.url)
    return this.#bankKey
  }
}

export async function readBankKey(url: string): Promise<KeyObject> {
  const response = await fetch(`${url}/.well-known/jwks.json`)
  const { keys } = (await response.json()) as { keys: [Record<string, string>] }
  return createPublicKey({ key: keys[0], format: 'jwk' })
}

export function newKey(): string {
  return randomUUID()
}
