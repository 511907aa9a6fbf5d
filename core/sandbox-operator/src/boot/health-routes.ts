import type { FastifyInstance } from 'fastify'
import type { Parts } from './parts.ts'

/**
 * `/healthz`: the process answers. `/readyz`: the database answers too; the body also tells which chatbots cannot be
 * reached at their notify URL, which is a matter of the chatbot's platform and does not make the operator unready.
 */
export function registerHealthRoutes(app: FastifyInstance, parts: Parts): void {
  app.get('/healthz', () => ({ alive: true }))
  app.get('/readyz', (_request, reply) => {
    const missing = findMissing(parts)
    if (missing.length > 0) return reply.code(503).send({ ready: false, missing })
    const chatbots = parts.chatbots.list().map(({ chatbotId, urlCheck }) => ({ chatbotId, urlCheck: urlCheck ?? null }))
    return { ready: true, missing, chatbots, callbacksWaiting: parts.callbacks.countWaiting() }
  })
}

function findMissing(parts: Parts): string[] {
  try {
    parts.callbacks.countWaiting()
    return []
  } catch {
    return ['database']
  }
}
