import { Button, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { AnswerForm } from './answer-form.tsx'
import { useAnswers, type Answer } from './case.ts'
import { answerWords } from './desk-words.ts'

/** The team's ready answers: to add, word anew and remove. */
export function AnswersDialog({ close }: { readonly close: () => void }) {
  const words = useWords(answerWords)
  const [wording, word] = useState<Answer | 'new'>()
  return (
    <Dialog title={words.title} close={close} wide>
      {wording === undefined ? (
        <AnswerList word={word} />
      ) : (
        <AnswerForm answer={wording === 'new' ? undefined : wording} close={() => word(undefined)} />
      )}
    </Dialog>
  )
}

function AnswerList({ word }: { readonly word: (answer: Answer | 'new') => void }) {
  const words = useWords(answerWords)
  const { data = [] } = useAnswers()
  return (
    <Stack>
      {data.length === 0 && <p className="faint">{words.none}</p>}
      <ul className="desk-answers">
        {data.map((answer) => (
          <AnswerLine key={answer.id} answer={answer} change={() => word(answer)} />
        ))}
      </ul>
      <Group>
        <Button onClick={() => word('new')}>{words.add}</Button>
      </Group>
    </Stack>
  )
}

interface LineProps {
  readonly answer: Answer
  readonly change: () => void
}

function AnswerLine({ answer, change }: LineProps) {
  const words = useWords(answerWords)
  const [removing, setRemoving] = useState(false)
  return (
    <li>
      <div className="desk-answer">
        <strong>{answer.title}</strong>
        <p className="faint">{answer.text}</p>
      </div>
      <Button variant="default" size="xs" onClick={change} aria-label={`${words.edit}: ${answer.title}`}>
        {words.edit}
      </Button>
      <Button
        variant="default"
        size="xs"
        onClick={() => setRemoving(true)}
        aria-label={`${words.remove}: ${answer.title}`}
      >
        {words.remove}
      </Button>
      {removing && <RemoveDialog answer={answer} close={() => setRemoving(false)} />}
    </li>
  )
}

interface RemoveProps {
  readonly answer: Answer
  readonly close: () => void
}

function RemoveDialog({ answer: { id, title }, close }: RemoveProps) {
  const words = useWords(answerWords)
  const tenant = useTenantId()
  const remove = useDo({
    act: (client, _: undefined) => client.answers.remove.mutate({ tenant, answer: id }),
    touches: ['answers'],
    done: () => void notifications.show({ message: words.removed, color: 'green' }),
  })
  return (
    <Confirm
      title={words.removeTitle}
      text={fillIn(words.removeText, { title })}
      action={words.remove}
      grave
      doing={remove}
      go={() => remove.mutate(undefined, { onSuccess: close })}
      close={close}
    />
  )
}
