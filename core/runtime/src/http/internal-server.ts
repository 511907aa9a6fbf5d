import Fastify, { type FastifyInstance } from 'fastify'
import type { Readiness } from '../boot/health.ts'
import type { OnRoute } from './on-route.ts'
import { openHealth } from './open-health.ts'
import { explainStatus, nothingHere, refuseUnread, sendProblem } from './problem.ts'

export interface InternalParts {
  readonly onRoute?: OnRoute | undefined
  readonly health: Readiness
  readonly scrape: () => Promise<{ readonly type: string; readonly text: string }>
}

/** What is for the people who run the platform, on a port that nobody outside reaches. */
export function buildInternalServer({ health, scrape, onRoute }: InternalParts): FastifyInstance {
  const server = Fastify({ logger: false, forceCloseConnections: true, clientErrorHandler: refuseUnread })
  if (onRoute) server.addHook('onRoute', ({ method, url }) => onRoute('internal', [method].flat(), url))
  server.setErrorHandler(({ statusCode: status = 500 }: { readonly statusCode?: number }, { routeOptions }, reply) =>
    sendProblem(reply, status, explainStatus(status, routeOptions.bodyLimit)),
  )
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, 404, nothingHere))
  openHealth(server, health, 'named')
  server.get('/metrics', async (_request, reply) => {
    const { type, text } = await scrape()
    return reply.type(type).send(text)
  })
  return server
}
