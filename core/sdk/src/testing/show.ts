import { lintCredit } from '../credit/quote/lint-credit.ts'
import type { Card, Content, Suggestion } from '../message/content.ts'
import type { Plugin } from '../plugin/plugin.ts'
import type { TextRef } from '../plugin/text.ts'
import { assertStory } from './story-failure.ts'
import { writeText, type TextReader } from './write-text.ts'

/** A message written out: its text and its buttons in their order. */
export interface Shown {
  readonly text: string
  readonly buttons: readonly { readonly label: string; readonly option: number | undefined }[]
}

/** Writes a message as a phone shows it, and refuses what no channel takes. */
export function showContent(plugin: Plugin, content: Content<unknown>, reader: TextReader): Shown {
  const write = (ref: TextRef): string => writeText(plugin, ref, reader)
  const cards = content.kind === 'text' ? [] : content.kind === 'card' ? [content.card] : content.cards
  const suggestions = [...cards.flatMap((card) => card.suggestions ?? []), ...content.chips]
  const texts = content.kind === 'text' ? [content.text] : cards.flatMap((card) => [card.title, card.description])
  const text = texts.flatMap((ref) => (ref ? [write(ref)] : [])).join('\n')
  const buttons = numberReplies(suggestions).map(({ suggestion, option }) => ({
    label: write(suggestion.label),
    option,
  }))
  assertFits({ text, buttons }, { content, cards })
  assertRates(content, write)
  return { text, buttons }
}

/** What is read together: a text with its chips, or one card with its buttons. */
function assertRates(content: Content<unknown>, write: (ref: TextRef) => string): void {
  const read = (refs: readonly (TextRef | undefined)[]): string =>
    refs.flatMap((ref) => (ref ? [write(ref)] : [])).join('\n')
  const labelsOf = (suggestions: readonly Suggestion<unknown>[] = []) => suggestions.map(({ label }) => label)
  const cards = content.kind === 'text' ? [] : content.kind === 'card' ? [content.card] : content.cards
  const parts = content.kind === 'text' ? [read([content.text, ...labelsOf(content.chips)])] : []
  for (const card of cards) parts.push(read([card.title, card.description, ...labelsOf(card.suggestions)]))
  const bare = parts.find(lintCredit)
  assertStory(bare === undefined, () => `"${bare?.slice(0, 40) ?? ''}" shows a credit without its annual rate`)
}

function numberReplies(suggestions: readonly Suggestion<unknown>[]) {
  let replies = 0
  return suggestions.map((suggestion) => ({
    suggestion,
    option: suggestion.kind === 'reply' ? replies++ : undefined,
  }))
}

/** What every channel takes: 12 cards, four buttons on a card, eleven chips, labels of 25 characters. */
function assertFits(
  { text, buttons }: Shown,
  { content, cards }: { readonly content: Content<unknown>; readonly cards: readonly Card<unknown>[] },
): void {
  const start = `the message "${text.slice(0, 40)}"`
  const long = buttons.find(({ label }) => [...label].length > 25)
  const labels = buttons.map(({ label }) => label)
  const twice = labels.find((label, index) => labels.indexOf(label) !== index)
  assertStory(text !== '', () => 'a message says nothing')
  assertStory(content.chips.length <= 11, () => `${start} has more than 11 chips`)
  assertStory(cards.length <= 12, () => `${start} has more than 12 cards`)
  assertStory(
    cards.every((card) => (card.suggestions ?? []).length <= 4),
    () => `${start} has a card with more than 4 buttons`,
  )
  assertStory(!long, () => `the label "${long?.label ?? ''}" has more than 25 characters`)
  assertStory(twice === undefined, () => `${start} has two buttons "${twice ?? ''}"`)
}
