import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { partWords } from './part-words.ts'

interface Props {
  readonly opened: boolean
  readonly title: ReactNode
  readonly close: () => void
  readonly children: ReactNode
}

/** What is behind a row, beside the list it is in. */
export function SideSheet({ opened, title, close, children }: Props) {
  const words = useWords(partWords)
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="right"
      size={560}
      title={title}
      closeButtonProps={{ 'aria-label': words.close }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      classNames={{ title: 'sheet-title' }}
    >
      {children}
    </Drawer>
  )
}
