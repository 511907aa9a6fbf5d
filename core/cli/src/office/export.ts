import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { AdminApi } from '@inthread/client'
import { callPlatform } from '../books/call-platform.ts'
import { CommandError, exits, type Output } from '../commands/output.ts'
import type { PlatformOptions } from '../commands/platform.ts'
import { wordsFile, writeWords } from './words.ts'

export const exportHelp = `
The folder gets what "apply" takes: tenant.json, logos and data files, and words.json
where the tenant words texts or intents itself. Applied to the same platform it changes nothing.
A secret that lies on the platform does not leave it: where one belongs stands "kept:NAME", and apply keeps the one that
is there. For another platform write "env:NAME" or "file:path" in its place.
`

type Exported = Awaited<ReturnType<AdminApi['tenants']['export']['query']>>
type DataEntry = Exported['data'][number]

/** A tenant as a folder. */
export async function runExportTenant(
  { tenant, folder }: { readonly tenant: string; readonly folder: string },
  options: PlatformOptions,
  output: Output,
): Promise<number> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CommandError(`${folder} is not empty: name a folder that is not there yet.`, exits.badInput)
  const exported = await callPlatform(options, (api) => api.tenants.export.query({ tenant }))
  const files = new Map<string, string | Buffer>()
  const definition = takeLogos(exported.definition, files)
  files.set('tenant.json', `${JSON.stringify(definition, null, 2)}\n`)
  for (const entry of exported.data) files.set(checkPlace(entry.file), await readData(tenant, entry, options))
  const words = writeWords(exported.words)
  if (words !== undefined) files.set(wordsFile, words)
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  output.result({ tenant, epoch: exported.epoch, files: [...files.keys()], kept: exported.kept })
  for (const name of files.keys()) output.line(join(folder, name))
  for (const { path, name } of exported.kept) output.line(`kept here  ${path}  elsewhere: env:${name}`)
  return exits.ok
}

/** A definition is somebody else's: what it calls a file lies in the folder and nowhere else. */
function checkPlace(file: string): string {
  const place = normalize(file)
  if (/^(\.\.|\/|[A-Za-z]:|\\)/.test(place) || place === 'tenant.json' || place === wordsFile)
    throw new CommandError(`The definition has a data file "${file}", which lies outside of a folder.`, exits.failed)
  return place
}

async function readData(
  tenant: string,
  { plugin, collection, file }: DataEntry,
  options: PlatformOptions,
): Promise<string> {
  const format = file.endsWith('.json') ? 'json' : 'csv'
  const lines: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const from: string = after
    const page = await callPlatform(options, (api) =>
      api.collections.export.query({ tenant, plugin, collection, format, after: from }),
    )
    if (page.leftOut > 0)
      throw new CommandError(
        `${plugin}.${collection} has documents that the installed plugin cannot read: nothing was written.`,
        exits.failed,
      )
    for (const line of page.lines) lines.push(line)
    after = page.next
  }
  return format === 'csv' ? `${lines.join('\n')}\n` : `[\n${lines.join(',\n')}\n]\n`
}

const endings: Readonly<Record<string, string>> = { 'image/svg+xml': 'svg', 'image/png': 'png', 'image/jpeg': 'jpg' }

/** A logo becomes a file again, `logo.svg` or `<bot>-logo.svg` where there are several bots. */
function takeLogos(definition: unknown, files: Map<string, string | Buffer>): unknown {
  if (typeof definition !== 'object' || definition === null || !('bots' in definition)) return definition
  const bots: readonly unknown[] = Array.isArray(definition.bots) ? definition.bots : []
  const taken = bots.map((bot) => {
    if (typeof bot !== 'object' || bot === null || !('logo' in bot) || typeof bot.logo !== 'string') return bot
    const [, type = '', bytes = ''] = /^data:([a-z+/]+);base64,([A-Za-z0-9+/=]+)$/.exec(bot.logo) ?? []
    const ending = endings[type]
    if (ending === undefined) return bot
    const logo = bots.length === 1 || !('id' in bot) ? `logo.${ending}` : `${String(bot.id)}-logo.${ending}`
    files.set(logo, Buffer.from(bytes, 'base64'))
    return { ...bot, logo }
  })
  return { ...definition, bots: taken }
}
