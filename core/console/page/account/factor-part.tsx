import { Button, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Copied } from '../parts/copied.tsx'
import { act } from '../session/auth.ts'
import { useAct } from '../session/use-act.ts'
import { useWords } from '../words/use-words.ts'
import { accountWords } from './account-words.ts'
import { PartHead } from './part-head.tsx'
import { QrCode } from './qr-code.tsx'

interface Made {
  /** `otpauth://…`. */
  readonly uri: string
  readonly backupCodes: readonly string[]
}

interface Props {
  readonly inForce: boolean
  readonly done: () => void
}

/** Set up in two steps: the password brings a key and backup codes, the first code puts them in force. */
export function FactorPart({ inForce, done }: Props) {
  const words = useWords(accountWords)
  const [opened, setOpened] = useState(false)
  const [made, setMade] = useState<Made>()
  const end = (): void => {
    setOpened(false)
    setMade(undefined)
    done()
  }
  return (
    <PartHead
      title={words.factor}
      text={inForce ? words.factorOn : words.factorOff}
      action={inForce || opened ? undefined : words.setUp}
      go={() => setOpened(true)}
    >
      {opened && !made && <StartForm tell={setMade} />}
      {opened && made && <ConfirmForm made={made} end={end} />}
    </PartHead>
  )
}

function StartForm({ tell }: { readonly tell: (made: Made) => void }) {
  const words = useWords(accountWords)
  const [password, setPassword] = useState('')
  const { busy, problem, submit } = useAct(async () => tell(await act<Made>('factor-start', { password })))
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput
          label={words.yourPassword}
          description={words.noPassword}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={problem}
          autoComplete="current-password"
          autoFocus
        />
        <Button type="submit" loading={busy}>
          {words.proceed}
        </Button>
      </Stack>
    </form>
  )
}

function ConfirmForm({ made, end }: { readonly made: Made; readonly end: () => void }) {
  const words = useWords(accountWords)
  const [code, setCode] = useState('')
  const { busy, problem, submit } = useAct(async () => {
    await act('factor-confirm', { code: code.trim() })
    end()
  })
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.scan}</Text>
        <QrCode text={made.uri} label={words.picture} />
        <Copied text={new URL(made.uri).searchParams.get('secret') ?? ''} />
        <Text size="sm">{words.backup}</Text>
        <SimpleGrid cols={2} spacing={2} data-testid="backup-codes">
          {made.backupCodes.map((each) => (
            <code key={each}>{each}</code>
          ))}
        </SimpleGrid>
        <TextInput
          label={words.firstCode}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={problem}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={busy}>
          {words.confirm}
        </Button>
      </Stack>
    </form>
  )
}
