import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { act, AuthError } from '../session/auth.ts'
import { authWords } from '../session/auth-words.ts'
import { Head } from './head.tsx'
import { useAct } from '../session/use-act.ts'

interface Props {
  readonly enter: () => Promise<void>
  /** An address that is known already. */
  readonly email?: string
}

/** Address and password, and then the second factor of who has one. */
export function PasswordForm({ enter, email }: Props) {
  const [asked, setAsked] = useState(false)
  if (asked) return <FactorForm enter={enter} back={() => setAsked(false)} />
  return <AddressForm enter={enter} ask={() => setAsked(true)} {...(email === undefined ? {} : { email })} />
}

function AddressForm({ enter, ask, email: known }: Props & { readonly ask: () => void }) {
  const words = useWords(authWords)
  const [email, setEmail] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const { busy, error, problem, submit } = useAct(async () => {
    const { state } = await act<{ readonly state: string }>('sign-in', { email, password })
    if (state === 'second_factor') ask()
    else await enter()
  })
  const wrong = error instanceof AuthError && error.code === 'wrong'
  return (
    <>
      {known === undefined && <Head title={words.title}>{words.help}</Head>}
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={words.email}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="username"
            readOnly={known !== undefined}
            autoFocus={known === undefined}
            required
            withAsterisk={false}
          />
          <PasswordInput
            label={words.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={wrong ? words.wrongSignIn : problem}
            autoComplete="current-password"
            autoFocus={known !== undefined}
            required
            withAsterisk={false}
          />
          <Button type="submit" loading={busy} fullWidth>
            {words.signIn}
          </Button>
        </Stack>
      </form>
    </>
  )
}

function FactorForm({ enter, back }: Props & { readonly back: () => void }) {
  const words = useWords(authWords)
  const [code, setCode] = useState('')
  const { busy, problem, submit } = useAct(async () => {
    await act('second-factor', { code })
    await enter()
  })
  return (
    <>
      <Head title={words.factorTitle}>{words.factorHelp}</Head>
      <form onSubmit={submit}>
        <Stack>
          <CodeInput code={code} setCode={setCode} problem={problem} />
          <Group grow>
            <Button variant="default" onClick={back}>
              {words.back}
            </Button>
            <Button type="submit" loading={busy}>
              {words.proceed}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  )
}

interface CodeProps {
  readonly code: string
  readonly setCode: (code: string) => void
  readonly problem: string | undefined
}

export function CodeInput({ code, setCode, problem }: CodeProps) {
  const words = useWords(authWords)
  return (
    <TextInput
      label={words.code}
      value={code}
      onChange={(event) => setCode(event.currentTarget.value)}
      error={problem}
      autoComplete="one-time-code"
      autoFocus
      data-autofocus
      required
      withAsterisk={false}
    />
  )
}
