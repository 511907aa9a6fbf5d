import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export function Head({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text c="dimmed" mt={6}>
        {children}
      </Text>
    </div>
  )
}
