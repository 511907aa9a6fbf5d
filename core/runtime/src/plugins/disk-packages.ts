import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A plugin that comes with the platform, as far as its package.json tells. Nothing of it is imported. */
export interface DiskPackage {
  readonly id: string
  readonly version: string
  readonly folder: string
  readonly entry: string
  /** The capability whose dialogue it holds. */
  readonly provides: string | undefined
}

interface PackageFile {
  readonly version?: string
  readonly inthread?: { readonly plugin?: boolean; readonly provides?: string }
  readonly exports?: Readonly<Record<string, string>>
}

export function findDiskPackages(folder: string): readonly DiskPackage[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = entry.isDirectory() ? readPackageFile(join(folder, entry.name)) : undefined
    if (file?.inthread?.plugin !== true) return []
    const found: DiskPackage = {
      id: entry.name,
      version: file.version ?? '0.0.0',
      folder: join(folder, entry.name),
      entry: file.exports?.['.'] ?? './plugin.ts',
      provides: file.inthread.provides,
    }
    return [found]
  })
}

function readPackageFile(folder: string): PackageFile | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile
  } catch {
    return undefined
  }
}

/** Of its sources: two processes with the same digest run the same code. */
export function digestFolder(folder: string): string {
  const hash = createHash('sha256')
  for (const file of listFiles(folder).toSorted())
    hash.update(relative(folder, file)).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === 'node_modules' || entry.name.endsWith('.test.ts')) return []
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}
