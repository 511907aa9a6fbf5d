import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly text?: string
  /** What opens the form below, until it is open. */
  readonly action?: string | undefined
  readonly go: () => void
  readonly children?: ReactNode
}

/** A part of the account: what it is, how it stands, and one thing to do about it. */
export function PartHead({ title, text, action, go, children }: Props) {
  return (
    <section>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <div>
          <Text component="h3" fw={600} m={0}>
            {title}
          </Text>
          {text !== undefined && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {action !== undefined && (
          <Button variant="default" size="xs" onClick={go} aria-label={`${title}: ${action}`}>
            {action}
          </Button>
        )}
      </Group>
      {children}
    </section>
  )
}
