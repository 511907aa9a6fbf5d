import { Alert } from '@mantine/core'
import { SaidText } from '../saying/said-text.tsx'
import type { Said } from '../saying/word-said.ts'
import type { Problem } from './field.ts'

interface Props {
  readonly title: string
  readonly problems: readonly Problem[]
}

/** All that the platform found wrong, each with its place. */
export function ProblemList({ title, problems }: Props) {
  if (problems.length === 0) return null
  return (
    <Alert color="red" title={title}>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            <code>{problem.path}</code> <SaidText said={problem} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}

interface SentencesProps {
  readonly title?: string
  readonly sentences: readonly Said[]
}

/** What is wrong in whole sentences, where it has no place of its own. */
export function Sentences({ title, sentences }: SentencesProps) {
  if (sentences.length === 0) return null
  return (
    <Alert color="red" title={title}>
      <ul>
        {sentences.map((said) => (
          <li key={said.message}>
            <SaidText said={said} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}
