import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Messaging } from '@inthread/messaging'
import type { OperatorAccount, Tenancies, Tenancy } from '@inthread/messaging/ports'
import type { DoorRequest } from '@inthread/sdk/channel'
import { isFault } from '@inthread/sdk/fault'
import type { Traces } from '@inthread/store/trace'
import { findParent } from '../traces/find-parent.ts'
import { readDoorRequest } from './door-request.ts'

export interface OperatorDoorParts {
  readonly tenancies: Tenancies
  readonly messaging: Messaging
  readonly traces: Traces
}

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
  if (!found) return reply.code(404).send()
  const push = readDoorRequest(request, `/in/${binding}`)
  const verdict = found.operator.account.verify(push)
  if (verdict.kind !== 'genuine') return reply.code(403).send()
  const reception = found.operator.account.receive(push)
  switch (reception.kind) {
    case 'not_found':
      return reply.code(404).send()
    case 'malformed':
      return reply.code(400).type('text/plain').send(reception.problem)
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
        const answered = (await acceptOrRefuse(messaging, work, reply)) ?? 200
        span.tell({ status: answered })
        return answered
      })
      return reply.code(status).send()
    }
  }
}

/** The status when it is not 200. A full inbox asks the operator to come again, which it does. */
async function acceptOrRefuse(
  messaging: Messaging,
  work: Parameters<Messaging['accept']>[0],
  reply: FastifyReply,
): Promise<number | undefined> {
  try {
    return (await messaging.accept(work)) === 'replayed' ? 403 : undefined
  } catch (error) {
    if (!isFault(error) || !error.retryable) throw error
    void reply.header('retry-after', '1')
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
