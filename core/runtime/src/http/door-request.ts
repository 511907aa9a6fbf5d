import type { FastifyRequest } from 'fastify'
import type { DoorRequest } from '@inthread/sdk/channel'

/** A request as bytes: the path as it was sent, because a decoded one can no longer be compared. */
export function readDoorRequest(request: FastifyRequest, base: string): DoorRequest {
  const [path = ''] = (request.raw.url ?? '').split('?')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: request.method,
    path: path.slice(base.length),
    headers,
    body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
  }
}
