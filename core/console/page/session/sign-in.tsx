import { Alert, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { AdminError } from '@inthread/client'
import { useState, type FormEvent } from 'react'
import icon from '../icon.svg'
import { useWords } from '../words/use-words.ts'
import { openSession, type Session } from './session.ts'
import { shellWords } from '../shell/shell-words.ts'
import { LanguageSwitch } from '../shell/switches.tsx'

interface Props {
  readonly ended: boolean
  readonly enter: (session: Session) => void
}

export function SignIn({ ended, enter }: Props) {
  const words = useWords(shellWords)
  return (
    <main className="sign-in">
      <Paper className="sign-in-card" withBorder radius="lg" p="xl">
        <Stack gap="lg">
          <div className="brand">
            <img src={icon} alt="" width={28} height={28} />
            <span>Inthread</span>
          </div>
          <div>
            <Title order={1} size="h3">
              {words.signInTitle}
            </Title>
            <Text c="dimmed" mt={6}>
              {words.signInHelp}
            </Text>
          </div>
          {ended && <Alert color="yellow">{words.ended}</Alert>}
          <KeyForm enter={enter} />
        </Stack>
      </Paper>
      <LanguageSwitch />
    </main>
  )
}

function KeyForm({ enter }: Pick<Props, 'enter'>) {
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
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const explain = (error: unknown): string => {
    const known = error instanceof AdminError && error.code !== 'UNAUTHORIZED'
    return known ? error.message : words.keyUnknown
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
