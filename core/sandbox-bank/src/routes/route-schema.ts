import type { FastifySchema } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { problemCatalogue, type ProblemCode } from '../transport/problem.ts'
import { isActing, type Route } from './define-route.ts'

const signed: readonly ProblemCode[] = [
  'signature_invalid',
  'clock_skew',
  'nonce_replayed',
  'token_expired',
  'internal',
]
const acting: readonly ProblemCode[] = [
  'malformed',
  'missing_idempotency_key',
  'digest_mismatch',
  'too_large',
  'still_running',
  'key_reused',
]

export const problemSchema = Type.Object({
  type: Type.String({ format: 'uri' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String({ format: 'uri-reference' }),
  code: Type.Enum(Object.keys(problemCatalogue)),
  retry: Type.Enum(['never', 'same-key', 'new-key', 'after']),
  outcome: Type.Enum(['none', 'unknown', 'done'], { description: 'Whether money may have moved.' }),
  interactionId: Type.String(),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        in: Type.Enum(['body', 'query', 'header', 'path']),
        pointer: Type.String({ description: 'JSON pointer into that part.' }),
        code: Type.String(),
        detail: Type.String(),
      }),
    ),
  ),
  serverTime: Type.Optional(Type.String({ format: 'date-time' })),
})

/** All refusals of a route, its own and those of its kind. */
function listProblemCodes(route: Route): ProblemCode[] {
  return [...new Set([...route.problems, ...signed, ...(isActing(route) ? acting : [])])]
}

/** The route as the document at /openapi.json shows it. */
export function buildRouteSchema(route: Route): FastifySchema {
  return {
    operationId: route.id,
    summary: route.summary,
    headers: buildHeaders(isActing(route)),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(isActing(route) ? { body: route.body } : {}),
    response: { ...buildAnswers(route), ...buildRefusals(listProblemCodes(route)) },
  }
}

function buildHeaders(acts: boolean): TSchema {
  const always = {
    'signature-input': Type.String({ description: 'RFC 9421, label sig1.' }),
    signature: Type.String({ description: 'Ed25519 or P-256 by the key whose kid is the client id.' }),
    'x-interaction-id': Type.Optional(Type.String({ description: 'Comes back with the answer; made if left out.' })),
  }
  if (!acts) return Type.Object(always)
  return Type.Object({
    ...always,
    'content-digest': Type.String({ description: 'RFC 9530, sha-256 of the body.' }),
    'idempotency-key': Type.String({ pattern: '^"[ !#-\\[\\]-~]{20,64}"', description: 'A structured-field string.' }),
  })
}

const text = { type: 'string' }

/** What comes with every answer. */
export const answerHeaders = {
  'signature-input': { ...text, description: 'RFC 9421, label sig1.' },
  signature: { ...text, description: 'Ed25519 by the key of this bank.' },
  'content-digest': { ...text, description: 'RFC 9530, sha-256 of the body, also of an empty one.' },
  'x-interaction-id': text,
}

function buildAnswers(route: Route): Record<string, object> {
  const entries = Object.entries(route.answers).map(([status, schema]) => [
    status,
    buildAnswer(status, schema, route.media),
  ])
  return Object.fromEntries(entries)
}

const meanings: Readonly<Record<string, string>> = {
  200: 'As it is now.',
  201: 'Made.',
  202: 'Taken, not finished: only the state says what became of it.',
  204: 'Done; no body.',
  304: 'As you know it.',
}

function buildAnswer(status: string, schema: TSchema | null, media = 'application/json'): object {
  const description = meanings[status] ?? ''
  const headers = answerHeaders
  if (!schema) return { description, headers, type: 'null' }
  return { description, headers, content: { [media]: { schema } } }
}

export function buildRefusals(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => problemCatalogue[code].status)
  const entries = [...byStatus].map(([status, some]) => [status, buildRefusal(some)])
  return Object.fromEntries(entries)
}

function buildRefusal(codes: readonly ProblemCode[]): object {
  const schema = Type.Object({ ...problemSchema.properties, code: Type.Enum([...codes]) })
  const description = codes.join(', ')
  return { description, headers: answerHeaders, content: { 'application/problem+json': { schema } } }
}
