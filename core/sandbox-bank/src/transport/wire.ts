import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Bank } from '../app/bank.ts'
import { carryOutAfter, carryOutBefore } from '../sandbox/carry-out.ts'
import { authenticate } from '../signing/authenticate.ts'
import { jwsHeader } from '../signing/jws.ts'
import { beginExchange, logExchange } from './exchange.ts'
import { buildProblemDocument, Problem } from './problem.ts'
import type { ResponseSigner } from '../signing/build-response-signer.ts'
import { buildProblemOf } from './build-problem-of.ts'

export interface Wire {
  readonly signer: ResponseSigner
  readonly place: { readonly publicUrl: string }
}

/**
 * Everything that is true of each request below /v1: its bytes are kept for the digest, its signature is checked, its
 * answer is signed, and that also when it is refused or goes nowhere.
 */
export function installWire(scope: FastifyInstance, bank: Bank, wire: Wire): void {
  keepBytes(scope)
  const parseJson = scope.getDefaultJsonParser('error', 'error')
  scope.addHook('onRequest', async (request) => {
    request.exchange = beginExchange(bank, wire.place, request)
  })
  scope.addHook('preValidation', async (request) => {
    if (request.routeOptions.config.unsigned !== true) await admit(bank, request)
    request.body = readJson(parseJson, request)
    await carryOutBefore(bank, request)
  })
  scope.addHook('onSend', async (request, reply, payload) => {
    const release = (): void => request.exchange.release?.()
    const body = await carryOutAfter(bank, request, { reply, body: toBytes(payload) }).finally(release)
    await sealAnswer(wire, request, { reply, body })
    return body.length === 0 ? null : body
  })
  scope.addHook('onResponse', async (request, reply) => logExchange(bank, request, reply))
  scope.setErrorHandler((error, request, reply) => sendProblem(buildProblemOf(bank, error), request, reply))
  scope.setNotFoundHandler((request, reply) => {
    const problem = new Problem('not_found', 'There is no such address: GET /openapi.json lists them all.')
    sendProblem(problem, request, reply)
  })
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  reply.send(prepareProblem(problem, request, reply))
}

/** For an address that cannot even be read: no hook runs for it, but its answer is signed all the same. */
export async function answerUnread(bank: Bank, wire: Wire, failed: Unread): Promise<void> {
  const { error, request, reply } = failed
  request.exchange = beginExchange(bank, wire.place, request)
  const body = prepareProblem(buildProblemOf(bank, error), request, reply)
  await sealAnswer(wire, request, { reply, body: Buffer.from(body) })
  reply.send(body)
}

interface Unread {
  readonly error: Error
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

function prepareProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): string {
  const document = buildProblemDocument(problem, request.exchange.interactionId)
  request.exchange.code = problem.code
  const { retryAfterSec, headers = {} } = problem.facts
  if (retryAfterSec !== undefined) reply.header('retry-after', String(retryAfterSec))
  reply.code(document.status).headers(headers).type('application/problem+json')
  return JSON.stringify(document)
}

async function sealAnswer(
  wire: Wire,
  request: FastifyRequest,
  answer: { reply: FastifyReply; body: Buffer },
): Promise<void> {
  const { reply, body } = answer
  const { interactionId, targetUri } = request.exchange
  const signed = await wire.signer.sign({
    ...{ status: reply.statusCode, body, method: request.method, targetUri },
    asJws: request.headers[jwsHeader] !== undefined,
  })
  reply.headers({ ...signed, 'x-interaction-id': interactionId })
}

async function admit(bank: Bank, request: FastifyRequest): Promise<void> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const { method } = request
  const { targetUri } = request.exchange
  request.exchange.client = await authenticate(bank, { method, targetUri, headers: listHeaders(request), body })
}

/** Node joins repeated headers with a comma, as the signature base does. */
function listHeaders(request: FastifyRequest): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ])
  return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined))
}

function keepBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

const unreadable = 'The body is not JSON that can be read: send it as it was signed, in UTF-8.'

/** Fastify's own reader refuses __proto__ and constructor. It calls back before it returns. */
function readJson(parse: ReturnType<FastifyInstance['getDefaultJsonParser']>, request: FastifyRequest): unknown {
  if (!/^(POST|PATCH)$/.test(request.method) || !Buffer.isBuffer(request.body) || request.body.length === 0)
    return undefined
  if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Problem('malformed', 'The body must be JSON and its Content-Type application/json.')
  }
  let result: unknown
  void parse(request, decodeText(request.body), (error: Error | null, value?: unknown) => {
    if (error) throw new Problem('malformed', unreadable)
    result = value
  })
  return result
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('malformed', unreadable)
  }
}

function toBytes(payload: unknown): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload)
  return Buffer.isBuffer(payload) ? payload : Buffer.alloc(0)
}
