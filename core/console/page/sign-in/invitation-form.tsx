import { Alert, Button, Loader, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { roleWords } from '../shell/role-words.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { act } from '../session/auth.ts'
import { authWords, explainAuth } from '../session/auth-words.ts'
import { PasswordForm } from './password-form.tsx'
import { forgetInvitation } from '../session/session.ts'
import { Head } from './head.tsx'
import { useAct } from '../session/use-act.ts'

interface Invitation {
  readonly email: string
  readonly role: string
  /** Whether there is an account of this address. */
  readonly known: boolean
  /** A new password of somebody who is there already. */
  readonly renewal: boolean
}

interface Props {
  readonly token: string
  readonly enter: () => Promise<void>
  readonly leave: () => void
}

/** What somebody is invited to, and what it takes to accept. */
export function InvitationForm({ token, enter, leave }: Props) {
  const words = useWords(authWords)
  const roles = useWords(roleWords)
  const [found, setFound] = useState<Invitation>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    act<Invitation>('invitation', { token }).then(setFound, setError)
  }, [token])
  if (error !== undefined) return <Over problem={explainAuth(error, words)} leave={leave} />
  if (!found) return <Loader type="dots" />
  const role = found.role.split(':')[0] ?? ''
  const named = { role: roles[role as keyof typeof roles] ?? role }
  const accept = async (given: object): Promise<void> => {
    await act('accept', { token, ...given })
    forgetInvitation()
    await enter()
  }
  if (found.renewal)
    return (
      <>
        <Head title={words.renewalTitle}>{words.renewalHelp}</Head>
        <NewcomerForm email={found.email} accept={accept} renewal />
      </>
    )
  return (
    <>
      <Head title={words.invitedTitle}>{fillIn(found.known ? words.invitedKnown : words.invitedHelp, named)}</Head>
      {found.known ? (
        <PasswordForm email={found.email} enter={() => accept({})} />
      ) : (
        <NewcomerForm email={found.email} accept={accept} />
      )}
    </>
  )
}

function Over({ problem, leave }: { readonly problem: string; readonly leave: () => void }) {
  const words = useWords(authWords)
  return (
    <>
      <Alert color="yellow">{problem}</Alert>
      <Button variant="default" onClick={leave}>
        {words.toSignIn}
      </Button>
    </>
  )
}

interface NewcomerProps {
  readonly email: string
  readonly accept: (given: object) => Promise<void>
  /** The name is known. */
  readonly renewal?: boolean
}

function NewcomerForm({ email, accept, renewal = false }: NewcomerProps) {
  const words = useWords(authWords)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { busy, problem, submit } = useAct(() => accept(renewal ? { password } : { name, password }))
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label={words.email} type="email" value={email} autoComplete="username" readOnly />
        {!renewal && (
          <TextInput
            label={words.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={120}
            autoFocus
            required
            withAsterisk={false}
          />
        )}
        <PasswordInput
          label={words.newPassword}
          description={words.passwordHelp}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={problem}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={busy} fullWidth>
          {words.accept}
        </Button>
      </Stack>
    </form>
  )
}
