import { Button } from '@mantine/core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { partWords } from '../parts/part-words.ts'
import { Problem } from '../parts/problem.tsx'

export interface Column<T> {
  readonly name: string
  readonly cell: (row: T) => ReactNode
  readonly right?: boolean
  /** Left out on a small screen. */
  readonly wide?: boolean
}

interface Props<T> {
  readonly label: string
  readonly answer: UseInfiniteQueryResult<readonly T[]>
  readonly columns: readonly Column<T>[]
  readonly keyOf: (row: T) => string
  /** What happens when a row is chosen; without it, rows only say something. */
  readonly open?: (row: T) => void
  readonly empty: ReactNode
}

const rowPx = 45

/** A list of any length: pages come as they are scrolled to, and only rows in sight are in the document. */
export function PageList<T>(props: Props<T>) {
  const { answer, empty } = props
  const { data, error, refetch } = answer
  if (error && !data) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={8} />
  if (data.length === 0) return empty
  return (
    <>
      <ListTable {...props} rows={data} />
      <ListEnd {...props} />
    </>
  )
}

const classOf = ({ right, wide }: Pick<Column<never>, 'right' | 'wide'>): string =>
  [right ? 'right' : '', wide ? 'wide' : ''].join(' ').trim()

function ListTable<T>({ rows, label, columns, keyOf, open, answer }: Props<T> & { readonly rows: readonly T[] }) {
  const place = useRef<HTMLTableElement>(null)
  const { shown, above, below } = useRowsInSight(rows.length, place)
  return (
    <table ref={place} className="table list" aria-label={label} aria-rowcount={rows.length + 1}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={classOf(column)}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody aria-busy={answer.isPlaceholderData}>
        <Gap height={above} columns={columns.length} />
        {shown.map((index) => {
          const row = rows[index]
          return row && <ListRow key={keyOf(row)} row={row} columns={columns} open={open} index={index} />
        })}
        <Gap height={below} columns={columns.length} />
      </tbody>
    </table>
  )
}

function useRowsInSight(count: number, place: RefObject<HTMLTableElement | null>) {
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  })
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0], items.at(-1)]
  const margin = virtual.options.scrollMargin
  return {
    shown: items.map(({ index }) => index),
    above: first ? Math.max(0, first.start - margin) : 0,
    below: last ? Math.max(0, virtual.getTotalSize() - (last.end - margin)) : 0,
  }
}

function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columns} className="gap" />
    </tr>
  )
}

interface RowProps<T> {
  readonly columns: readonly Column<T>[]
  readonly open: ((row: T) => void) | undefined
  readonly row: T
  readonly index: number
}

/** The whole row is for the mouse; the button in its first cell is for everybody. */
function ListRow<T>({ row, columns, open, index }: RowProps<T>) {
  return (
    <tr aria-rowindex={index + 2} className={open ? 'openable' : ''} onClick={() => open?.(row)}>
      {columns.map((column, place) => (
        <td key={column.name} className={classOf(column)}>
          {place === 0 && open ? (
            <button type="button" className="row-button">
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

function ListEnd<T>({ answer }: Props<T>) {
  const words = useWords(partWords)
  const place = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error, data } = answer
  useEffect(() => watchFor(place.current, () => (hasNextPage ? void fetchNextPage() : undefined)), [hasNextPage, data])
  if (error) return <Problem error={error} retry={() => void fetchNextPage()} />
  return (
    <div ref={place} className="list-end">
      {hasNextPage ? (
        <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      ) : (
        <span>{count(data?.length ?? 0, words.endOne, words.end)}</span>
      )}
    </div>
  )
}

function watchFor(element: Element | null, tell: () => void): () => void {
  if (!element) return () => undefined
  const watcher = new IntersectionObserver(
    (entries) => (entries.some(({ isIntersecting }) => isIntersecting) ? tell() : undefined),
    {
      rootMargin: '600px',
    },
  )
  watcher.observe(element)
  return () => watcher.disconnect()
}
