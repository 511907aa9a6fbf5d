import { renderChinaTime } from '../boot/clock.ts'
import type { Part, StoredMessage } from '../threads/message.store.ts'
import type { StateChange } from '../threads/state.store.ts'
import type { Thread } from '../threads/thread.store.ts'

/** Paths below the notify URL. The chatbot's address is percent-encoded, as it is everywhere in this protocol. */
export const callbackPath = {
  message: (chatbotId: string) => `/messageNotification/${encodeURIComponent(chatbotId)}/messages`,
  status: (chatbotId: string) => `/deliveryNotification/${encodeURIComponent(chatbotId)}/status`,
  check: (chatbotId: string) => `/notifyInfoNotification/${encodeURIComponent(chatbotId)}/check`,
}

export interface UserMessageParts {
  readonly message: StoredMessage
  readonly thread: Thread
  readonly chatbotId: string
  readonly inReplyTo?: string
}

export function buildMessageBody({ message, thread, chatbotId, inReplyTo }: UserMessageParts): string {
  return JSON.stringify({
    messageId: message.messageId,
    messageList: message.parts.map(buildListItem),
    dateTime: renderChinaTime(message.at),
    senderAddress: `tel:${thread.phone}`,
    // A plain string here, though sends carry an array: the protocol has it so.
    destinationAddress: chatbotId,
    conversationId: thread.conversationId,
    contributionId: message.contributionId,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
  })
}

function buildListItem({ contentType, content }: Part): object {
  return { contentType, contentEncoding: 'utf8', contentText: content }
}

export interface StatusParts {
  readonly messageId: string
  readonly phone: string
  readonly chatbotId: string
  readonly change: StateChange
}

export function buildStatusBody({ messageId, phone, chatbotId, change }: StatusParts): string {
  const info = {
    messageId,
    dateTime: renderChinaTime(change.at),
    status: change.status,
    senderAddress: `tel:${phone}`,
    destinationAddress: chatbotId,
    ...(change.errorCode === undefined ? {} : { errorCode: change.errorCode }),
    ...(change.errorMessage === undefined ? {} : { errorMessage: change.errorMessage }),
  }
  return JSON.stringify({ deliveryInfoList: [info] })
}

export function buildCheckBody(description: string, atMs: number): string {
  const time = renderChinaTime(atMs)
  return JSON.stringify({ type: 'chatbotInformation', result: 'pass', description, time, remark: '' })
}
