import { Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Choice } from '../form/choice.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import type { Break } from './break-detail.ts'
import { breakWords, decisionWords } from './break-words.ts'

type Decision = Break['decisions'][number]

interface Props {
  readonly found: Break
  readonly close: () => void
}

/** One person proposes what fits; nothing moves before another one has agreed. */
export function ResolveDialog({ found, close }: Props) {
  const words = useWords(breakWords)
  const names = useWords(decisionWords)
  const [decision, setDecision] = useState<Decision>()
  const [note, setNote] = useState('')
  const resolve = useResolve(found)
  const done = (): void => {
    close()
    notifications.show({ title: words.proposed, message: words.proposedText, color: 'yellow' })
  }
  const send = (): void => decision && resolve.mutate({ decision, note: note.trim() }, { onSuccess: done })
  return (
    <Confirm
      title={words.resolveTitle}
      text={words.resolveText}
      action={words.resolve}
      ready={decision !== undefined}
      doing={resolve}
      go={() => send()}
      close={close}
    >
      <Choice
        label={words.decision}
        choices={found.decisions.map((value) => ({ value, label: names[value] }))}
        value={decision}
        choose={setDecision}
      />
      <Textarea
        label={words.note}
        description={words.noteHelp}
        maxLength={300}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Confirm>
  )
}

interface Resolving {
  readonly decision: Decision
  readonly note: string
}

function useResolve({ id }: Break) {
  const tenant = useTenantId()
  return useDo({
    act: (client, { decision, note }: Resolving) =>
      client.books.resolveBreak.mutate({ tenant, break: id, decision, note }),
    touches: ['breaks', 'proposals', 'book'],
  })
}
