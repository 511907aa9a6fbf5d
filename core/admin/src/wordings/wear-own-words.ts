import { listTemplateProblems } from '@inthread/messaging'
import type { Intent, Plugin, TextDeclaration } from '@inthread/sdk/engine'
import type { OwnIntentRow, OwnTextRow, OwnWords } from './own-words.store.ts'

/**
 * A plugin with a tenant's own words in place of, or besides, its own. A bank's dialogue keeps its words: it speaks for
 * the bank. What no longer fits this version (a variable is gone, another has to stay) is left out.
 */
export function wearOwnWords(plugin: Plugin, own: OwnWords): Plugin {
  const { declaration } = plugin.contract
  const texts = own.texts.filter((row) => row.plugin === declaration.id && fits(plugin, row))
  const intents = own.intents.filter(
    (row) => row.plugin === declaration.id && Object.hasOwn(plugin.intents, row.intent),
  )
  if (declaration.provides || (texts.length === 0 && intents.length === 0)) return plugin
  return {
    ...plugin,
    contract: { ...plugin.contract, declaration: { ...declaration, texts: wearTexts(declaration.texts, texts) } },
    intents: wearIntents(plugin.intents, intents),
  }
}

/** By the template's grammar and the text's variables, whenever it was written. */
export function fits(plugin: Plugin, { text, source }: Pick<OwnTextRow, 'text' | 'source'>): boolean {
  const { texts } = plugin.contract.declaration
  const declaration = Object.hasOwn(texts, text) ? texts[text] : undefined
  if (!declaration) return false
  return listTemplateProblems(source, { vars: Object.keys(declaration.vars), keep: declaration.keep }).length === 0
}

function wearTexts(
  texts: Readonly<Record<string, TextDeclaration>>,
  rows: readonly OwnTextRow[],
): Readonly<Record<string, TextDeclaration>> {
  const worn: Record<string, TextDeclaration> = { ...texts }
  for (const { text, locale, source } of rows) {
    const declared = worn[text]
    if (declared) worn[text] = { ...declared, wording: { ...declared.wording, [locale]: source } }
  }
  return worn
}

function wearIntents(
  intents: Readonly<Record<string, Intent>>,
  rows: readonly OwnIntentRow[],
): Readonly<Record<string, Intent>> {
  const worn: Record<string, Intent> = { ...intents }
  for (const row of rows) {
    const declared = worn[row.intent]
    if (declared) worn[row.intent] = { ...declared, words: mergeWords(declared.words, readWords(row)) }
  }
  return worn
}

export function readWords({ words }: Pick<OwnIntentRow, 'words'>): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(words) as Readonly<Record<string, readonly string[]>>
}

function mergeWords(
  declared: Readonly<Record<string, readonly string[]>>,
  own: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  const locales = new Set([...Object.keys(declared), ...Object.keys(own)])
  return Object.fromEntries(
    [...locales].map((locale) => [locale, [...(declared[locale] ?? []), ...(own[locale] ?? [])]]),
  )
}
