import type { Parts } from '../boot/parts.ts'
import { acceptSms } from './accept-sms.ts'
import type { Chatbot } from './chatbot.store.ts'
import type { Part, StoredMessage } from './message.store.ts'
import type { Phone } from './phone.store.ts'
import { reportState } from './report-state.ts'
import type { StateChange } from './state.store.ts'
import type { Thread } from './thread.store.ts'

/** A send that passed every check. */
export interface ChatbotMessage {
  readonly chatbot: Chatbot
  readonly phone: string
  readonly messageId: string
  readonly conversationId: string
  readonly contributionId: string
  readonly parts: readonly Part[]
  readonly trafficType: string
  readonly report: readonly string[]
  /** What to send as SMS to a phone without 5G messaging. */
  readonly smsContent?: string
}

/**
 * Stores the message and hands it to the phone. A message id seen before changes nothing: the sender repeats a call
 * whose answer it lost.
 */
export function deliverMessage(parts: Parts, input: ChatbotMessage): void {
  parts.db.transact(() => {
    const { chatbotId } = input.chatbot
    if (parts.messages.find(chatbotId, 'in', input.messageId)) return
    const key = { phone: input.phone, kind: 'chatbot', address: chatbotId } as const
    const thread = parts.threads.open(key, input.conversationId)
    const message = store(parts, input, thread)
    reportState(parts, { message, thread, change: { status: 'sent' } })
    handOver(parts, input, { message, thread })
  })
  parts.wake()
}

function store(parts: Parts, input: ChatbotMessage, thread: Thread): StoredMessage {
  const { messageId, contributionId, trafficType, report } = input
  const shown = findObstacle(parts.phones.get(input.phone)) === undefined
  const due = shown && !parts.changes.isOpen(input.phone)
  return parts.messages.add({
    threadId: thread.id,
    owner: input.chatbot.chatbotId,
    messageId,
    direction: 'in',
    at: parts.clock.now(),
    contributionId,
    trafficType,
    parts: input.parts,
    report,
    ...(due ? { displayDueAt: parts.clock.system() + parts.timings.displayAfterMs } : {}),
  })
}

/** Why this phone cannot get a 5G message, in the protocol's failure codes. */
function findObstacle(phone: Phone): Omit<StateChange, 'at'> | undefined {
  if (!phone.on) return { status: 'failed', errorCode: 4, errorMessage: 'offline' }
  if (!phone.fiveG) return { status: 'failed', errorCode: 2, errorMessage: 'non-5G user' }
  return undefined
}

type Stored = { readonly message: StoredMessage; readonly thread: Thread }

function handOver(parts: Parts, input: ChatbotMessage, { message, thread }: Stored): void {
  const obstacle = findObstacle(parts.phones.get(input.phone))
  if (!obstacle) {
    reportState(parts, { message, thread, change: { status: 'delivered' } })
    parts.changes.announceThread(thread.phone, thread.id)
  } else if (obstacle.errorCode === 2 && input.smsContent !== undefined) {
    acceptSms(parts, { to: input.phone, from: input.chatbot.profile.serviceNumber, text: input.smsContent })
    reportState(parts, { message, thread, change: { status: 'deliveredToNetwork' } })
  } else {
    reportState(parts, { message, thread, change: obstacle })
  }
}
