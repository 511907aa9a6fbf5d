import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { act } from '../session/auth.ts'
import { useAct } from '../session/use-act.ts'
import { useWords } from '../words/use-words.ts'
import { accountWords } from './account-words.ts'
import { PartHead } from './part-head.tsx'

export function PasswordPart({ done }: { readonly done: () => void }) {
  const words = useWords(accountWords)
  const [opened, setOpened] = useState(false)
  const end = (): void => {
    setOpened(false)
    notifications.show({ message: words.changed, color: 'green' })
    done()
  }
  return (
    <PartHead title={words.password} action={opened ? undefined : words.change} go={() => setOpened(true)}>
      {opened && <ChangeForm end={end} cancel={() => setOpened(false)} />}
    </PartHead>
  )
}

function ChangeForm({ end, cancel }: { readonly end: () => void; readonly cancel: () => void }) {
  const words = useWords(accountWords)
  const [current, setCurrent] = useState('')
  const [wanted, setWanted] = useState('')
  const { busy, problem, submit } = useAct(async () => {
    await act('password', { current, wanted })
    end()
  })
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput
          label={words.current}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          autoFocus
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={words.wanted}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          error={problem}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {words.change}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
