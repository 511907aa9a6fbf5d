import type { Parts } from '../boot/parts.ts'
import { buildStatusBody, callbackPath } from '../callbacks/callback-body.ts'
import { enqueueCallback } from '../callbacks/enqueue-callback.ts'
import type { StoredMessage } from './message.store.ts'
import type { StateChange } from './state.store.ts'
import type { Thread } from './thread.store.ts'

/** Callbacks about one phone and one chatbot keep their order; those about the chatbot alone have their own lane. */
export function buildLane(chatbotId: string, phoneIndex = ''): string {
  return `${chatbotId}|${phoneIndex}`
}

export interface StateReport {
  readonly message: StoredMessage
  readonly thread: Thread
  readonly change: Omit<StateChange, 'at'>
  /** Pushed even if the sender did not ask for this kind. */
  readonly always?: boolean
}

/** Notes a delivery state of a chatbot's message and, where the sender asked for it, queues the push. */
export function reportState(parts: Parts, { message, thread, change, always }: StateReport): void {
  const full = { ...change, at: parts.clock.now() }
  parts.states.add(message.seq, full)
  if (!always && !message.report.includes(change.status)) return
  const chatbotId = message.owner
  const { messageId } = message
  enqueueCallback(parts, {
    lane: buildLane(chatbotId, thread.phoneIndex),
    chatbotId,
    path: callbackPath.status(chatbotId),
    body: buildStatusBody({ messageId, phone: thread.phone, chatbotId, change: full }),
    messageId,
  })
}
