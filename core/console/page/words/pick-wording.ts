import type { Language } from './define-words.ts'

/** What a plugin says in the language of the page; in another one where it does not know this one. */
export function pickWording(wording: Readonly<Record<string, string>>, language: Language): string {
  const names = Object.keys(wording)
  const own = names.find((name) => name.startsWith(language))
  return wording[own ?? names.find((name) => name.startsWith('en')) ?? names[0] ?? ''] ?? ''
}
