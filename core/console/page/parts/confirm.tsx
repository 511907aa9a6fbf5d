import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useWords } from '../words/use-words.ts'
import { partWords } from './part-words.ts'
import { Problem } from './problem.tsx'

interface Props {
  readonly title: string
  /** What will happen, and to what. */
  readonly text: string
  readonly action: string
  readonly grave?: boolean
  readonly doing: { readonly isPending: boolean; readonly error: Error | null }
  readonly go: () => void
  readonly close: () => void
}

/** Asks once more before something is done. */
export function Confirm({ title, text, action, grave, doing, go, close }: Props) {
  const words = useWords(partWords)
  return (
    <Modal opened onClose={close} title={title} centered closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text>{text}</Text>
        {doing.error && <Problem error={doing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {words.cancel}
          </Button>
          <Button loading={doing.isPending} onClick={go} {...(grave ? { color: 'red.9' } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
