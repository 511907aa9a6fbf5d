import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { Dialog } from './dialog.tsx'
import { partWords } from './part-words.ts'
import { Problem } from './problem.tsx'

interface Props {
  readonly title: string
  /** What will happen, and to what. */
  readonly text: string
  readonly action: string
  readonly grave?: boolean
  /** Has to be typed before it can be done: the name of what it happens to. */
  readonly typed?: string
  /** What else has to be said or chosen. */
  readonly children?: ReactNode
  /** Whether everything that has to be is chosen. */
  readonly ready?: boolean
  readonly doing: { readonly isPending: boolean; readonly error: Error | null }
  readonly go: () => void
  readonly close: () => void
}

/** Asks once more before something is done. */
export function Confirm({ title, text, action, grave, typed, children, ready = true, doing, go, close }: Props) {
  const words = useWords(partWords)
  const [name, setName] = useState('')
  const isTyped = typed === undefined || name.trim() === typed
  return (
    <Dialog title={title} close={close}>
      <Stack>
        <Text>{text}</Text>
        {children}
        {typed !== undefined && (
          <TextInput
            label={fillIn(words.typeName, { name: typed })}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {doing.error && <Problem error={doing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {words.cancel}
          </Button>
          <Button
            loading={doing.isPending}
            disabled={!isTyped || !ready}
            onClick={go}
            {...(grave ? { color: 'red.9' } : {})}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
