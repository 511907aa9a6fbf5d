import { Skeleton, Stack } from '@mantine/core'
import { useWords } from '../words/use-words.ts'
import { partWords } from './part-words.ts'

/** The shape of a page while it comes. */
export function PageSkeleton() {
  return (
    <Stack aria-busy aria-label={useWords(partWords).loading} role="status">
      <Skeleton height={28} width={220} />
      <RowsSkeleton rows={6} />
    </Stack>
  )
}

export function RowsSkeleton({ rows }: { readonly rows: number }) {
  const heights = Array.from({ length: rows }, (_, index) => index)
  return (
    <Stack gap={10} aria-hidden>
      {heights.map((index) => (
        <Skeleton key={index} height={34} />
      ))}
    </Stack>
  )
}
