import { Alert } from '@mantine/core'
import { useWords } from '../words/use-words.ts'
import { explainProblem } from './explain-problem.ts'
import type { Problem } from './field.ts'
import { formWords } from './form-words.ts'

interface Props {
  readonly title: string
  readonly problems: readonly Problem[]
}

/** All that the platform found wrong, each with its place. */
export function ProblemList({ title, problems }: Props) {
  const words = useWords(formWords)
  if (problems.length === 0) return null
  return (
    <Alert color="red" title={title}>
      <ul>
        {problems.map(({ path, message }, index) => (
          <li key={index}>
            <code>{path}</code> {explainProblem(message, words)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

interface SentencesProps {
  readonly title?: string
  readonly sentences: readonly string[]
}

/** What is wrong in whole sentences, where it has no place of its own. */
export function Sentences({ title, sentences }: SentencesProps) {
  if (sentences.length === 0) return null
  return (
    <Alert color="red" title={title}>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Alert>
  )
}
