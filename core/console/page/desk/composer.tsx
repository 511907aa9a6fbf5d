import { Button, Group, Textarea } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { deskWords } from './desk-words.ts'
import { ReadyAnswers } from './ready-answers.tsx'
import { DeskProblem } from './desk-problem.tsx'

/** What was begun is there again when somebody comes back from another user. */
const drafts = new Map<string, string>()

/** Answers the user, in one's own words or with a ready answer that may still be changed. */
export function Composer({ id }: { readonly id: string }) {
  const words = useWords(deskWords)
  const { text, write, send, say } = useDraft(id)
  return (
    <div className="desk-composer">
      <ReadyAnswers take={(ready) => write(text === '' ? ready : `${text}\n${ready}`)} />
      <Textarea
        label={words.write}
        placeholder={words.placeholder}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => isSend(event) && send()}
      />
      {say.error && <DeskProblem error={say.error} />}
      <Group justify="flex-end">
        <Button loading={say.isPending} disabled={text.trim() === ''} onClick={send}>
          {words.send}
        </Button>
      </Group>
    </div>
  )
}

/** What was typed while the answer was on its way stays. */
function dropSaid(text: string, said: string): string {
  const typed = text.trimStart()
  return typed.startsWith(said) ? typed.slice(said.length).trimStart() : text
}

const isSend = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => key === 'Enter' && (ctrlKey || metaKey)

function useDraft(id: string) {
  const tenant = useTenantId()
  const [text, setText] = useState(drafts.get(id) ?? '')
  const write = (next: string): void => {
    drafts.set(id, next)
    setText(next)
  }
  const say = useDo({
    act: (client, said: string) => client.desk.say.mutate({ tenant, case: id, text: said }),
    touches: [],
  })
  const send = (): void => {
    const said = text.trim()
    if (said !== '' && !say.isPending)
      say.mutate(said, { onSuccess: () => write(dropSaid(drafts.get(id) ?? '', said)) })
  }
  return { text, write, send, say }
}
