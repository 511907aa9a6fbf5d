import type { Parts } from '../boot/parts.ts'
import { buildMessageBody, callbackPath } from '../callbacks/callback-body.ts'
import { enqueueCallback } from '../callbacks/enqueue-callback.ts'
import type { Chatbot } from './chatbot.store.ts'
import type { Part, StoredMessage } from './message.store.ts'
import { buildLane } from './report-state.ts'
import type { Thread } from './thread.store.ts'

export interface UserMessage {
  readonly chatbot: Chatbot
  readonly phone: string
  readonly part: Part
  /** What the user tapped, if it was a tap: the message's own id and the place among its suggestions. */
  readonly answers?: { readonly messageId: string; readonly index: number; readonly contributionId?: string }
}

/** Stores what the phone's user sent and queues the push to the chatbot platform. Returns the message id. */
export function acceptUserMessage(parts: Parts, input: UserMessage): string {
  const { shown, message } = parts.db.transact(() => {
    const threads = openThreads(parts, input)
    const stored = store(parts, input, threads.shown)
    parts.states.add(stored.seq, { status: 'sent', at: parts.clock.now() })
    const isHeldUp = parts.callbacks.isHeldUp(buildLane(input.chatbot.chatbotId, threads.chat.phoneIndex))
    if (isHeldUp) parts.states.add(stored.seq, { status: 'retrying', at: parts.clock.now() })
    enqueue(parts, input, { thread: threads.chat, message: stored })
    return { shown: threads.shown, message: stored }
  })
  parts.wake()
  parts.changes.announceThread(shown.phone, shown.id)
  return message.messageId
}

/** A phone without 5G messaging answers by SMS to the service number; the conversation stays the chatbot's. */
function openThreads(parts: Parts, { chatbot, phone }: UserMessage): { chat: Thread; shown: Thread } {
  const chat = parts.threads.open({ phone, kind: 'chatbot', address: chatbot.chatbotId }, parts.ids.uuid())
  if (parts.phones.get(phone).fiveG) return { chat, shown: chat }
  const sms = { phone, kind: 'sms', address: chatbot.profile.serviceNumber } as const
  return { chat, shown: parts.threads.open(sms, parts.ids.uuid()) }
}

function store(parts: Parts, { chatbot, part, answers }: UserMessage, thread: Thread): StoredMessage {
  return parts.messages.add({
    threadId: thread.id,
    owner: chatbot.chatbotId,
    messageId: parts.ids.uuid(),
    direction: 'out',
    at: parts.clock.now(),
    contributionId: parts.ids.uuid(),
    trafficType: '',
    parts: [part],
    report: [],
    ...(answers ? { answersId: answers.messageId, answersIndex: answers.index } : {}),
  })
}

type Stored = { readonly message: StoredMessage; readonly thread: Thread }

function enqueue(parts: Parts, { chatbot, answers }: UserMessage, { message, thread }: Stored): void {
  const { chatbotId } = chatbot
  const inReplyTo = answers?.contributionId
  enqueueCallback(parts, {
    lane: buildLane(chatbotId, thread.phoneIndex),
    chatbotId,
    path: callbackPath.message(chatbotId),
    body: buildMessageBody({ message, thread, chatbotId, ...(inReplyTo === undefined ? {} : { inReplyTo }) }),
    messageId: message.messageId,
    messageSeq: message.seq,
  })
}
