import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import type { Fault } from '../sandbox/fault-book.ts'

/** What is known of one request while it is being answered. */
export interface Exchange {
  readonly interactionId: string
  /** As the signature has it: our own address and the request's path, never the Host header. */
  readonly targetUri: string
  readonly startedAt: number
  client?: Client
  /** The code of the problem it was answered with, for the log. */
  code?: string
  fault?: Fault
  /** Lets the next request with the same idempotency key in. */
  release?: () => void
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange
  }
  interface FastifyContextConfig {
    /** A control of the sandbox: its requests carry no signature. */
    unsigned?: boolean
  }
}

interface Place {
  readonly publicUrl: string
}

export function beginExchange(bank: Bank, place: Place, request: FastifyRequest): Exchange {
  const sent = request.headers['x-interaction-id']
  const known = typeof sent === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(sent)
  return {
    interactionId: known ? sent : buildUuidV7(bank.surroundings.now(), bank.surroundings.randomBytes(10)),
    targetUri: place.publicUrl + request.url,
    startedAt: bank.surroundings.now(),
  }
}

export function logExchange(bank: Bank, request: FastifyRequest, reply: FastifyReply): void {
  const { client, code, interactionId, startedAt, fault } = request.exchange
  bank.log(reply.statusCode >= 500 ? 'error' : 'info', 'answered', {
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    durationMs: bank.surroundings.now() - startedAt,
    interactionId,
    ...(client ? { client: client.id } : {}),
    ...(code ? { code } : {}),
    ...(fault ? { fault: fault.do } : {}),
  })
}

/** RFC 9562 §5.7: ids that sort by time. */
function buildUuidV7(nowMs: number, random: Uint8Array): string {
  const time = nowMs.toString(16).padStart(12, '0')
  const rest = Buffer.from(random).toString('hex')
  const variant = ((Number.parseInt(rest.slice(3, 4), 16) & 3) | 8).toString(16)
  const text = `${time}7${rest.slice(0, 3)}${variant}${rest.slice(4, 19)}`
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
