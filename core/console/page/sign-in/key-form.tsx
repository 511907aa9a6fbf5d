import { Button, PasswordInput, Stack } from '@mantine/core'
import { AdminError } from '@inthread/client'
import { useState, type FormEvent } from 'react'
import { shellWords } from '../shell/shell-words.ts'
import { useWords } from '../words/use-words.ts'
import { openSession, type Session } from '../session/session.ts'
import { partWords } from '../parts/part-words.ts'
import { readSaid } from '../saying/read-said.ts'
import { useSay } from '../saying/use-say.ts'

interface Props {
  readonly enter: (session: Session) => void
}

export function KeyForm({ enter }: Props) {
  const words = useWords(shellWords)
  const [key, setKey] = useState('')
  const { busy, problem, submit } = useSignIn(key, enter)
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput
          label={words.key}
          placeholder={words.keyPlaceholder}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={problem}
          autoComplete="off"
          autoFocus
          required
          withAsterisk={false}
          description={words.keyWhere}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
        <Button type="submit" loading={busy} fullWidth>
          {words.signIn}
        </Button>
      </Stack>
    </form>
  )
}

function useSignIn(key: string, enter: Props['enter']) {
  const words = useWords(shellWords)
  const common = useWords(partWords)
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const explain = (error: unknown): string => {
    const known = error instanceof AdminError && error.code !== 'UNAUTHORIZED'
    if (!known) return words.keyUnknown
    return error.code === 'UNREACHABLE' ? common.unreachable : say(readSaid(error))
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setBusy(true)
    openSession(key.trim())
      .then(enter, (error: unknown) => setProblem(explain(error)))
      .finally(() => setBusy(false))
  }
  return { busy, problem, submit }
}
