import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Problem } from '../parts/problem.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import type { Answer } from './case.ts'
import { answerWords } from './desk-words.ts'

interface Props {
  /** Undefined for a new one. */
  readonly answer: Answer | undefined
  readonly close: () => void
}

export function AnswerForm({ answer, close }: Props) {
  const words = useWords(answerWords)
  const [title, setTitle] = useState(answer?.title ?? '')
  const [text, setText] = useState(answer?.text ?? '')
  const save = useSave(answer)
  const go = (): void => save.mutate({ title: title.trim(), text: text.trim() }, { onSuccess: close })
  return (
    <Stack>
      <TextInput
        label={words.name}
        maxLength={60}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={words.words}
        description={words.wordsHelp}
        autosize
        minRows={4}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {save.error && <Problem error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {words.cancel}
        </Button>
        <Button loading={save.isPending} disabled={title.trim() === '' || text.trim() === ''} onClick={go}>
          {words.save}
        </Button>
      </Group>
    </Stack>
  )
}

interface Saving {
  readonly title: string
  readonly text: string
}

function useSave(answer: Answer | undefined) {
  const words = useWords(answerWords)
  const tenant = useTenantId()
  const known = answer && { id: answer.id, version: answer.version }
  return useDo({
    act: (client, saving: Saving) => client.answers.save.mutate({ tenant, answer: known, ...saving }),
    touches: ['answers'],
    done: () => void notifications.show({ message: words.saved, color: 'green' }),
  })
}
