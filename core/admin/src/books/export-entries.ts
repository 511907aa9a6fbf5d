import { boundsOf, dayOf, listEntries } from '@inthread/finance'
import type { TenantScope } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { csvHead, writeCamtEntry, writeCsvEntry, type EntryFormat } from './write-entries.ts'

export interface EntryExport {
  readonly from: string
  readonly until: string
  readonly zone: string
  readonly format: EntryFormat
  /** Where the page before ended; empty for the first. */
  readonly after: string
  readonly limit: number
}

export interface EntryPage {
  readonly lines: readonly string[]
  readonly next: string | null
}

/** One page of a file: written one after the other, they are the whole of it, however long it is. */
export async function exportEntries(
  scope: TenantScope,
  { from, until, zone, format, after, limit }: EntryExport,
  { store }: Pick<AdminPorts, 'store'>,
): Promise<EntryPage> {
  const bounds = { from: boundsOf(from).from, until: boundsOf(until).until }
  const [at = '', id = ''] = after.split('~')
  const cursor = after === '' ? undefined : { at: Number(at), id }
  const entries = await store.read('books.export', (reader) =>
    listEntries(reader, scope, { ...bounds, after: cursor, limit }),
  )
  const write = format === 'csv' ? writeCsvEntry : writeCamtEntry
  const lines = entries
    .filter((entry) => dayOf(entry.at, zone) >= from && dayOf(entry.at, zone) <= until)
    .map((entry) => write(entry, zone))
  const last = entries.at(-1)
  const head = format === 'csv' && after === '' ? [csvHead] : []
  return { lines: [...head, ...lines], next: last && entries.length === limit ? `${last.at}~${last.id}` : null }
}
