import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { simulatorWords } from './simulator-words.ts'
import type { Script } from './use-script.ts'

/** Says that it is a stored thread that is done again, and how much of it is not. */
export function ReplayNote({ tenant, script }: { readonly tenant: string; readonly script: Script }) {
  const words = useWords(simulatorWords)
  const own: Readonly<Record<string, string>> = words
  const { thread, left = {}, shortened } = script
  if (thread === undefined) return null
  const parts = Object.entries(left).map(([why, n]) => fillIn(own[`left_${why}`] ?? '', { n }))
  return (
    <Alert color="gray" mb="md" title={words.replayed}>
      <p>
        {words.replayedText} {parts.length === 0 ? words.leftNothing : parts.join(' · ')}
      </p>
      {shortened && <p>{words.shortened}</p>}
      <Link to="/t/$tenant/threads/$thread" params={{ tenant, thread }}>
        {words.toThread}
      </Link>
    </Alert>
  )
}
