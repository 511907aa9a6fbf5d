import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { partWords } from './part-words.ts'

interface Props {
  readonly title: string
  readonly close: () => void
  /** For forms, lists and tables. */
  readonly wide?: boolean
  /** More comes into it while it is open: its head stays where it is. */
  readonly growing?: boolean
  readonly children: ReactNode
}

/** Stands over the page, as long as it is rendered at all, until it is closed. */
export function Dialog({ title, close, wide = false, growing = false, children }: Props) {
  const words = useWords(partWords)
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={wide ? 'lg' : 'md'}
      centered={!growing}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {children}
    </Modal>
  )
}
