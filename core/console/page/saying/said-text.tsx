import { useLanguage } from '../words/use-words.ts'
import { wordSaid, type Said } from './word-said.ts'

/** A sentence of the platform in the words of the page; anybody else's stands as a quotation. */
export function SaidText({ said }: { readonly said: Said }) {
  const { text, by } = wordSaid(said, useLanguage())
  if (by === 'page') return <>{text}</>
  return (
    <q className="quoted" data-unworded={by === 'unworded' ? said.code : undefined}>
      {text}
    </q>
  )
}
