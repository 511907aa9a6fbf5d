import { Button, Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { AnswersDialog } from './answers-dialog.tsx'
import { useAnswers } from './case.ts'
import { deskWords } from './desk-words.ts'

interface Props {
  readonly take: (text: string) => void
}

/** One of the ready answers is put into the field, where it can be changed before it is said. */
export function ReadyAnswers({ take }: Props) {
  const words = useWords(deskWords)
  const { data = [] } = useAnswers()
  const [managing, setManaging] = useState(false)
  const choose = (id: string | null): void => data.filter((each) => each.id === id).forEach(({ text }) => take(text))
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        aria-label={words.ready}
        placeholder={words.ready}
        searchable
        value={null}
        nothingFoundMessage={words.readyNone}
        data={data.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={choose}
        className="desk-ready"
      />
      <Button variant="default" onClick={() => setManaging(true)}>
        {words.edit}
      </Button>
      {managing && <AnswersDialog close={() => setManaging(false)} />}
    </Group>
  )
}
