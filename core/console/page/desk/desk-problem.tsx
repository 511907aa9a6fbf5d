import { AdminError } from '@inthread/client'
import { Alert, Button } from '@mantine/core'
import { useFilter } from '../filters/use-filter.ts'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { deskWords } from './desk-words.ts'

/** What stands in the way. A conversation that is with another case is worked on there, and that is one tap away. */
export function DeskProblem({ error }: { readonly error: Error }) {
  const words = useWords(deskWords)
  const [, choose] = useFilter('case')
  const said = error instanceof AdminError ? error.said : undefined
  if (said?.code !== 'desk.busy') return <Problem error={error} />
  return (
    <Alert color="yellow" title={words.elsewhere} role="alert">
      <p>{words.elsewhereText}</p>
      <Button size="xs" mt="sm" variant="default" onClick={() => choose(String(said.facts['case']))}>
        {words.goElsewhere}
      </Button>
    </Alert>
  )
}
