import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandError, exits } from '../commands/output.ts'

/** A plugin as it stands in a folder: its package.json and the file that exports it. */
export interface PluginFolder {
  readonly folder: string
  readonly entry: string
}

export function openPluginFolder(path: string): PluginFolder {
  const folder = resolve(path)
  const manifest = readPackage(folder)
  const named = manifest.exports?.['.']
  const entry = join(folder, typeof named === 'string' ? named : './plugin.ts')
  if (existsSync(entry)) return { folder, entry }
  throw new CommandError(
    `${entry} does not exist: name the file that exports the plugin in "exports" of package.json.`,
    exits.badInput,
  )
}

interface PackageFile {
  readonly exports?: Readonly<Record<string, unknown>>
}

function readPackage(folder: string): PackageFile {
  const path = join(folder, 'package.json')
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PackageFile
  } catch (error) {
    const why = existsSync(path) ? `is not JSON: ${String(error)}` : 'does not exist'
    throw new CommandError(`${path} ${why}. "inthread plugin new <name>" makes a plugin.`, exits.badInput)
  }
}
