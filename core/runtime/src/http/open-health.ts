import type { FastifyInstance } from 'fastify'
import type { Readiness } from '../boot/health.ts'

/**
 * `/healthz`: the process lives. `/readyz`: it can be given work; otherwise the body names what is missing. `impaired`
 * is what is amiss with some tenants alone: to take the whole process away from the others would help nobody.
 */
export function openHealth(server: FastifyInstance, health: Readiness): void {
  server.get('/healthz', () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    const { missing, impaired } = await health.judge()
    const ok = missing.length === 0
    return reply.code(ok ? 200 : 503).send({ ok, missing, ...(impaired.length > 0 ? { impaired } : {}) })
  })
}
