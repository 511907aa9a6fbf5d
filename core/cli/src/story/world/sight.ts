import { z } from 'zod'

const cardSchema = z.object({ title: z.string().optional(), description: z.string().optional() })

/** A message as the operator’s sandbox shows it, as far as a story looks at it. */
const messageSchema = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  text: z.string().optional(),
  card: cardSchema.optional(),
  carousel: z.object({ cards: z.array(cardSchema) }).optional(),
  suggestions: z.array(z.object({ index: z.number(), label: z.string() })),
  speaker: z.object({ party: z.enum(['merchant', 'bank', 'platform']) }).optional(),
  sealed: z.object({ order: z.string().optional() }).optional(),
})

/** The threads of one phone. */
export const threadsSchema = z.object({
  threads: z.array(
    z.object({ kind: z.enum(['chatbot', 'sms']), address: z.string(), messages: z.array(messageSchema) }),
  ),
})

export type Message = z.infer<typeof messageSchema>

/** What can be read of a message, without its buttons. */
export function listTexts(message: Message): string[] {
  return [message.text ?? '', ...listCards(message)].filter((text) => text !== '')
}

/** What can be read of each card. */
export function listCards({ card, carousel }: Message): string[] {
  const cards = carousel?.cards ?? (card ? [card] : [])
  return cards.map(({ title, description }) => [title, description].filter((part) => part !== undefined).join('\n'))
}

export function listLabels({ suggestions }: Message): string[] {
  return suggestions.map(({ label }) => label)
}

/** All of a message on one line. */
export function renderText(message: Message): string {
  return listTexts(message)
    .join(' | ')
    .replace(/\s*\n\s*/g, ' / ')
}

/** With its buttons in brackets. */
export function renderMessage(message: Message): string {
  return [renderText(message), ...listLabels(message).map((label) => `[${label}]`)].join(' ')
}
