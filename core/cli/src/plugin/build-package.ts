import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isFault } from '@inthread/sdk/fault'
import { listManifestProblems, parseManifest, type Manifest, type ManifestProblem } from '@inthread/sdk/manifest'
import { CommandError, exits } from '../commands/output.ts'
import { buildBundle } from './build-bundle.ts'
import { inspectBundle } from './inspect-bundle.ts'
import { openPluginFolder } from './plugin-folder.ts'
import { digestPackage, readPublisherKey, signDigest } from './publisher-key.ts'

/** A plugin as it is uploaded. */
export interface BuiltPackage {
  readonly manifest: string
  readonly bundle: string
  readonly digest: string
  /** What loading it shows: side effects, clock, chance. */
  readonly problems: readonly string[]
}

/** Bundles the plugin of a folder and writes down its manifest, in memory. */
export async function buildPackage(path: string): Promise<BuiltPackage> {
  const bundle = await buildBundle(openPluginFolder(path))
  const { manifest, problems } = await inspectBundle(bundle)
  if (manifest === undefined) throw new CommandError(`The plugin in ${path}: ${problems.join('; ')}`, exits.badInput)
  return { manifest, bundle, digest: digestPackage(manifest, bundle), problems }
}

export function listProblems({ manifest }: BuiltPackage): readonly ManifestProblem[] {
  return listManifestProblems(parseManifest(manifest))
}

const keyName = 'publisher-key.json'

export interface Written {
  readonly folder: string
  readonly digest: string
  readonly signedBy: string | undefined
}

/** Writes `manifest.json`, `bundle.js` and `signature.json` into `dist`, signed when there is a key. */
export function writePackage(path: string, built: BuiltPackage, key: string | undefined): Written {
  const found = key ?? (existsSync(join(path, keyName)) ? join(path, keyName) : undefined)
  const publisher = found === undefined ? undefined : readPublisherKey(found)
  const folder = join(resolve(path), 'dist')
  const signature = publisher && { publicKey: publisher.publicKey, signature: signDigest(publisher, built.digest) }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'manifest.json'), built.manifest)
  writeFileSync(join(folder, 'bundle.js'), built.bundle)
  writeFileSync(join(folder, 'signature.json'), `${JSON.stringify({ digest: built.digest, ...signature }, null, 2)}\n`)
  return { folder, digest: built.digest, signedBy: publisher?.publicKey }
}

export interface SignedPackage {
  readonly manifest: string
  readonly bundle: string
  readonly signature: string
}

/** What the last build of a folder left in `dist`. */
export function readPackage(path: string): SignedPackage {
  const [manifest, bundle, signed] = ['manifest.json', 'bundle.js', 'signature.json'].map((name) => {
    try {
      return readFileSync(join(path, 'dist', name), 'utf8')
    } catch {
      throw new CommandError(`There is no ${join(path, 'dist', name)}: run "inthread plugin build".`, exits.badInput)
    }
  })
  const { signature } = JSON.parse(signed ?? '{}') as { readonly signature?: string }
  if (signature !== undefined) return { manifest: manifest ?? '', bundle: bundle ?? '', signature }
  throw new CommandError(
    'The package is not signed: make a key with "inthread plugin keygen" and build again.',
    exits.badInput,
  )
}

/** The manifest of a folder, of its `dist`, or of a `manifest.json` by its path. */
export async function readManifestAt(path: string): Promise<Manifest> {
  const file = findManifest(path)
  if (file === undefined) return parseManifest((await buildPackage(path)).manifest)
  try {
    return parseManifest(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!isFault(error)) throw error
    const problems = Array.isArray(error.data['problems']) ? error.data['problems'].join('; ') : ''
    throw new CommandError(`${file} is no manifest: ${problems}`, exits.badInput)
  }
}

/** A folder with sources is built anew: what lies in its `dist` may be old. */
function findManifest(path: string): string | undefined {
  if (!existsSync(path)) throw new CommandError(`There is nothing at ${path}.`, exits.badInput)
  if (statSync(path).isFile()) return path
  if (existsSync(join(path, 'package.json'))) return undefined
  const inside = [join(path, 'manifest.json'), join(path, 'dist/manifest.json')].find((file) => existsSync(file))
  if (inside !== undefined) return inside
  throw new CommandError(`There is neither a plugin nor a manifest in ${path}.`, exits.badInput)
}
