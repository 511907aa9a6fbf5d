import type { FastifyRequest } from 'fastify'

/**
 * The `traceparent` that a request brings, where a trusted proxy has passed it on: it stands in front of our doors and
 * belongs to whoever runs the platform. What an operator, a bank or anybody else writes into that header would decide
 * which of our spans are kept and which trace they are in; there a trace begins.
 */
export function findParent({ headers, ip, socket }: FastifyRequest): string | null {
  const { traceparent } = headers
  const isPassedOn = ip !== socket.remoteAddress
  return isPassedOn && typeof traceparent === 'string' ? traceparent : null
}
