import { formatMoney, moneySchema } from '@inthread/sdk/money'
import type { Content, Plugin, Suggestion, TextRef, VarKind } from '@inthread/sdk/engine'
import { refuseUnless } from './refusal.ts'

/** Every text of a message is one of the plugin's own, with its variables, each of its kind. */
export function checkContent(plugin: Plugin, content: Content<unknown>): void {
  for (const text of listTexts(content)) checkText(plugin, text)
}

function checkText(plugin: Plugin, { template, vars }: TextRef): void {
  const { texts } = plugin.contract.declaration
  const declaration = Object.hasOwn(texts, template) ? texts[template] : undefined
  refuseUnless(declaration !== undefined, 'text.unknown')
  for (const [name, kind] of Object.entries(declaration?.vars ?? {}))
    refuseUnless(Object.hasOwn(vars, name) && isOfKind(kind, vars[name]), 'text.vars')
}

function isOfKind(kind: VarKind, value: unknown): boolean {
  if (kind === 'text') return typeof value === 'string'
  if (kind !== 'money') return Number.isSafeInteger(value)
  const amount = moneySchema.safeParse(value)
  return amount.success && formatMoney(amount.data).length <= 40
}

function listTexts(content: Content<unknown>): readonly TextRef[] {
  const chips = content.chips.flatMap(listLabels)
  if (content.kind === 'text') return [content.text, ...chips]
  const cards = content.kind === 'card' ? [content.card] : content.cards
  const own = cards.flatMap(({ title, description, suggestions = [] }) => [
    title,
    ...(description ? [description] : []),
    ...suggestions.flatMap(listLabels),
  ])
  return [...own, ...chips]
}

function listLabels(suggestion: Suggestion<unknown>): readonly TextRef[] {
  return suggestion.kind === 'event' ? [suggestion.label, suggestion.title] : [suggestion.label]
}
