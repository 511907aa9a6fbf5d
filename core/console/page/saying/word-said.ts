import { fillIn } from '../words/fill-in.ts'
import type { Language } from '../words/define-words.ts'
import { enSentences } from './en-sentences.ts'
import { zhDefinition } from './zh-definition.ts'
import { zhRefusal } from './zh-refusal.ts'
import { zhUpgrade } from './zh-upgrade.ts'
import { zhWords } from './zh-words.ts'

/** A sentence of the platform: a code that stays, what it speaks of, and its English. */
export interface Said {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly message: string
}

/** Every sentence of the platform in Chinese; a test holds this against what the platform can say. */
export const zhSentences: Readonly<Record<string, string>> = {
  ...zhDefinition,
  ...zhRefusal,
  ...zhUpgrade,
  ...zhWords,
}

export interface Worded {
  readonly text: string
  /** `quoted`: somebody else's words, as they are. `unworded`: the platform is ahead of this page. */
  readonly by: 'page' | 'quoted' | 'unworded'
}

/** What the platform has said, in the language of the page. */
export function wordSaid({ code, facts, message }: Said, language: Language): Worded {
  if (code === 'quoted') return { text: message, by: 'quoted' }
  const sentence = language === 'en' ? (enSentences[code] ?? message) : zhSentences[code]
  if (sentence === undefined) return { text: message, by: 'unworded' }
  const text = fillIn(sentence, facts)
  // A file's mistake has its place in it beside its sentence.
  const isPlaced = language === 'zh' && facts['line'] !== undefined
  return { text: isPlaced ? `第 ${facts['line']} 行 ${facts['field'] ?? ''}：${text}` : text, by: 'page' }
}
