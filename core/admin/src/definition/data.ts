import type { Plugin, Slots } from '@inthread/sdk/engine'
import { readDocuments } from '../collections/read-documents.ts'
import { pathOf, type Problem } from './problem.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

/** Documents of one collection, read and checked. */
export interface CollectionData {
  /** Its place among the definition's `data`. */
  readonly place: number
  readonly plugin: Plugin
  readonly collection: string
  readonly documents: readonly Slots[]
}

export interface DataEntry {
  readonly plugin: string
  readonly collection: string
  readonly file: string
}

interface DataContext {
  readonly files: Readonly<Record<string, string>>
  /** Entries of the definition in force: what they brought in is there, and need not be sent again. */
  readonly known: readonly DataEntry[]
  readonly plugins: ReadonlyMap<string, Plugin>
}

const problemsPerFile = 20

/**
 * Reads every data file of a definition. A bad line is named with its number and field; the rest is read all the same.
 */
export async function listDataProblems(
  entries: readonly (DataEntry | undefined)[],
  context: DataContext,
): Promise<{ problems: readonly Problem[]; collections: readonly CollectionData[] }> {
  const problems: Problem[] = []
  const collections: CollectionData[] = []
  for (const [index, entry] of entries.entries()) {
    if (!entry) continue
    const read = await readEntry(entry, context)
    problems.push(
      ...read.problems
        .slice(0, problemsPerFile)
        .map(({ field, ...said }) => ({ path: pathOf('data', index, field), ...said })),
    )
    if (read.problems.length === 0 && read.data) collections.push({ ...read.data, place: index })
  }
  return { problems, collections }
}

/** Whoever changes something else of a tenant does not send its files along. */
function isKnown({ plugin, collection, file }: DataEntry, known: readonly DataEntry[]): boolean {
  return known.some((entry) => entry.plugin === plugin && entry.collection === collection && entry.file === file)
}

interface EntryProblem extends Said {
  readonly field: string
}

async function readEntry(
  entry: DataEntry,
  { files, plugins, known }: DataContext,
): Promise<{ problems: readonly EntryProblem[]; data?: Omit<CollectionData, 'place'> }> {
  const { plugin: id, collection, file } = entry
  const plugin = plugins.get(id)
  const text = files[file]
  if (!plugin) return { problems: [{ field: 'plugin', ...say('data.plugin', { plugin: id }) }] }
  const { collections } = plugin.contract.declaration
  const declaration = Object.hasOwn(collections, collection) ? collections[collection] : undefined
  if (!declaration)
    return { problems: [{ field: 'collection', ...say('data.collection', { plugin: id, collection }) }] }
  if (declaration.dataClass === 'personal')
    return {
      problems: [{ field: 'collection', ...say('data.personal', { collection }) }],
    }
  if (text === undefined && isKnown(entry, known)) return { problems: [] }
  if (text === undefined) return { problems: [{ field: 'file', ...say('data.no_file', { file }) }] }
  const format = file.endsWith('.json') ? 'json' : 'csv'
  const read = await readDocuments({ plugin, collection, format, text })
  const problems = read.problems.map(({ line, field, code, facts, message }) => ({
    ...{ field: 'file', code, facts: { ...facts, line, field } },
    message: `line ${line}${field === '' ? '' : `, ${field}`}: ${message}`,
  }))
  return { problems, data: { plugin, collection, documents: read.documents } }
}
