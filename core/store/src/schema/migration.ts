import type { AddedColumns, TableDeclaration } from './vocabulary.ts'

/** One step of a room's schema. Steps are only ever added; an applied one never changes. */
export interface Migration {
  /** `<room>.<number>`, in the order of application. */
  readonly id: string
  readonly tables: readonly TableDeclaration[]
  /** What tables of earlier steps get besides. */
  readonly added?: readonly AddedColumns[]
  /** What new tables begin with: columns of a table of before. */
  readonly filled?: readonly FilledTable[]
}

export interface FilledTable {
  readonly table: string
  readonly from: string
  /** By column of the new table, the one that it is taken from. */
  readonly columns: Readonly<Record<string, string>>
}
