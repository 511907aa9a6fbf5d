import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { act } from './auth.ts'
import { authWords } from './auth-words.ts'
import { CodeInput } from '../sign-in/password-form.tsx'
import { useAct } from './use-act.ts'
import { answerFactor, type Wanted } from './with-factor.ts'

/** Asks for the second factor where something needs it; what was wanted goes on by itself afterwards. */
export function StepUp() {
  const words = useWords(authWords)
  const [wanted, setWanted] = useState<Wanted>()
  useEffect(() => answerFactor(setWanted), [])
  if (!wanted) return null
  const end = (shown: boolean): void => {
    setWanted(undefined)
    wanted.answer(shown)
  }
  const title = wanted.kind === 'show' ? words.stepUpTitle : words.noFactorTitle
  return (
    <Modal
      opened
      onClose={() => end(false)}
      title={title}
      centered
      zIndex={1000}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {wanted.kind === 'show' ? <ShowForm end={end} /> : <SetUpFirst close={() => end(false)} />}
    </Modal>
  )
}

function ShowForm({ end }: { readonly end: (shown: boolean) => void }) {
  const words = useWords(authWords)
  const [code, setCode] = useState('')
  const { busy, problem, submit } = useAct(async () => {
    await act('step-up', { code })
    end(true)
  })
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{words.stepUpHelp}</Text>
        <CodeInput code={code} setCode={setCode} problem={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => end(false)}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function SetUpFirst({ close }: { readonly close: () => void }) {
  const words = useWords(authWords)
  return (
    <Stack>
      <Text>{words.noFactorHelp}</Text>
      <Group justify="flex-end">
        <Button onClick={close} data-autofocus>
          {words.understood}
        </Button>
      </Group>
    </Stack>
  )
}
