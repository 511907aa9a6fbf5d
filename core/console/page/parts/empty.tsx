import { IconInbox, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly text: string
  readonly icon?: Icon
  readonly children?: ReactNode
}

/** Nothing here yet: why, and what to do first. */
export function Empty({ title, text, icon: EmptyIcon = IconInbox, children }: Props) {
  return (
    <div className="empty">
      <EmptyIcon size={30} stroke={1.3} aria-hidden />
      <p className="empty-title">{title}</p>
      <p className="empty-text">{text}</p>
      {children}
    </div>
  )
}
