import { sql, type RawBuilder } from 'kysely'

/** Where a page of a list ends: the next one begins behind it, whatever has been inserted meanwhile. */
export interface ListPlace {
  readonly at: number
  readonly id: string
}

/** A part of a list: so many rows behind a place, or the first ones. */
export interface ListPart {
  readonly after?: ListPlace | undefined
  readonly limit: number
}

/** How a list is ordered: by these two columns, both upwards or both downwards. */
export interface ListOrder {
  readonly at: string
  readonly id: string
  readonly down: boolean
}

/** Rows behind a place. The first comparison alone is what an index can follow in both databases. */
export function behind({ at, id, down }: ListOrder, place: ListPlace): RawBuilder<boolean> {
  const [time, name] = [sql.ref(at), sql.ref(id)]
  return down
    ? sql<boolean>`(${time} <= ${place.at} and (${time} < ${place.at} or ${name} < ${place.id}))`
    : sql<boolean>`(${time} >= ${place.at} and (${time} > ${place.at} or ${name} > ${place.id}))`
}
