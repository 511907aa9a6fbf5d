import type { FastifyInstance } from 'fastify'
import type { Finance, NoticeAcceptance } from '@inthread/finance'
import type { Banks, BankSetup } from '@inthread/finance/ports'
import type { Candidates } from '../tenancy/candidates.ts'
import { findParent } from '../traces/find-parent.ts'
import { readDoorRequest } from './door-request.ts'

export interface BankDoorParts {
  readonly banks: Banks
  readonly finance: Finance
  /** Connections that are being checked. */
  readonly candidates: Candidates
}

const statuses: Readonly<Record<NoticeAcceptance, number>> = {
  accepted: 200,
  forged: 403,
  stale: 403,
  malformed: 400,
  unverifiable: 503,
}

/** Where banks knock, `/bank/<tenant>.<bank>/events`, and find the key their tenant signs with, `…/jwks.json`. */
export function openBankDoor(server: FastifyInstance, { banks, finance, candidates }: BankDoorParts): void {
  server.post('/bank/:connection/events', async (request, reply) => {
    const { connection } = request.params as { readonly connection: string }
    const notice = readDoorRequest(request, `/bank/${connection}`)
    const heard = candidates.hear(connection, notice)
    const setup = heard === 503 ? undefined : await findSetup(banks, connection)
    if (!setup) return reply.code(heard ?? 404).send()
    const acceptance = await finance.acceptNotice(setup, notice, findParent(request))
    return reply.code(statuses[acceptance]).send()
  })
  server.get('/bank/:connection/jwks.json', async (request, reply) => {
    const { connection } = request.params as { readonly connection: string }
    const setup = (await findSetup(banks, connection))?.connection ?? candidates.find(connection)
    return setup ? { keys: [setup.publicKey] } : reply.code(404).send()
  })
}

async function findSetup(banks: Banks, connection: string): Promise<BankSetup | undefined> {
  const at = connection.indexOf('.')
  return at > 0 ? banks.find(connection.slice(0, at), connection.slice(at + 1)) : undefined
}
