import { Alert, Button, Group, Text } from '@mantine/core'
import { AdminError } from '@inthread/client'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import { readSaid } from '../saying/read-said.ts'
import { useSay } from '../saying/use-say.ts'
import { partWords } from './part-words.ts'

interface Props {
  readonly error: Error
  readonly retry?: () => void
}

/** What went wrong, why, and what to do now. */
export function Problem({ error, retry }: Props) {
  const words = useWords(partWords)
  const say = useSay()
  const { title, text } = explainError(error, words, (known) => say(readSaid(known)))
  const reference = error instanceof AdminError ? error.reference : undefined
  return (
    <Alert
      color="red"
      variant="light"
      className="problem"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={title}
    >
      <Text size="sm">{text}</Text>
      {reference !== undefined && (
        <Text size="xs" c="dimmed" mt={6}>
          {words.reference} <code>{reference}</code>
        </Text>
      )}
      {retry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={retry}>
            {words.retry}
          </Button>
        </Group>
      )}
    </Alert>
  )
}

interface Explanation {
  readonly title: string
  readonly text: string
}

/** Our own sentence where the code says enough; the platform's where it knows more. */
function explainError(error: Error, words: (typeof partWords)['zh'], say: (error: AdminError) => string): Explanation {
  if (!(error instanceof AdminError)) return { title: words.badPage, text: words.ourSideNow }
  const known: Readonly<Partial<Record<string, Explanation>>> = {
    UNREACHABLE: { title: words.unreachable, text: words.unreachableNow },
    FORBIDDEN: { title: words.forbidden, text: `${say(error)}${words.stop}${words.forbiddenNow}` },
    NOT_FOUND: { title: words.notFound, text: words.notFoundNow },
    CONFLICT: { title: words.conflict, text: say(error) },
    INTERNAL_SERVER_ERROR: { title: words.ourSide, text: words.ourSideNow },
  }
  return known[error.code] ?? { title: words.problem, text: say(error) }
}
