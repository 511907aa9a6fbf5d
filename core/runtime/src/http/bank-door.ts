import type { FastifyInstance } from 'fastify'
import type { Finance, NoticeAcceptance } from '@inthread/finance'
import type { Banks, BankSetup } from '@inthread/finance/ports'
import type { Candidates } from '../tenancy/candidates.ts'
import { findParent } from '../traces/find-parent.ts'
import { readDoorRequest } from './door-request.ts'
import { sendProblem, type HttpProblem } from './problem.ts'

export interface BankDoorParts {
  readonly banks: Banks
  readonly finance: Finance
  /** Connections that are being checked. */
  readonly candidates: Candidates
}

/** Who is not genuine hears nothing but the status. */
const answers: Readonly<Record<NoticeAcceptance, readonly [status: number, problem?: HttpProblem]>> = {
  accepted: [200],
  forged: [403],
  stale: [403],
  malformed: [
    400,
    {
      detail: 'the notice cannot be read',
      remedy: 'send an event as the shared bank API describes it, at most 256 KB',
    },
  ],
  unverifiable: [
    503,
    { detail: 'the keys of the bank cannot be read just now', remedy: 'send the same notice again in a minute' },
  ],
}

const noConnection: HttpProblem = {
  detail: 'no bank is connected at this address',
  remedy: 'use /bank/<tenant>.<bank> with the ids that stand in the tenant’s definition, once that is applied',
}

/** Where banks knock, `/bank/<tenant>.<bank>/events`, and find the key their tenant signs with, `…/jwks.json`. */
export function openBankDoor(server: FastifyInstance, { banks, finance, candidates }: BankDoorParts): void {
  server.post('/bank/:connection/events', async (request, reply) => {
    const { connection } = request.params as { readonly connection: string }
    const notice = readDoorRequest(request, `/bank/${connection}`)
    const heard = candidates.hear(connection, notice)
    const setup = heard === 503 ? undefined : await findSetup(banks, connection)
    if (!setup) return heard === undefined ? sendProblem(reply, 404, noConnection) : reply.code(heard).send()
    const [status, problem] = answers[await finance.acceptNotice(setup, notice, findParent(request))]
    return problem ? sendProblem(reply, status, problem) : reply.code(status).send()
  })
  server.get('/bank/:connection/jwks.json', async (request, reply) => {
    const { connection } = request.params as { readonly connection: string }
    const setup = (await findSetup(banks, connection))?.connection ?? candidates.find(connection)
    return setup ? { keys: [setup.publicKey] } : sendProblem(reply, 404, noConnection)
  })
}

async function findSetup(banks: Banks, connection: string): Promise<BankSetup | undefined> {
  const at = connection.indexOf('.')
  return at > 0 ? banks.find(connection.slice(0, at), connection.slice(at + 1)) : undefined
}
