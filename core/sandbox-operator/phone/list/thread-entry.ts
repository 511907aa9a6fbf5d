import type { ChatbotView, MessageView, PhoneView, ThreadView } from '../../src/views.ts'

/** One row of the list: a thread, or a chatbot nobody has talked to yet. */
export interface ThreadEntry {
  readonly key: string
  readonly kind: 'chatbot' | 'sms'
  readonly address: string
  readonly name: string
  readonly logo?: string
  readonly chatbot?: ChatbotView
  readonly thread?: ThreadView
  readonly last?: MessageView
}

/** Threads newest first, then the chatbots that wait to be talked to. */
export function listEntries({ threads, chatbots }: PhoneView): ThreadEntry[] {
  const started = threads.map((thread) => buildEntry(thread, chatbots))
  const known = new Set(threads.map(({ address }) => address))
  const fresh = chatbots.filter(({ chatbotId }) => !known.has(chatbotId)).map(buildFreshEntry)
  const at = ({ last }: ThreadEntry): string => last?.at ?? ''
  return [...started.sort((a, b) => at(b).localeCompare(at(a))), ...fresh]
}

function buildEntry(thread: ThreadView, chatbots: readonly ChatbotView[]): ThreadEntry {
  const isIts = ({ chatbotId, serviceNumber }: ChatbotView): boolean =>
    thread.kind === 'chatbot' ? chatbotId === thread.address : serviceNumber === thread.address
  const chatbot = chatbots.find(isIts)
  const last = thread.messages.at(-1)
  return {
    key: `${thread.kind}|${thread.address}`,
    kind: thread.kind,
    address: thread.address,
    name: thread.name,
    ...(chatbot ? { chatbot, logo: chatbot.logo } : {}),
    thread,
    ...(last ? { last } : {}),
  }
}

function buildFreshEntry(chatbot: ChatbotView): ThreadEntry {
  const { chatbotId: address, name, logo } = chatbot
  return { key: `chatbot|${address}`, kind: 'chatbot', address, name, logo, chatbot }
}

/** The last line as a list shows it. */
export function renderPreview({ text, card, carousel, speaker }: MessageView): string {
  const words = text ?? card?.title ?? card?.description ?? carousel?.cards.map(({ title }) => title).join(' · ') ?? ''
  const line = words.replace(/\s+/g, ' ').trim()
  return speaker?.party === 'bank' ? `${speaker.name}：${line}` : line
}
