import { stringify } from 'csv-stringify/sync'
import {
  commitCollection,
  commitDocuments,
  countDocuments,
  listDocuments,
  type CollectionCount,
  type CollectionRef,
} from '@inthread/messaging'
import type { CollectionDeclaration, Plugin, Slots } from '@inthread/sdk/engine'
import { appendAudit, type Actor, type TenantScope } from '@inthread/store'
import { listInstallations } from '../lifecycle/installation.store.ts'
import type { AdminPorts } from '../ports.ts'
import { toCell, toPlain } from './plain-value.ts'
import { readDocuments, type LineProblem } from './read-documents.ts'
import type { FileFormat } from './read-rows.ts'

export type TransferPorts = Pick<AdminPorts, 'store' | 'ids' | 'clock' | 'catalogue'>

/** The collection of an installed plugin, in the version that is installed; undefined when there is none. */
export async function findCollection(
  scope: TenantScope,
  name: { readonly plugin: string; readonly collection: string },
  ports: TransferPorts,
): Promise<CollectionRef | undefined> {
  const plugin = (await findInstalled(scope, ports)).get(name.plugin)
  const known = plugin && Object.hasOwn(plugin.contract.declaration.collections, name.collection)
  return plugin && known ? { plugin, collection: name.collection } : undefined
}

/** Installed plugins by id. Where two bots have different versions, the one that was installed later counts. */
async function findInstalled(scope: TenantScope, { store, catalogue }: TransferPorts): Promise<Map<string, Plugin>> {
  const rows = await store.read('installation.list', (reader) => listInstallations(reader, scope))
  const found = new Map<string, Plugin>()
  for (const row of rows.toSorted((left, right) => left.updated_at - right.updated_at)) {
    const plugin = await catalogue.findVersion(row.plugin, row.version)
    if (plugin) found.set(row.plugin, plugin)
  }
  return found
}

export interface CollectionView extends CollectionCount {
  readonly plugin: string
  readonly collection: string
  readonly declaration: CollectionDeclaration
}

export async function listCollections(scope: TenantScope, ports: TransferPorts): Promise<readonly CollectionView[]> {
  const refs = [...(await findInstalled(scope, ports))].flatMap(([id, plugin]) =>
    Object.entries(plugin.contract.declaration.collections).map(([collection, declaration]) => ({
      ref: { plugin, collection },
      view: { plugin: id, collection, declaration },
    })),
  )
  const now = ports.clock.now()
  return ports.store.read('collection.list', async (reader) => {
    const views: CollectionView[] = []
    for (const { ref, view } of refs) views.push({ ...view, ...(await countDocuments(reader, scope, { ...ref, now })) })
    return views
  })
}

export interface ImportRequest {
  readonly ref: CollectionRef
  readonly format: FileFormat
  readonly text: string
  /** `replace` puts the file in place of the whole collection; `merge` leaves what it does not name. */
  readonly mode: 'replace' | 'merge'
  /** Writes the good lines although there are bad ones; without it, one bad line leaves everything as it was. */
  readonly skipBad: boolean
  readonly dryRun: boolean
  readonly actor: Actor
}

export interface ImportReport {
  readonly lines: number
  readonly good: number
  readonly bad: number
  readonly problems: readonly LineProblem[]
  /** Whether anything was written. */
  readonly imported: boolean
}

/** Reads and checks the whole file first; what is written is written in one transaction. */
export async function importDocuments(
  scope: TenantScope,
  request: ImportRequest,
  ports: TransferPorts,
): Promise<ImportReport> {
  const { ref, format, text, skipBad, dryRun } = request
  const { documents, lines, problems, bad } = await readDocuments({ ...ref, format, text })
  const imported = !dryRun && (bad === 0 || skipBad)
  if (imported) await commitImport(scope, { ...request, documents }, ports)
  return { lines, good: documents.length, bad, problems, imported }
}

function commitImport(
  scope: TenantScope,
  { ref, mode, actor, documents }: ImportRequest & { readonly documents: readonly Slots[] },
  { store, ids, clock }: TransferPorts,
): Promise<void> {
  const now = clock.now()
  const { id } = ref.plugin.contract.declaration
  return store.write('collection.import', async (tx) => {
    await (mode === 'replace' ? commitCollection : commitDocuments)(tx, scope, { ...ref, documents, now, ids })
    const object = { kind: 'collection', id: `${id}/${ref.collection}` }
    const data = { mode, documents: documents.length }
    await appendAudit(tx, [{ scope, actor, action: 'collection.imported', object, data }], { ids, now })
  })
}

export interface ExportRequest {
  readonly ref: CollectionRef
  readonly format: FileFormat
  readonly after: string
  readonly limit: number
}

export interface ExportPage {
  /** Lines of the table, its head before the first page; or one JSON text for each document. */
  readonly lines: readonly string[]
  readonly leftOut: number
  readonly next: string | null
}

/** One page of a file: written one after the other, they are the whole of it. */
export async function exportDocuments(
  scope: TenantScope,
  { ref, format, after, limit }: ExportRequest,
  { store, clock }: TransferPorts,
): Promise<ExportPage> {
  const now = clock.now()
  const page = await store.read('collection.export', (reader) =>
    listDocuments(reader, scope, { ...ref, after, limit, now }),
  )
  const fields = Object.keys(ref.plugin.contract.declaration.collections[ref.collection]?.schema.shape ?? {})
  const write = (document: Slots): string =>
    format === 'json' ? JSON.stringify(toPlain(document)) : writeLine(fields.map((field) => toCell(document[field])))
  const head = format === 'csv' && after === '' ? [writeLine(fields)] : []
  return { lines: [...head, ...page.documents.map(write)], leftOut: page.leftOut, next: page.next ?? null }
}

function writeLine(cells: readonly string[]): string {
  return stringify([[...cells]], { record_delimiter: '' })
}
