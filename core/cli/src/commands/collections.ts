import { readFileSync, writeFileSync } from 'node:fs'
import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface CollectionOptions extends PlatformOptions {
  readonly tenant: string
}

export interface ImportOptions extends CollectionOptions {
  readonly replace: boolean
  readonly skipBad: boolean
  readonly dryRun: boolean
}

/** Which collection: `travel.trains` is the collection `trains` of the plugin `travel`. */
function readName(name: string): { readonly plugin: string; readonly collection: string } {
  const match = /^([^.]+)\.([^.]+)$/.exec(name)
  if (!match)
    throw new CommandError(
      `"${name}" is no collection: write <plugin>.<collection>, like travel.trains.`,
      exits.badInput,
    )
  return { plugin: match[1] ?? '', collection: match[2] ?? '' }
}

function formatOf(file: string): 'csv' | 'json' {
  if (/\.csv$/i.test(file)) return 'csv'
  if (/\.json$/i.test(file)) return 'json'
  throw new CommandError(`${file} is neither a .csv nor a .json file.`, exits.badInput)
}

/** Brings a file into a collection, or says of every bad line what is wrong with it. */
export async function runImport(
  name: string,
  file: string,
  { options, output }: { readonly options: ImportOptions; readonly output: Output },
): Promise<number> {
  const { tenant, replace, skipBad, dryRun } = options
  const request = { tenant, ...readName(name), format: formatOf(file), text: readText(file), skipBad, dryRun }
  const { api } = openPlatform(options)
  const report = await api.collections.import
    .mutate({ ...request, mode: replace ? 'replace' : 'merge' })
    .catch((error: unknown) => {
      throw toCommandError(error)
    })
  output.result(report)
  for (const { line, field, message } of report.problems)
    output.line(`line ${line}${field === '' ? '' : `, ${field}`}: ${message}`)
  const counted = `${report.lines} lines: ${report.good} good, ${report.bad} bad`
  if (report.imported) output.line(`${counted}. Imported.`)
  else output.line(`${counted}. ${dryRun ? 'Dry run: nothing' : 'Nothing'} was changed.`)
  if (!report.imported && report.bad > 0 && !dryRun) output.line('Mend the lines, or leave them out with --skip-bad.')
  return report.bad > 0 && !report.imported ? exits.badInput : exits.ok
}

/** Writes a collection into a file, page by page. */
export async function runExport(
  name: string,
  file: string,
  { options, output }: { readonly options: CollectionOptions; readonly output: Output },
): Promise<number> {
  const request = { tenant: options.tenant, ...readName(name), format: formatOf(file) }
  const { api } = openPlatform(options)
  const lines: string[] = []
  let leftOut = 0
  for (let after: string | null = ''; after !== null;) {
    const page: { lines: string[]; leftOut: number; next: string | null } = await api.collections.export
      .query({ ...request, after })
      .catch((error: unknown) => {
        throw toCommandError(error)
      })
    // One by one: a large collection has more lines than a call takes arguments.
    for (const line of page.lines) lines.push(line)
    leftOut += page.leftOut
    after = page.next
  }
  writeFileSync(file, request.format === 'csv' ? `${lines.join('\r\n')}\r\n` : `[\n${lines.join(',\n')}\n]\n`)
  const documents = request.format === 'csv' ? lines.length - 1 : lines.length
  output.result({ file, documents, leftOut })
  output.line(`Wrote ${documents} documents to ${file}.`)
  if (leftOut > 0) output.line(`${leftOut} documents are of a version that the installed plugin cannot read.`)
  return exits.ok
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CommandError(`${file} cannot be read.`, exits.badInput)
  }
}
