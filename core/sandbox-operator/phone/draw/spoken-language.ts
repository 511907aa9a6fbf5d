import { strings } from '../desk/strings.ts'
import type { Strings } from '../desk/strings.ts'

/** The language a text is written in, as far as its letters tell: fonts, hyphens and voices depend on it. */
export function findSpokenLanguage(text: string): 'zh-CN' | 'en' | undefined {
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN'
  return /\p{Script=Latin}/u.test(text) ? 'en' : undefined
}

/** Words that stand among those of a message: in its language, not in that of the page. */
export function findWordsFor(text: string, otherwise: Strings): Strings {
  const language = findSpokenLanguage(text)
  if (language === undefined) return otherwise
  return language === 'en' ? strings.en : strings.zh
}
