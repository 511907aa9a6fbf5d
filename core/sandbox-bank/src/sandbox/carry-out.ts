import { once } from 'node:events'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bank } from '../app/bank.ts'
import { buildProblemDocument, Problem } from '../transport/problem.ts'

/** Takes the fault that is meant for this request, and carries it out if its place is before the work. */
export async function carryOutBefore(bank: Bank, request: FastifyRequest): Promise<void> {
  const path = request.url.split('?', 1)[0] ?? ''
  const fault = bank.faults.takeForRequest(request.method, path)
  if (!fault) return
  request.exchange.fault = fault
  if (fault.do !== 'timeout-before') return
  await untilHungUp(bank, request)
  throw new Problem('internal', 'The bank did not answer.')
}

interface Outgoing {
  readonly reply: FastifyReply
  readonly body: Buffer
}

/** Carries out a fault whose place is after the work; gives back the bytes to be sent. */
export async function carryOutAfter(bank: Bank, request: FastifyRequest, { reply, body }: Outgoing): Promise<Buffer> {
  const { fault } = request.exchange
  switch (fault?.do) {
    case 'timeout-after':
      await untilHungUp(bank, request)
      return body
    case 'slow':
      await bank.surroundings.wait(fault.delayMs, bank.stopping)
      return body
    case '500-after':
      return buildLostAnswer(request, reply)
    case 'malformed':
      return body.subarray(0, Math.ceil(body.length / 2))
    case 'wrong-amount':
    case 'wrong-currency':
      return buildAlteredMoney(body, fault.do)
    default:
      return body
  }
}

/** The caller gives up, or the bank closes; either way the connection is of no use any more. */
async function untilHungUp(bank: Bank, request: FastifyRequest): Promise<void> {
  const { socket } = request.raw
  if (!socket.destroyed) await once(socket, 'close', { signal: bank.stopping }).catch(() => undefined)
  socket.destroy()
}

function buildLostAnswer(request: FastifyRequest, reply: FastifyReply): Buffer {
  const problem = new Problem('internal', 'The bank failed on the way back: ask for the state of your reference.')
  for (const name of ['etag', 'location', 'idempotent-replay', 'retry-after']) reply.removeHeader(name)
  reply.code(500).type('application/problem+json')
  return Buffer.from(JSON.stringify(buildProblemDocument(problem, request.exchange.interactionId)))
}

/**
 * The same JSON with every amount one unit higher, or in another currency: what a faulty bank might show while its
 * books are right.
 */
export function buildAlteredMoney(body: Buffer, kind: 'wrong-amount' | 'wrong-currency'): Buffer {
  if (body.length === 0) return body
  const altered: unknown = JSON.parse(body.toString('utf8'), (name, value: unknown) => {
    if (name !== 'amount' || !isMoney(value)) return value
    return kind === 'wrong-amount'
      ? { ...value, value: (BigInt(value.value) + 1n).toString() }
      : { ...value, currency: 'USD' }
  })
  return Buffer.from(JSON.stringify(altered))
}

function isMoney(value: unknown): value is { value: string; currency: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    typeof value.value === 'string' &&
    'currency' in value
  )
}
