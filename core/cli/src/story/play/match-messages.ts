import type { ExpectedMessage } from '../format/expectation-schema.ts'
import { listCards, listLabels, listTexts, renderMessage, type Message } from '../world/sight.ts'

/** How far the messages of a turn agree with what was expected of them. */
export type Match =
  | { readonly kind: 'complete'; readonly used: number }
  /** So far everything fits, and something is still to come. */
  | { readonly kind: 'waiting'; readonly missing: readonly ExpectedMessage[] }
  | { readonly kind: 'wrong'; readonly problem: string }

/**
 * Goes through the messages in their order. Nothing may come between that nobody expected, but for the platform’s own
 * words: "one moment" depends on how quick the bank is. Where buttons are tapped twice, something may also be repeated.
 */
export function matchMessages(
  expected: readonly ExpectedMessage[],
  messages: readonly Message[],
  isRepetition: (message: Message) => boolean = () => false,
): Match {
  let used = 0
  for (const [place, expectation] of expected.entries()) {
    const found = messages.findIndex((message, index) => index >= used && fits(expectation, message))
    const passed = messages.slice(used, found < 0 ? messages.length : found)
    const stranger = passed.find((message) => !isAside(message) && !isRepetition(message))
    if (stranger) return { kind: 'wrong', problem: explain(expectation, stranger) }
    if (found < 0) return { kind: 'waiting', missing: expected.slice(place) }
    used = found + 1
  }
  return { kind: 'complete', used }
}

/** What a message lacks of what was expected; empty when it fits. */
export function listMismatches(expected: ExpectedMessage, message: Message): string[] {
  if (typeof expected === 'string') return listMissing([expected], listTexts(message).join('\n'))
  const { speaker, text = [], without = [], cards, buttons } = expected
  const whole = listTexts(message).join('\n')
  return [
    ...(speaker === undefined || speaker === message.speaker?.party ? [] : [`is not the ${speaker}’s`]),
    ...listMissing([text].flat(), whole),
    ...[without].flat().flatMap((words) => (whole.includes(words) ? [`contains “${words}”`] : [])),
    ...(cards === undefined ? [] : listCardMismatches(cards, listCards(message))),
    ...(buttons === undefined ? [] : listButtonMismatches(buttons, listLabels(message))),
  ]
}

export function renderExpectation(expected: ExpectedMessage): string {
  return typeof expected === 'string' ? `“${expected}”` : JSON.stringify(expected)
}

function fits(expected: ExpectedMessage, message: Message): boolean {
  return listMismatches(expected, message).length === 0
}

function isAside(message: Message): boolean {
  return message.speaker?.party === 'platform'
}

function explain(expected: ExpectedMessage, message: Message): string {
  const mismatches = listMismatches(expected, message)
  const reason = mismatches.length > 0 ? ` (${mismatches.join('; ')})` : ''
  return `expected ${renderExpectation(expected)}, but heard: ${renderMessage(message)}${reason}`
}

function listMissing(wanted: readonly string[], text: string): string[] {
  return wanted.flatMap((words) => (text.includes(words) ? [] : [`does not say “${words}”`]))
}

function listCardMismatches(
  expected: number | readonly (string | readonly string[])[],
  cards: readonly string[],
): string[] {
  const count = typeof expected === 'number' ? expected : expected.length
  if (count !== cards.length) return [`has ${cards.length} cards and not ${count}`]
  if (typeof expected === 'number') return []
  return expected.flatMap((words, index) =>
    listMissing([words].flat(), cards[index] ?? '').map((problem) => `card ${index + 1} ${problem}`),
  )
}

/** In their order, but others may stand between; none expected means none at all. */
function listButtonMismatches(expected: readonly string[], labels: readonly string[]): string[] {
  if (expected.length === 0) return labels.length === 0 ? [] : [`has buttons: ${labels.join(', ')}`]
  let from = 0
  for (const label of expected) {
    const at = labels.indexOf(label, from)
    if (at < 0) return [`has no button “${label}” there: ${labels.join(', ') || 'none'}`]
    from = at + 1
  }
  return []
}
