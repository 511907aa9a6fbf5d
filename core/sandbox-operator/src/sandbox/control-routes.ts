import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findDurationMs } from '../boot/clock.ts'
import type { Parts } from '../boot/parts.ts'
import type { StoredMessage } from '../threads/message.store.ts'
import { reportState } from '../threads/report-state.ts'
import { findWire } from '../view/find-wire.ts'
import { input } from './input-schema.ts'
import { SandboxRefusal, refuseInput } from './sandbox-refusal.ts'

type Status = { messageId: string; status: string; errorCode?: number; errorMessage?: string }
type OfMessage = FastifyRequest<{ Querystring: { messageId: string } }>

/** Forced delivery states, the business clock, and the wire of one message. */
export function registerControlRoutes(app: FastifyInstance, parts: Parts): void {
  app.post('/sandbox/status', { schema: input.status }, (request: FastifyRequest<{ Body: Status }>) =>
    forceStatus(parts, request.body),
  )
  app.post(
    '/sandbox/clock',
    { schema: input.clock },
    (request: FastifyRequest<{ Body: { advance: string | number } }>) => advanceClock(parts, request.body.advance),
  )
  app.get('/sandbox/clock', () => describeClock(parts))
  app.get('/sandbox/wire', { schema: input.ofMessage }, (request: OfMessage) => {
    const wire = findWire(parts, request.query.messageId)
    if (wire) return wire
    throw refuseMessage('/querystring/messageId')
  })
}

function refuseMessage(where: string): SandboxRefusal {
  const message = 'nothing crossed the wire under this message id'
  return new SandboxRefusal(404, 'message_not_found', { message, where, remedy: 'take it from GET /sandbox/threads' })
}

/** Pushed to the chatbot platform even if it did not ask for this kind, and even if it makes no sense. */
function forceStatus(parts: Parts, { messageId, ...change }: Status): object {
  const message = findChatbotMessage(parts, messageId)
  if (!message) throw refuseMessage('/body/messageId')
  const thread = parts.threads.get(message.threadId)
  parts.db.transact(() => reportState(parts, { message, thread, change, always: true }))
  parts.wake()
  parts.changes.announceThread(thread.phone, thread.id)
  return { messageId, status: change.status }
}

function findChatbotMessage(parts: Parts, messageId: string): StoredMessage | undefined {
  const found = parts.chatbots.list().map(({ chatbotId }) => parts.messages.find(chatbotId, 'in', messageId))
  return found.find((message) => message !== undefined)
}

function advanceClock(parts: Parts, advance: string | number): object {
  const byMs = typeof advance === 'number' ? advance : findDurationMs(advance)
  if (byMs === undefined || byMs < 0) {
    throw refuseInput('/body/advance', 'is not a duration forward', 'give milliseconds or an ISO duration like PT15M')
  }
  parts.clock.advance(byMs)
  parts.changes.announceAll()
  return describeClock(parts)
}

function describeClock({ clock }: Parts): object {
  return { now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs() }
}
