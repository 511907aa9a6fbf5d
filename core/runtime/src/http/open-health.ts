import type { FastifyInstance } from 'fastify'
import type { Readiness } from '../boot/health.ts'

/**
 * `/healthz`: the process lives. `/readyz`: it can be given work; otherwise the body names what is missing. `impaired`
 * is what is amiss with some tenants alone: to take the whole process away from the others would help nobody. Which
 * tenants those are is nobody's business at a port that everybody reaches: there they are `counted`.
 */
export function openHealth(server: FastifyInstance, health: Readiness, tenants: 'named' | 'counted'): void {
  const show = (readings: Awaited<ReturnType<Readiness['judge']>>['missing']): readonly object[] =>
    readings.map(({ part, ok, detail, amiss }) => ({
      part,
      ok,
      detail,
      ...(amiss && tenants === 'named' ? { amiss } : {}),
    }))
  server.get('/healthz', () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    const { missing, impaired } = await health.judge()
    const ok = missing.length === 0
    const also = impaired.length > 0 ? { impaired: show(impaired) } : {}
    return reply.code(ok ? 200 : 503).send({ ok, missing: show(missing), ...also })
  })
}
