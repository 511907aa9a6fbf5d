import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What is amiss, and what helps: constants, as nobody is told their own words again. */
export interface HttpProblem {
  readonly detail: string
  readonly remedy: string
}

export const nothingHere: HttpProblem = {
  detail: 'there is nothing at this address, or not for this method',
  remedy:
    'look the call up in /openapi.json; people open /console/, operators and banks use the address they were given',
}

const rereadable: HttpProblem = {
  detail: 'this cannot be read',
  remedy: 'send well-formed JSON in UTF-8 with the content type application/json',
}

const known: Readonly<Partial<Record<number, HttpProblem>>> = {
  400: rereadable,
  404: nothingHere,
  414: { detail: 'the address is too long', remedy: 'send what is long in the body' },
  415: { detail: 'this content type is not taken here', remedy: 'send JSON with the content type application/json' },
  431: { detail: 'the headers or the address are too long', remedy: 'send what is long in the body, or in parts' },
  500: {
    detail: 'something went wrong on our side',
    remedy: 'try again; when it lasts, tell who runs the platform when',
  },
}

/** Of a status that came about by itself. */
export function explainStatus(status: number, bodyLimit: number | undefined): HttpProblem {
  if (status === 413)
    return { detail: 'the body is too large', remedy: `send at most ${bodyLimit ?? 0} bytes, or in several calls` }
  return known[status] ?? (status >= 500 ? known[500] : undefined) ?? rereadable
}

/**
 * Says what is amiss, where, and what to do, as RFC 9457 has it. The place is the pattern of the route, never the
 * address itself: what stands in that is the caller's.
 */
export function sendProblem(reply: FastifyReply, status: number, problem: HttpProblem): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify(buildProblem(status, placeOf(reply.request), problem)))
}

export function buildProblem(status: number, where: string, { detail, remedy }: HttpProblem): object {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Problem', status, detail, where, remedy }
}

function placeOf({ method, routeOptions }: FastifyRequest): string {
  return routeOptions.url === undefined ? 'no route' : `${method} ${routeOptions.url}`
}

/** What is no HTTP, or has more headers than are read, gets as far as the socket. */
export function refuseUnread({ code }: { readonly code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return
  const status = unread[code ?? ''] ?? 400
  const body = JSON.stringify(buildProblem(status, 'no route', explainStatus(status, undefined)))
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/problem+json\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  socket.destroy()
}

const unread: Readonly<Partial<Record<string, number>>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }
