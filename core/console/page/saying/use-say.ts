import { useLanguage } from '../words/use-words.ts'
import { wordSaid, type Said } from './word-said.ts'

/** The same as plain text, for places that take no markup: a quotation keeps its marks. */
export function useSay(): (said: Said) => string {
  const language = useLanguage()
  return (said) => {
    const { text, by } = wordSaid(said, language)
    return by === 'page' ? text : `“${text}”`
  }
}
