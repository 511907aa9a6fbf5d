import { findKeyProblem } from '@inthread/messaging'
import type { Plugin, Slots } from '@inthread/sdk/engine'
import { fieldOf, fromCell, fromPlain } from './plain-value.ts'
import { readRows, type FileFormat, type Row } from './read-rows.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'
import { sayIssue } from '../saying/say-issue.ts'

/** One mistake: on which line, in which field, what is wrong. */
export interface LineProblem extends Said {
  readonly line: number
  /** Empty when it is about the line as a whole. */
  readonly field: string
}

export interface ReadDocuments {
  readonly documents: readonly Slots[]
  readonly lines: number
  /** The first ones; `bad` says on how many lines there are any. */
  readonly problems: readonly LineProblem[]
  readonly bad: number
}

interface Source {
  readonly plugin: Plugin
  readonly collection: string
  readonly format: FileFormat
  readonly text: string
}

const problemsAtMost = 100

/** Reads a data file into documents, checked one by one. A bad line is named, the rest is read all the same. */
export async function readDocuments(source: Source): Promise<ReadDocuments> {
  const documents: Slots[] = []
  const problems: LineProblem[] = []
  const lineOf = new Map<string, number>()
  let [lines, bad] = [0, 0]
  for await (const rows of readRows(source.format, source.text)) {
    for (const row of rows) {
      lines += 1
      const read = readRow(row, source, lineOf)
      if ('document' in read) {
        documents.push(read.document)
        continue
      }
      bad += 1
      problems.push(...read.problems.slice(0, problemsAtMost - problems.length))
    }
  }
  return { documents, lines, problems, bad }
}

type ReadRow = { readonly document: Slots } | { readonly problems: readonly LineProblem[] }

function readRow(row: Row, source: Source, lineOf: Map<string, number>): ReadRow {
  const { line } = row
  const declaration = source.plugin.contract.declaration.collections[source.collection]
  if (!declaration || row.broken !== undefined)
    return { problems: [{ line, field: '', ...(row.broken ?? say('data.gone')) }] }
  const parsed = declaration.schema.safeParse(convert(row, source, declaration.schema))
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map((issue) => ({ line, field: issue.path.join('.'), ...sayIssue(issue) })),
    }
  const document = parsed.data as Slots
  const problem = findKeyProblem(source, document)
  if (problem) return { problems: [{ line, ...problem }] }
  const key = String(document[declaration.key])
  const before = lineOf.get(key)
  if (before !== undefined)
    return {
      problems: [{ line, field: declaration.key, ...say('data.twice', { key, before }) }],
    }
  lineOf.set(key, line)
  return { document }
}

function convert({ values }: Row, { format }: Source, schema: Parameters<typeof fieldOf>[0]): object {
  const entries = Object.entries(values).map(([name, value]) => {
    const field = fieldOf(schema, name)
    return [name, format === 'csv' && typeof value === 'string' ? fromCell(field, value) : fromPlain(field, value)]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as object
}
