import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError, exits } from './output.ts'

export interface DefinitionSource {
  readonly definition: unknown
  readonly files: Record<string, string>
}

/** A definition, or the one in a folder, and the files it names: data as text, a logo as a data URL. */
export function readDefinition(path: string): DefinitionSource {
  const file = isFolder(path) ? join(path, 'tenant.json') : path
  const text = readText(file)
  let definition: unknown
  try {
    definition = JSON.parse(text)
  } catch (error) {
    throw new CommandError(
      `${file} is not JSON: ${error instanceof Error ? error.message : 'it is broken'}`,
      exits.badInput,
    )
  }
  const folder = dirname(file)
  return { definition: inlineLogos(definition, folder), files: readDataFiles(definition, folder) }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    throw new CommandError(`There is nothing at ${path}.`, exits.badInput)
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CommandError(`${file} cannot be read.`, exits.badInput)
  }
}

/** A data file that is not there is left out, and the platform names it among the problems. */
function readDataFiles(definition: unknown, folder: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of listObjects(definition, 'data')) {
    const name = entry['file']
    if (typeof name !== 'string') continue
    try {
      files[name] = readFileSync(join(folder, name), 'utf8')
    } catch {
      continue
    }
  }
  return files
}

const imageTypes: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
}

function inlineLogos(definition: unknown, folder: string): unknown {
  const bots = listObjects(definition, 'bots')
  for (const bot of bots) {
    const logo = bot['logo']
    const type =
      typeof logo === 'string' && !/^(data|https?):/.test(logo) ? imageTypes[logo.split('.').at(-1) ?? ''] : undefined
    if (typeof logo !== 'string' || type === undefined) continue
    try {
      bot['logo'] = `data:${type};base64,${readFileSync(join(folder, logo)).toString('base64')}`
    } catch {
      throw new CommandError(`The logo ${join(folder, logo)} cannot be read.`, exits.badInput)
    }
  }
  return definition
}

function listObjects(definition: unknown, section: string): Record<string, unknown>[] {
  if (typeof definition !== 'object' || definition === null) return []
  const list = (definition as Record<string, unknown>)[section]
  return Array.isArray(list)
    ? list.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
    : []
}
