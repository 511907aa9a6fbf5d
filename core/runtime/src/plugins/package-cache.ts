import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestPackage } from '@inthread/admin'
import { Fault } from '@inthread/sdk/fault'

/** The code of an uploaded package. */
export interface PackageCode {
  readonly digest: string
  readonly manifest: string
  readonly bundle: string
}

/**
 * Uploaded packages in the data folder, by digest. What is read is measured again: a file that somebody has changed is
 * fetched from the database instead, and never run.
 */
export class PackageCache {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  find(digest: string): PackageCode | undefined {
    try {
      const read = (name: string): string => readFileSync(join(this.#folder, digest, name), 'utf8')
      const code = { digest, manifest: read('manifest.json'), bundle: read('bundle.js') }
      return digestPackage(code) === digest ? code : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps what came from the database, if it is what its digest says. */
  keep(code: PackageCode): PackageCode {
    if (digestPackage(code) !== code.digest) throw new Fault('package.changed', { data: { digest: code.digest } })
    const folder = join(this.#folder, code.digest)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeWhole(join(folder, 'manifest.json'), code.manifest)
    writeWhole(join(folder, 'bundle.js'), code.bundle)
    return code
  }

  pathOf(digest: string): string {
    return join(this.#folder, digest, 'bundle.js')
  }
}

/** Never half a file, also when two processes share the folder. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.${crypto.randomUUID()}`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, path)
}
