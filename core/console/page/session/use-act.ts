import { useState, type FormEvent } from 'react'
import { useWords } from '../words/use-words.ts'
import { authWords, explainAuth } from './auth-words.ts'

/** A form that is sent once at a time, and says below its field what was wrong. */
export function useAct(act: () => Promise<void>) {
  const words = useWords(authWords)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    act()
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return { busy, error, problem: error === undefined ? undefined : explainAuth(error, words), submit }
}
