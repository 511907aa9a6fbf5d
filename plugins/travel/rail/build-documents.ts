import { contract } from '../contract.ts'

type Row = Readonly<Record<string, unknown>>

/** The rows of a table, whole numbers read as the platform does. For tables without commas or quotes in their cells. */
export function readTable(csv: string): readonly Row[] {
  const [head = '', ...lines] = csv.trimEnd().split('\n')
  const fields = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    if (cells.length !== fields.length) throw new Error(`a line with ${cells.length} cells instead of ${fields.length}`)
    return Object.fromEntries(fields.map((field, index) => [field, readCell(cells[index] ?? '')]))
  })
}

function readCell(cell: string): unknown {
  return /^\d+$/.test(cell) ? Number(cell) : cell
}

/** The plugin's documents out of its tables; `read` gives the text of a file. */
export function buildDocuments(read: (file: string) => string): Readonly<Record<'trains' | 'seats', readonly Row[]>> {
  const { trains, seats } = contract.declaration.collections
  return {
    trains: readTable(read('trains.csv')).map((row) => trains.schema.parse(row)),
    seats: readTable(read('seats.csv')).map((row) => seats.schema.parse(row)),
  }
}
