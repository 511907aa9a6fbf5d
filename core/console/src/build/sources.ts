import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'

const packageFolder = join(import.meta.dirname, '../..')
export const pageFolder = join(packageFolder, 'page')
/** The operators' guide, which the health page shows by fault code. */
export const guide = join(packageFolder, '../FAULTS.md')
const clientFolder = join(createRequire(import.meta.url).resolve('@inthread/client'), '..')

/** Where the pages of these very sources are kept. The manifest counts: it names the versions they are built with. */
export function placePages(cacheDir: string): string {
  const hash = createHash('sha256')
  const files = [join(packageFolder, 'package.json'), guide, ...listFiles(pageFolder), ...listFiles(clientFolder)]
  for (const file of [...files, ...listFiles(import.meta.dirname)])
    hash.update(relative(packageFolder, file)).update('\0').update(readFileSync(file)).update('\0')
  return join(cacheDir, `console-${hash.digest('hex').slice(0, 16)}`)
}

export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
