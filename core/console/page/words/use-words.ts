import { createContext, useContext } from 'react'
import type { Language, Words } from './define-words.ts'

export const LanguageContext = createContext<{
  readonly language: Language
  readonly choose: (language: Language) => void
}>({ language: 'zh', choose: () => undefined })

export function useLanguage(): Language {
  return useContext(LanguageContext).language
}

export function useWords<T>(words: Words<T>): T {
  return words[useLanguage()]
}
