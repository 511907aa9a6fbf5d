import { accessSync, constants, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** A folder for what a run leaves behind to be looked at: `test/results/<name>`, which stays out of the repository. */
export function openResultsFolder(name: string): string {
  const folder = join(isWritable() ? join(project, 'test/results') : join(tmpdir(), 'inthread-results'), name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Built phone pages, kept from one run to the next under the hash of their sources. */
export function openPageCache(): string {
  return openResultsFolder('pages')
}

function isWritable(): boolean {
  try {
    accessSync(join(project, 'test'), constants.W_OK)
    return true
  } catch {
    return false
  }
}
