import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { buildIdempotencyKey, findDone, type RunningRequests } from '../transport/once.ts'
import { buildCheck, buildQueryCheck } from '../transport/validate.ts'
import { isActing, type ActingRoute, type Answer, type Call, type Route } from './define-route.ts'
import { buildRouteSchema } from './route-schema.ts'

export interface Desk {
  readonly bank: Bank
  readonly running: RunningRequests
}

/** Registers the public API in a scope below /v1: each route with its description, its checks and its idempotency. */
export function serveRoutes(scope: FastifyInstance, desk: Desk, routes: readonly Route[]): void {
  for (const route of routes) {
    const readCall = buildReader(route)
    scope.route({
      method: route.method,
      url: route.url.replace(/^\/v1/, ''),
      schema: buildRouteSchema(route),
      // readCall checks, and names the place of every mistake; here the schema is only the description.
      validatorCompiler: () => () => true,
      handler: async (request, reply) => {
        const call = readCall(request)
        const answer = isActing(route) ? answerActing(desk, route, { call, request, reply }) : route.run(call)
        return sendAnswer(reply, answer)
      },
    })
  }
}

type UnknownCall = Call<unknown, unknown, unknown>

function buildReader(route: Route): (request: FastifyRequest) => UnknownCall {
  const nothing = Type.Object({})
  const checkParams = buildCheck(route.params ?? nothing, 'path')
  const checkQuery = buildQueryCheck(route.query ?? nothing)
  const checkBody = isActing(route) ? buildCheck(route.body, 'body') : () => undefined
  return (request) => {
    const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = request.headers
    return {
      client: getCaller(request),
      params: checkParams(request.params),
      query: checkQuery(request.query),
      body: checkBody(request.body),
      ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    }
  }
}

interface Acting {
  readonly call: UnknownCall
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The work is done once for a key; whoever asks again is told the present state of what came of it. */
function answerActing(desk: Desk, route: ActingRoute, { call, request, reply }: Acting): Answer {
  const { client, params, body } = call
  const header = request.headers['idempotency-key']
  const wish = { client, route: route.url, header: header?.toString(), params, body }
  const key = buildIdempotencyKey(desk.bank, wish)
  request.exchange.release = desk.running.enter(key)
  const done = findDone(desk.bank, key)
  if (!done) return route.run({ ...call, key, declined: request.exchange.fault?.do === 'decline' })
  reply.header('idempotent-replay', 'true')
  return route.replay(client, done.resourceId, done.status)
}

function getCaller(request: FastifyRequest): Client {
  const { client } = request.exchange
  if (!client) throw new Error('a request reached its route without a signature')
  return client
}

function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.text) return reply.type(`${answer.text.type}; charset=utf-8`).send(answer.text.content)
  if (answer.body === undefined) return reply.send()
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body))
}
