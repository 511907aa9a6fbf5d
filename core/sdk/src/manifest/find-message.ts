import { pickText } from '../flow/program.ts'
import type { Content } from '../message/content.ts'
import type { AnyContext } from '../plugin/erased.ts'
import type { ManifestMessage } from './manifest-schema.ts'

/** Nothing is filled in yet: a message that can be written from this is always the same. */
const blank: AnyContext = {
  state: {},
  input: {},
  config: {},
  now: 0,
  locale: 'en',
  timeZone: 'UTC',
  t: pickText,
}

/** What a message consists of; undefined for one that depends on what was said before. */
export function findMessage(write: (context: AnyContext) => Content<unknown>): ManifestMessage | undefined {
  try {
    return describeMessage(write(blank))
  } catch {
    return undefined
  }
}

function describeMessage(content: Content<unknown>): ManifestMessage {
  const cards = content.kind === 'carousel' ? content.cards : content.kind === 'card' ? [content.card] : []
  const suggestions = [...cards.flatMap((card) => card.suggestions ?? []), ...content.chips]
  const texts =
    content.kind === 'text'
      ? [content.text]
      : cards.flatMap(({ title, description }) => [title, description ?? []]).flat()
  return {
    texts: texts.map(({ template }) => template),
    titles: cards.map(({ title }) => title.template),
    labels: suggestions.map(({ label }) => label.template),
    cards: cards.length,
    chips: content.chips.length,
    cardSuggestions: Math.max(0, ...cards.map((card) => card.suggestions?.length ?? 0)),
  }
}
