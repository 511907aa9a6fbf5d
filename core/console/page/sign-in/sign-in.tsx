import { Alert, Anchor, Paper, Stack } from '@mantine/core'
import { useState } from 'react'
import icon from '../icon.svg'
import { shellWords } from '../shell/shell-words.ts'
import { LanguageSwitch } from '../shell/switches.tsx'
import { useWords } from '../words/use-words.ts'
import { authWords } from '../session/auth-words.ts'
import { BankButton } from './bank-button.tsx'
import { InvitationForm } from './invitation-form.tsx'
import { KeyForm } from './key-form.tsx'
import { Head } from './head.tsx'
import { PasswordForm } from './password-form.tsx'
import { forgetInvitation, openOwnSession, readInvitation, type Session } from '../session/session.ts'

interface Props {
  readonly ended: boolean
  readonly enter: (session: Session) => void
}

/** Who comes without a session: as a person, with a key, or with a link that invites. */
export function SignIn({ ended, enter }: Props) {
  const [invitation, setInvitation] = useState(readInvitation)
  const [withKey, setWithKey] = useState(false)
  const enterOwn = async (): Promise<void> => enter(await openOwnSession())
  const leaveInvitation = (): void => {
    forgetInvitation()
    setInvitation(undefined)
  }
  return (
    <main className="sign-in">
      <Paper className="sign-in-card" withBorder radius="lg" p="xl">
        <Stack gap="lg">
          <div className="brand">
            <img src={icon} alt="" width={28} height={28} />
            <span>Inthread</span>
          </div>
          {invitation !== undefined && <InvitationForm token={invitation} enter={enterOwn} leave={leaveInvitation} />}
          {invitation === undefined && <Ways {...{ ended, enter, enterOwn, withKey, setWithKey }} />}
        </Stack>
      </Paper>
      <LanguageSwitch />
    </main>
  )
}

interface WaysProps extends Props {
  readonly enterOwn: () => Promise<void>
  readonly withKey: boolean
  readonly setWithKey: (withKey: boolean) => void
}

function Ways({ ended, enter, enterOwn, withKey, setWithKey }: WaysProps) {
  const shell = useWords(shellWords)
  const words = useWords(authWords)
  return (
    <>
      {withKey && <Head title={shell.signInTitle}>{shell.signInHelp}</Head>}
      {ended && <Alert color="yellow">{shell.ended}</Alert>}
      {withKey ? <KeyForm enter={enter} /> : <PasswordForm enter={enterOwn} />}
      {!withKey && <BankButton />}
      <Anchor component="button" type="button" size="sm" onClick={() => setWithKey(!withKey)}>
        {withKey ? words.withPassword : words.withKey}
      </Anchor>
    </>
  )
}
