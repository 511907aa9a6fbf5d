import { strings } from '../desk/strings.ts'
import type { Strings } from '../desk/strings.ts'

/**
 * The language a text is written in, as far as its letters tell: fonts, hyphens and voices depend on it. A Chinese name
 * within English sentences does not make them Chinese.
 */
export function findSpokenLanguage(text: string): 'zh-CN' | 'en' | undefined {
  const words = text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0
  if (characters > 0) return characters >= words ? 'zh-CN' : 'en'
  return /\p{Script=Latin}/u.test(text) ? 'en' : undefined
}

/** Words that stand among those of a message: in its language, not in that of the page. */
export function findWordsFor(text: string, otherwise: Strings): Strings {
  const language = findSpokenLanguage(text)
  if (language === undefined) return otherwise
  return language === 'en' ? strings.en : strings.zh
}
