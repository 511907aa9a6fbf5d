import type { SQLOutputValue } from 'node:sqlite'

/** One row as the database gave it: every integer is a bigint. */
export type Row = Readonly<Record<string, SQLOutputValue>>

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

export function findText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : textOf(row, column)
}

/** For amounts: exact, and never a float. */
export function minorOf(row: Row, column: string): bigint {
  const value = row[column]
  if (typeof value !== 'bigint') throw new TypeError(`column ${column} is not an integer`)
  return value
}

/** For counts, versions and instants: refuses what a number cannot hold exactly. */
export function numberOf(row: Row, column: string): number {
  const value = Number(minorOf(row, column))
  if (!Number.isSafeInteger(value)) throw new RangeError(`column ${column} is beyond 2^53`)
  return value
}

export function findNumber(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : numberOf(row, column)
}

/** For columns that a CHECK holds to a closed list of words. */
export function wordOf<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = textOf(row, column)
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw new TypeError(`column ${column} holds an unknown word`)
  return word
}
