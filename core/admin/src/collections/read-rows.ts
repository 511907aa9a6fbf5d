import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

export type FileFormat = 'csv' | 'json'

/** One line of a CSV file, or one member of a JSON list, counted from 1. */
export interface Row {
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
  /** Why the line cannot be taken apart; then `values` is empty. */
  readonly broken?: Said
}

const rowsAtOnce = 500
const charactersAtOnce = 64 * 1024

/**
 * The rows of a file, so many at a time that a large one stops nobody else. A file that is broken as a whole ends with
 * a row that says so.
 */
export async function* readRows(format: FileFormat, text: string): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = []
  for await (const row of format === 'json' ? readList(text) : readTable(text)) {
    batch.push(row)
    if (batch.length < rowsAtOnce) continue
    yield batch
    batch = []
    await letOthersIn()
  }
  if (batch.length > 0) yield batch
}

/** No waiting for time: whatever else this process has to do comes first. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function* readList(text: string): Generator<Row> {
  let list: unknown
  try {
    list = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return yield { line: 1, values: {}, broken: say('data.not_json', { why: messageOf(error) }) }
  }
  if (!Array.isArray(list)) return yield { line: 1, values: {}, broken: say('data.no_list') }
  for (const [index, item] of (list as unknown[]).entries()) {
    const line = index + 1
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) yield { line, values: { ...item } }
    else yield { line, values: {}, broken: say('data.no_object') }
  }
}

interface Parsed {
  readonly info: { readonly lines: number; readonly error?: { readonly message: string } }
  readonly record: Readonly<Record<string, string>>
}

async function* readTable(text: string): AsyncGenerator<Row> {
  const parser = parse({
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  let last = 1
  try {
    for await (const { info, record } of Readable.from(slices(text)).pipe(parser) as AsyncIterable<Parsed>) {
      last = info.lines
      if (info.error) yield { line: last, values: {}, broken: say('data.fields') }
      else yield { line: last, values: record }
    }
  } catch (error) {
    yield { line: last, values: {}, broken: say('data.broken', { why: messageOf(error) }) }
  }
}

function* slices(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += charactersAtOnce) yield text.slice(from, from + charactersAtOnce)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it is broken'
}
