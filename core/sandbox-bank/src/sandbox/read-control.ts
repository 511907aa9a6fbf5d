import type { FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { buildCheck } from '../transport/validate.ts'

export function buildBodyReader<S extends TSchema>(schema: S): (request: FastifyRequest) => Static<S> {
  const check = buildCheck(schema, 'body')
  return (request) => check(request.body) as Static<S>
}

export function buildParamsReader<S extends TSchema>(schema: S): (request: FastifyRequest) => Static<S> {
  const check = buildCheck(schema, 'path')
  return (request) => check(request.params) as Static<S>
}
