import { faultCodeOf } from '@inthread/sdk/fault'
import type { BankPorts, HttpRequest, HttpResponse, TlsIdentity } from '@inthread/sdk/bank'
import { serializeItem } from 'structured-headers'
import type { AccessTokens } from './access-token.ts'
import type { Exchanged, SignatureFlaw } from './answer-signature.ts'
import { buildContentDigest } from './content-digest.ts'
import { buildInteractionId } from './interaction-id.ts'
import { findJson, findText, maximumBodyBytes, maximumFileBytes } from './json-body.ts'
import type { KeyRing } from './key-ring.ts'
import type { MessageSeal } from './message-seal.ts'
import type { NonceMemory } from './nonce-memory.ts'
import type { SigningIdentity } from './request-signature.ts'

const deadlineMs = 10_000

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the base URL; segments are percent-encoded here. */
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string>>
  /** For what creates or acts. */
  readonly key?: string
  readonly body?: unknown
  /** The answer is a file and no JSON value: its text is handed on as it is. */
  readonly file?: boolean
}

/** What surely came from the bank for this very call, or why we cannot tell. */
export type Answer =
  | { readonly kind: 'genuine'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unknown'; readonly code: string }

export interface ExchangeParts {
  readonly baseUrl: string
  readonly identity: SigningIdentity
  readonly ports: BankPorts
  readonly keys: KeyRing
  readonly nonces: NonceMemory
  readonly seal: MessageSeal
  /** For a bank that gives its clients tokens. */
  readonly tokens: AccessTokens | undefined
  readonly tls: TlsIdentity | undefined
}

/** One signed request and its verified answer. Throws only for a key that no bank could take. */
export type Exchange = (call: Call) => Promise<Answer>

type Flaw =
  | SignatureFlaw
  | 'answer_too_large'
  | 'token_unavailable'
  | 'answer_replayed'
  | 'answer_of_another_request'
  | 'answer_malformed'

export function openExchange(parts: ExchangeParts): Exchange {
  return async (call) => {
    const token = await parts.tokens?.find()
    if (parts.tokens && token === undefined) return unknown('token_unavailable')
    const answer = await runCall(parts, call, token)
    if (token === undefined || !isTokenOver(answer)) return answer
    // Once: a bank that refuses a fresh token as well has another reason.
    parts.tokens?.forget(token)
    const fresh = await parts.tokens?.find()
    return fresh === undefined ? answer : runCall(parts, call, fresh)
  }
}

/** Nothing was done: the same key may be sent again. */
function isTokenOver(answer: Answer): boolean {
  if (answer.kind === 'unknown' || answer.status !== 401) return false
  return typeof answer.body === 'object' && answer.body !== null && Reflect.get(answer.body, 'code') === 'token_expired'
}

async function runCall(parts: ExchangeParts, call: Call, token: string | undefined): Promise<Answer> {
  const request = await buildRequest(parts, call, token)
  const sent = await send(parts, request)
  return sent.kind === 'unknown' ? sent : readAnswer(parts, { request, answer: sent.answer }, call.file === true)
}

async function buildRequest(parts: ExchangeParts, call: Call, token: string | undefined): Promise<HttpRequest> {
  const moment = { at: parts.ports.clock.now(), nonce: parts.ports.nonce() }
  const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body))
  const unsigned = {
    method: call.method,
    url: buildTarget(parts.baseUrl, call),
    headers: {
      accept: 'application/json, application/problem+json',
      // The digest is made over the bytes as they travel, so nothing may be packed on the way.
      'accept-encoding': 'identity',
      'x-interaction-id': buildInteractionId(moment.at, moment.nonce),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-digest': buildContentDigest(body) }),
      ...(call.key === undefined ? {} : { 'idempotency-key': buildKeyField(call.key) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body }),
  }
  const headers = await parts.seal.sign(unsigned, parts.identity, moment)
  return { ...unsigned, headers, deadlineMs, ...(parts.tls === undefined ? {} : { tls: parts.tls }) }
}

/** The URL in its normal form, so that what is signed is what an HTTP client sends. */
function buildTarget(baseUrl: string, call: Call): string {
  const target = new URL(`${baseUrl}/${call.path.map(encodeURIComponent).join('/')}`)
  for (const [name, value] of Object.entries(call.query ?? {})) target.searchParams.set(name, value)
  return target.href
}

function buildKeyField(key: string): string {
  // The bank would refuse such a key, and a refusal ends an order.
  if (!/^[\x20-\x7e]{20,64}$/.test(key)) {
    throw new RangeError('an idempotency key has 20 to 64 printable ASCII characters')
  }
  return serializeItem([key, new Map()])
}

type Sent = { readonly kind: 'answered'; readonly answer: HttpResponse } | Extract<Answer, { kind: 'unknown' }>

async function send(parts: ExchangeParts, request: HttpRequest): Promise<Sent> {
  try {
    return { kind: 'answered', answer: await parts.ports.http.send(request) }
  } catch (error) {
    return { kind: 'unknown', code: faultCodeOf(error) }
  }
}

async function readAnswer(parts: ExchangeParts, exchanged: Exchanged, isFile: boolean): Promise<Answer> {
  const { request, answer } = exchanged
  if (answer.body.byteLength > (isFile ? maximumFileBytes : maximumBodyBytes)) return unknown('answer_too_large')
  const now = parts.ports.clock.now()
  const check = await parts.seal.verify(exchanged, now, parts.keys)
  if (check.kind === 'flawed') return unknown(check.code)
  if (!parts.nonces.remember(check.nonce, now)) return unknown('answer_replayed')
  if (!echoes(request, answer)) return unknown('answer_of_another_request')
  if (isFile && answer.status < 300) return readFile(answer)
  const json = findJson(answer.body)
  return json === undefined ? unknown('answer_malformed') : { kind: 'genuine', status: answer.status, body: json.value }
}

function readFile({ status, body }: HttpResponse): Answer {
  const text = findText(body)
  return text === undefined ? unknown('answer_malformed') : { kind: 'genuine', status, body: text }
}

/** A gateway in between may drop the header; it may not bring us another's. */
function echoes(request: HttpRequest, answer: HttpResponse): boolean {
  const echo = answer.headers['x-interaction-id']
  return echo === undefined || echo === request.headers['x-interaction-id']
}

function unknown(code: Flaw): Answer {
  return { kind: 'unknown', code }
}
