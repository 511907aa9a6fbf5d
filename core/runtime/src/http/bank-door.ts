import type { FastifyInstance } from 'fastify'
import type { Finance, NoticeAcceptance } from '@inthread/finance'
import type { Banks, BankSetup } from '@inthread/finance/ports'
import { readDoorRequest } from './door-request.ts'

export interface BankDoorParts {
  readonly banks: Banks
  readonly finance: Finance
}

const statuses: Readonly<Record<NoticeAcceptance, number>> = {
  accepted: 200,
  forged: 403,
  stale: 403,
  malformed: 400,
  unverifiable: 503,
}

/** Where banks knock, `/bank/<tenant>.<bank>/events`, and find the key their tenant signs with, `…/jwks.json`. */
export function openBankDoor(server: FastifyInstance, { banks, finance }: BankDoorParts): void {
  server.post('/bank/:connection/events', async (request, reply) => {
    const { connection } = request.params as { readonly connection: string }
    const setup = await findSetup(banks, connection)
    if (!setup) return reply.code(404).send()
    const acceptance = await finance.acceptNotice(setup, readDoorRequest(request, `/bank/${connection}`))
    return reply.code(statuses[acceptance]).send()
  })
  server.get('/bank/:connection/jwks.json', async (request, reply) => {
    const setup = await findSetup(banks, (request.params as { readonly connection: string }).connection)
    return setup ? { keys: [setup.connection.publicKey] } : reply.code(404).send()
  })
}

async function findSetup(banks: Banks, connection: string): Promise<BankSetup | undefined> {
  const at = connection.indexOf('.')
  return at > 0 ? banks.find(connection.slice(0, at), connection.slice(at + 1)) : undefined
}
