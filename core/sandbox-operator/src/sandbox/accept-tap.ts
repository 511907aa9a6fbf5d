import type { Parts } from '../boot/parts.ts'
import { mediaType } from '../operations/read-content.ts'
import { acceptUserMessage } from '../threads/accept-user-message.ts'
import type { UserMessage } from '../threads/accept-user-message.ts'
import type { Chatbot } from '../threads/chatbot.store.ts'
import { listWireSuggestions } from '../view/content-view.ts'
import { listMenuLeaves } from '../view/menu-view.ts'
import { buildTapAnswer } from '../view/suggestion-view.ts'
import type { WireSuggestion } from '../view/suggestion-view.ts'
import { resolveChatbot } from './chatbot-routes.ts'
import { SandboxRefusal } from './sandbox-refusal.ts'

export interface Tap {
  readonly from: string
  readonly to: string
  /** `menu` for a tap on the fixed menu. */
  readonly messageId: string
  readonly index: number
}

const menuId = 'menu'

/** Sends what a handset sends for a tap. Taps on old messages are sent too, as often as they are made. */
export function acceptTap(parts: Parts, tap: Tap): { messageId: string } {
  const chatbot = resolveChatbot(parts, tap.to)
  const { suggestion, answers } =
    tap.messageId === menuId ? findInMenu(chatbot, tap) : findInMessage(parts, chatbot, tap)
  const { fiveG, on } = parts.phones.get(tap.from)
  if (!fiveG || !on) {
    throw new SandboxRefusal(409, 'phone_cannot_tap', {
      message: on ? 'this phone has no 5G messaging' : 'this phone is switched off',
      where: '/body/from',
      remedy: 'change it with POST /sandbox/phones, or answer by text with POST /sandbox/say',
    })
  }
  const part = { contentType: mediaType.answer, content: buildTapAnswer(suggestion) }
  const message: UserMessage = { chatbot, phone: tap.from, part, ...(answers ? { answers } : {}) }
  return { messageId: acceptUserMessage(parts, message) }
}

type Found = Pick<UserMessage, 'answers'> & { readonly suggestion: WireSuggestion }

function findInMenu({ menu }: Chatbot, { index }: Tap): Found {
  const suggestion = listMenuLeaves(menu)[index]
  if (!suggestion) throw refuse('the menu has no entry with this index', '/body/index')
  return { suggestion }
}

function findInMessage(parts: Parts, { chatbotId }: Chatbot, { from, messageId, index }: Tap): Found {
  const message = parts.messages.find(chatbotId, 'in', messageId)
  if (!message || parts.threads.get(message.threadId).phone !== from) {
    throw refuse('this phone has no such message of this chatbot', '/body/messageId')
  }
  const suggestion = listWireSuggestions(message.parts)[index]?.wire
  if (!suggestion) throw refuse('the message has no suggestion with this index', '/body/index')
  return { suggestion, answers: { messageId, index, contributionId: message.contributionId } }
}

function refuse(message: string, where: string): SandboxRefusal {
  const remedy = 'look at GET /sandbox/threads?phone= for the messages and the index of each suggestion'
  return new SandboxRefusal(404, 'suggestion_not_found', { message, where, remedy })
}
