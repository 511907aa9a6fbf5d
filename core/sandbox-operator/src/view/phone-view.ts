import type { Parts } from '../boot/parts.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'
import type { StoredMessage } from '../threads/message.store.ts'
import type { Thread } from '../threads/thread.store.ts'
import type { ChatbotView, PhoneView, ThreadView } from '../views.ts'
import { buildMenu } from './menu-view.ts'
import { addOutcomes, buildMessage } from './message-view.ts'

/** How many of the newest messages of a thread are shown. */
const threadLimit = 300

export function buildPhone(parts: Parts, phone: string): PhoneView {
  const { fiveG, on } = parts.phones.get(phone)
  return {
    phone,
    fiveG,
    on,
    now: new Date(parts.clock.now()).toISOString(),
    chatbots: parts.chatbots.list().map(buildChatbot),
    threads: listThreads(parts, phone),
  }
}

/** Threads with something in them; a chatbot whose every message failed to arrive has no thread on the phone. */
export function listThreads(parts: Parts, phone: string): ThreadView[] {
  const threads = parts.threads.list(phone).map((thread) => buildThread(parts, thread))
  return threads.filter(({ messages }) => messages.length > 0)
}

export function buildThread(parts: Parts, thread: Thread): ThreadView {
  const name = findName(parts, thread)
  const stored = parts.messages.list(thread.id, threadLimit)
  const shown = stored.filter((message) => isOnPhone(parts, message))
  const messages = shown.map((message) =>
    buildMessage({
      message,
      states: parts.states.list(message.seq),
      used: listUsed(stored, message.messageId),
      chatbotName: name,
    }),
  )
  const unread = shown.filter(({ direction, seq }) => direction === 'in' && seq > thread.readSeq).length
  return { id: thread.id, kind: thread.kind, address: thread.address, name, unread, messages: addOutcomes(messages) }
}

/** A message that was refused, sent as SMS instead or taken back never was on the phone. */
function isOnPhone(parts: Parts, message: StoredMessage): boolean {
  if (message.direction === 'out') return true
  return !message.revoked && parts.states.has(message.seq, 'delivered')
}

function listUsed(stored: readonly StoredMessage[], messageId: string): ReadonlySet<number> {
  return new Set(stored.filter(({ answersId }) => answersId === messageId).map(({ answersIndex = -1 }) => answersIndex))
}

/** An SMS from a chatbot's service number goes under the chatbot's name. */
function findName(parts: Parts, { kind, address }: Thread): string {
  const [chatbot] = kind === 'chatbot' ? [parts.chatbots.find(address)] : parts.chatbots.listByAddress(address)
  return chatbot?.profile.name ?? address
}

/** What the chatbot said about itself through the protocol goes before what its registration said. */
function buildChatbot({ chatbotId, number, profile, optionals = {}, menu }: Chatbot): ChatbotView {
  const { name, logo, serviceNumber, description, provider, address, phone, website, terms, verified } = profile
  const own = (field: string, registered?: string): string | undefined => {
    const value = optionals[field]
    return typeof value === 'string' && value !== '' ? value : registered
  }
  const contact = {
    address: own('address', address),
    phone: own('callBackNumber', phone),
    website: own('serviceWebsite', website),
    terms,
  }
  return {
    chatbotId,
    number,
    name,
    logo,
    serviceNumber,
    description: own('serviceDescription', description) ?? '',
    provider: own('provider', provider) ?? '',
    ...Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined)),
    verified,
    menu: buildMenu(menu),
  }
}
