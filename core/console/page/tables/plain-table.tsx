import type { ReactNode } from 'react'

interface Props {
  readonly label?: string | undefined
  /** The names of the columns; those of figures stand at the right. */
  readonly heads: readonly (string | { readonly right: string })[]
  readonly className?: string
  /** Rows. */
  readonly children: ReactNode
}

/** A short table that is there as a whole: lists of any length are a `PageList`. */
export function PlainTable({ label, heads, className = '', children }: Props) {
  return (
    <table className={`table table-plain ${className}`.trim()} aria-label={label}>
      <thead>
        <tr>
          {heads.map((head, place) => (
            <th key={place} scope="col" className={typeof head === 'string' ? undefined : 'right'}>
              {typeof head === 'string' ? head : head.right}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}
