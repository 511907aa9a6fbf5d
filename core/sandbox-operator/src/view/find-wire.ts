import type { Parts } from '../boot/parts.ts'
import type { Callback } from '../callbacks/callback.store.ts'
import type { Exchange } from '../threads/exchange.store.ts'
import type { StoredMessage } from '../threads/message.store.ts'
import type { WireView } from '../views.ts'
import { buildState } from './message-view.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** Everything that crossed the wire under this message id; undefined if nothing did. */
export function findWire(parts: Parts, messageId: string): WireView | undefined {
  const exchanges = parts.exchanges.list(messageId)
  const callbacks = parts.callbacks.listByMessage(messageId)
  const message = findMessage(parts, messageId)
  if (exchanges.length === 0 && callbacks.length === 0 && !message) return undefined
  return {
    messageId,
    requests: exchanges.map(buildRequest),
    states: message ? parts.states.list(message.seq).map(buildState) : [],
    callbacks: callbacks.map((callback) => buildCallback(parts, callback)),
  }
}

function findMessage(parts: Parts, messageId: string): StoredMessage | undefined {
  const owners = ['sms', ...parts.chatbots.list().map(({ chatbotId }) => chatbotId)]
  const found = owners.flatMap((owner) => [
    parts.messages.find(owner, 'in', messageId),
    parts.messages.find(owner, 'out', messageId),
  ])
  return found.find((message) => message !== undefined)
}

function buildRequest({ at, request, response, answeredAt }: Exchange): WireView['requests'][number] {
  const answered = answeredAt === undefined ? {} : { at: iso(answeredAt) }
  return { at: iso(at), ...request, ...(response ? { response: { ...answered, ...response } } : {}) }
}

/** Attempts carry business time, as the message does; the outbox itself waits by system time. */
function buildCallback(parts: Parts, callback: Callback): WireView['callbacks'][number] {
  const attempts = parts.attempts.list(callback.id).map((attempt) => ({ ...attempt, at: iso(attempt.at) }))
  const offsetMs = parts.clock.offsetMs()
  return {
    at: attempts[0]?.at ?? iso(callback.createdAt + offsetMs),
    path: callback.path,
    body: JSON.parse(callback.body) as unknown,
    progress: callback.progress,
    attempts,
  }
}
