import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Messaging } from '@inthread/messaging'
import type { OperatorAccount, Tenancies, Tenancy } from '@inthread/messaging/ports'
import type { DoorRequest } from '@inthread/sdk/channel'
import { isFault } from '@inthread/sdk/fault'
import type { Traces } from '@inthread/store/trace'
import { findParent } from '../traces/find-parent.ts'
import { readDoorRequest } from './door-request.ts'
import { sendProblem, type HttpProblem } from './problem.ts'

export interface OperatorDoorParts {
  readonly tenancies: Tenancies
  readonly messaging: Messaging
  readonly traces: Traces
}

const noAccount: HttpProblem = {
  detail: 'no account of an operator is connected at this address',
  remedy: 'use /in/<tenant>.<operator> with the ids that stand in the tenant’s definition, once that is applied',
}

const noSuchPush: HttpProblem = {
  detail: 'this account takes no such push',
  remedy: 'send to the path that the protocol names, with the address of the account’s own chatbot',
}

const busy: HttpProblem = { detail: 'more waits here than is kept', remedy: 'send the same push again in a second' }

/**
 * Where operators knock: `/in/<tenant>.<operator>/…`. Verified before anything is parsed, translated, stored, answered;
 * nothing is done here.
 */
export function openOperatorDoor(server: FastifyInstance, parts: OperatorDoorParts): void {
  server.all('/in/:binding/*', (request, reply) => receive(request, reply, parts))
}

async function receive(
  request: FastifyRequest,
  reply: FastifyReply,
  { tenancies, messaging, traces }: OperatorDoorParts,
): Promise<FastifyReply> {
  const binding = (request.params as { readonly binding: string }).binding
  const found = await findBinding(tenancies, binding)
  if (!found) return sendProblem(reply, 404, noAccount)
  const push = readDoorRequest(request, `/in/${binding}`)
  const verdict = found.operator.account.verify(push)
  if (verdict.kind !== 'genuine') return reply.code(403).send()
  const reception = found.operator.account.receive(push)
  switch (reception.kind) {
    case 'not_found':
      return sendProblem(reply, 404, noSuchPush)
    case 'malformed':
      return sendProblem(reply, 400, { detail: reception.problem, remedy: 'send it as the protocol describes it' })
    case 'answer':
      return reply
        .code(reception.status)
        .headers({ ...reception.headers })
        .send()
    case 'items': {
      const replay = verdict.replayKey === undefined ? undefined : { nonce: verdict.replayKey, digest: digestOf(push) }
      const { tenancy, operator } = found
      const work = {
        scope: tenancy.scope,
        botId: operator.botId,
        operatorId: operator.id,
        replay,
        items: reception.items,
      }
      const facts = { tenant: tenancy.scope.tenantId, bot: operator.botId, operator: operator.id }
      const span = traces.open('webhook', { from: findParent(request), kind: 'server', facts })
      const status = await span.cover(async () => {
        const answered = await accept(messaging, work)
        span.tell({ status: answered })
        return answered
      })
      // A full inbox asks the operator to come again, which it does.
      return status === 503 ? sendProblem(reply.header('retry-after', '1'), status, busy) : reply.code(status).send()
    }
  }
}

async function accept(messaging: Messaging, work: Parameters<Messaging['accept']>[0]): Promise<200 | 403 | 503> {
  try {
    return (await messaging.accept(work)) === 'replayed' ? 403 : 200
  } catch (error) {
    if (!isFault(error) || !error.retryable) throw error
    return 503
  }
}

/** With the address: the signature covers neither, and the same body at another address is another push. */
function digestOf({ path, body }: DoorRequest): string {
  return createHash('sha256').update(`${path}\n`).update(body).digest('hex')
}

async function findBinding(
  tenancies: Tenancies,
  binding: string,
): Promise<{ readonly tenancy: Tenancy; readonly operator: OperatorAccount } | undefined> {
  const at = binding.indexOf('.')
  const tenancy = await tenancies.find(binding.slice(0, at))
  const operator = tenancy?.operators.get(binding.slice(at + 1))
  return at > 0 && tenancy && operator ? { tenancy, operator } : undefined
}
