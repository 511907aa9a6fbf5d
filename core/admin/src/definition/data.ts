import { parse } from 'csv-parse/sync'
import type { CollectionDeclaration, Plugin, Slots } from '@inthread/sdk/engine'
import type { z } from 'zod'
import { pathOf, type Problem } from './problem.ts'

/** Documents of one collection, read and checked. */
export interface CollectionData {
  readonly plugin: Plugin
  readonly collection: string
  readonly documents: readonly Slots[]
}

interface DataEntry {
  readonly plugin: string
  readonly collection: string
  readonly file: string
}

interface DataContext {
  readonly files: Readonly<Record<string, string>>
  readonly plugins: ReadonlyMap<string, Plugin>
}

const problemsPerFile = 20

/**
 * Reads every data file of a definition. A bad line is named with its number and field; the rest is read all the same.
 */
export function listDataProblems(
  entries: readonly (DataEntry | undefined)[],
  context: DataContext,
): { problems: readonly Problem[]; collections: readonly CollectionData[] } {
  const problems: Problem[] = []
  const collections: CollectionData[] = []
  for (const [index, entry] of entries.entries()) {
    if (!entry) continue
    const read = readEntry(entry, context)
    problems.push(
      ...read.problems
        .slice(0, problemsPerFile)
        .map(({ field, message }) => ({ path: pathOf('data', index, field), message })),
    )
    if (read.problems.length === 0 && read.data) collections.push(read.data)
  }
  return { problems, collections }
}

interface EntryProblem {
  readonly field: string
  readonly message: string
}

function readEntry(
  entry: DataEntry,
  { files, plugins }: DataContext,
): { problems: readonly EntryProblem[]; data?: CollectionData } {
  const plugin = plugins.get(entry.plugin)
  const declaration = plugin?.contract.declaration.collections[entry.collection]
  const text = files[entry.file]
  if (!plugin) return { problems: [{ field: 'plugin', message: `"${entry.plugin}" is not among the bots' plugins` }] }
  if (!declaration)
    return { problems: [{ field: 'collection', message: `"${entry.plugin}" has no collection "${entry.collection}"` }] }
  if (text === undefined) return { problems: [{ field: 'file', message: `the file "${entry.file}" is not there` }] }
  const rows = readRows(entry.file, text)
  if ('problem' in rows) return { problems: [{ field: 'file', message: rows.problem }] }
  const { documents, problems } = readDocuments(declaration, rows.rows)
  return { problems, data: { plugin, collection: entry.collection, documents } }
}

interface Row {
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
}

function readRows(file: string, text: string): { readonly rows: readonly Row[] } | { readonly problem: string } {
  try {
    if (file.endsWith('.json')) {
      const list = JSON.parse(text) as unknown
      return Array.isArray(list)
        ? { rows: list.map((values: Row['values'], index) => ({ line: index + 1, values })) }
        : { problem: 'a JSON data file holds a list' }
    }
    const parsed = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true }) as {
      info: { lines: number }
      record: Row['values']
    }[]
    return { rows: parsed.map(({ info, record }) => ({ line: info.lines, values: record })) }
  } catch (error) {
    return { problem: `the file cannot be read: ${error instanceof Error ? error.message : 'it is broken'}` }
  }
}

function readDocuments(
  declaration: CollectionDeclaration,
  rows: readonly Row[],
): { documents: readonly Slots[]; problems: readonly EntryProblem[] } {
  const documents: Slots[] = []
  const problems: EntryProblem[] = []
  const lines = new Map<string, number>()
  for (const { line, values } of rows) {
    const parsed = declaration.schema.safeParse(convert(declaration.schema, values))
    if (!parsed.success) {
      problems.push(
        ...parsed.error.issues.map((issue) => ({
          field: 'file',
          message: `line ${line}, ${issue.path.join('.') || 'row'}: ${issue.message}`,
        })),
      )
      continue
    }
    const key = String((parsed.data as Slots)[declaration.key])
    const before = lines.get(key)
    if (before !== undefined)
      problems.push({ field: 'file', message: `line ${line}: "${key}" is there already, in line ${before}` })
    lines.set(key, line)
    documents.push(parsed.data as Slots)
  }
  return { documents, problems }
}

/** A CSV field is text: it becomes what the schema wants where it reads as such, and stays text where it does not. */
function convert(schema: z.ZodObject, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value]
    return [name, convertField(kindOf(schema.shape[name]), value)]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, unknown>
}

function convertField(kind: { readonly type: string; readonly optional: boolean }, value: string): unknown {
  if (value === '' && kind.optional) return undefined
  if (kind.type === 'number' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (kind.type === 'bigint' && /^-?\d+$/.test(value)) return BigInt(value)
  if (kind.type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true'
  return value
}

function kindOf(field: unknown): { readonly type: string; readonly optional: boolean } {
  let current = field as { def?: { type: string; innerType?: unknown } } | undefined
  let optional = false
  while (current?.def && ['optional', 'default', 'nullable'].includes(current.def.type)) {
    optional = true
    current = current.def.innerType as typeof current
  }
  return { type: current?.def?.type ?? 'unknown', optional }
}
