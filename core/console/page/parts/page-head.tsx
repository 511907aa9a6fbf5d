import { Title } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly text?: ReactNode
  readonly children?: ReactNode
}

/** The title of a page, what it is for, and what can be done on it. */
export function PageHead({ title, text, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Inthread`
  }, [title])
  return (
    <div className="page-head">
      <div>
        <Title order={1} size="h3">
          {title}
        </Title>
        {text !== undefined && <p className="page-text">{text}</p>}
      </div>
      {children !== undefined && <div className="page-actions">{children}</div>}
    </div>
  )
}
