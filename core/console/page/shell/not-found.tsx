import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'
import { useWords } from '../words/use-words.ts'
import { shellWords } from './shell-words.ts'

export function NotFound() {
  const words = useWords(shellWords)
  return (
    <Empty title={words.notFoundTitle} text={words.notFoundText}>
      <Button component={Link} to="/" variant="default">
        {words.home}
      </Button>
    </Empty>
  )
}
