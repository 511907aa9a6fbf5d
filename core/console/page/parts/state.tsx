import { findTone, stateWords, type Tone } from '../words/state-words.ts'
import { useWords } from '../words/use-words.ts'

/** A state as a word with its colour; an unknown one is shown as it is. */
export function State({ state, tone }: { readonly state: string; readonly tone?: Tone }) {
  const words = useWords(stateWords)
  return <span className={`state state-${tone ?? findTone(state)}`}>{words[state as keyof typeof words] ?? state}</span>
}
