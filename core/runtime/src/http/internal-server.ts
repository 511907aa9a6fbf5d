import Fastify, { type FastifyInstance } from 'fastify'
import type { Readiness } from '../boot/health.ts'
import { openHealth } from './open-health.ts'

export interface InternalParts {
  readonly health: Readiness
  readonly scrape: () => Promise<{ readonly type: string; readonly text: string }>
}

/** What is for the people who run the platform, on a port that nobody outside reaches. */
export function buildInternalServer({ health, scrape }: InternalParts): FastifyInstance {
  const server = Fastify({ logger: false, forceCloseConnections: true })
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send(),
  )
  server.setNotFoundHandler((_request, reply) => reply.code(404).send())
  openHealth(server, health)
  server.get('/metrics', async (_request, reply) => {
    const { type, text } = await scrape()
    return reply.type(type).send(text)
  })
  return server
}
