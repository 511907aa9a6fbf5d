import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  digestPackage,
  findPackage,
  findPublisher,
  listPackages,
  mergeOwnPackages,
  type PackageRow,
} from '@inthread/admin'
import type { Hosted } from '@inthread/messaging/ports'
import { bundleCode } from '../guest/bundle-code.ts'
import type { Plugin } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { buildManifest, listManifestProblems, writeManifest } from '@inthread/sdk/manifest'
import type { Clock } from '@inthread/sdk/time'
import type { Store } from '@inthread/store'
import { digestFolder, type DiskPackage } from './disk-packages.ts'
import type { PackageCache, PackageCode } from './package-cache.ts'

export interface PackageHouseParts {
  readonly store: Store
  readonly clock: Clock
  readonly disk: readonly DiskPackage[]
  readonly cache: PackageCache
  /** Plugins that a composition brings along besides the folder: for tests, and for platforms built around this one. */
  readonly own: readonly Plugin[]
  /** Packages of the folder that are walled in like those of others. */
  readonly guests?: ReadonlySet<string>
  /** How a package of a publisher that is not our own is run: walled in. Without it, none is. */
  readonly openGuest: ((code: PackageCode) => Promise<OpenedGuest>) | undefined
}

export interface OpenedGuest extends Hosted {
  close?(): Promise<void>
}

interface Held {
  readonly opened: Promise<OpenedGuest | undefined>
  usedAt: number
}

/** Who publishes what comes with the platform. */
const houseName = 'inthread'

/**
 * The versions of plugins that this process has loaded, side by side. Nothing is imported or opened before it is asked
 * for, and what nobody has asked for in a while is let go.
 */
export class PackageHouse {
  readonly #parts: PackageHouseParts
  readonly #held = new Map<string, Held>()

  constructor(parts: PackageHouseParts) {
    this.#parts = parts
  }

  /** Enters what comes with the platform, from its package files alone. */
  async register(): Promise<void> {
    const { store, clock, disk, own } = this.#parts
    const now = clock.now()
    const rows = [
      ...disk.map(({ id, version, folder }) => buildRow({ id, version, digest: digestFolder(folder), now })),
      ...own.map(({ contract: { declaration } }) =>
        buildRow({ ...declaration, digest: `own:${declaration.id}@${declaration.version}`, now }),
      ),
    ]
    await store.write('package.register', (tx) => mergeOwnPackages(tx, rows))
  }

  listIds(): readonly string[] {
    return [...this.#parts.disk, ...this.#parts.own.map(({ contract }) => contract.declaration)].map(({ id }) => id)
  }

  list(): ReturnType<typeof listPackages> {
    return this.#parts.store.read('package.list', (reader) => listPackages(reader))
  }

  /** Which packages hold a bank's dialogue, known without loading any other. */
  listProviderIds(): readonly string[] {
    const { disk, own } = this.#parts
    const found = own.map(({ contract }) => contract.declaration).filter(({ provides }) => provides !== undefined)
    return [...new Set([...disk.filter(({ provides }) => provides), ...found].map(({ id }) => id))]
  }

  /** One version, loaded at the first asking; undefined when there is no way to its code. */
  async find(id: string, version: string): Promise<Hosted | undefined> {
    const name = `${id}@${version}`
    const held = this.#held.get(name)
    if (held) held.usedAt = performance.now()
    else this.#hold(name, this.#open(id, version))
    return this.#held.get(name)?.opened
  }

  /** How many versions are loaded: for health and tests. */
  loaded(): readonly string[] {
    return [...this.#held.keys()]
  }

  /** Lets go of what is not in use, and has not been asked for in a while. */
  async sweep(inUse: ReadonlySet<string>, idleMs: number): Promise<void> {
    for (const [name, held] of this.#held) {
      if (inUse.has(name) || performance.now() - held.usedAt < idleMs) continue
      this.#held.delete(name)
      await (await held.opened)?.close?.()
    }
  }

  #hold(name: string, opened: Promise<OpenedGuest | undefined>): void {
    this.#held.set(name, { opened, usedAt: performance.now() })
    // What could not be loaded is tried again, and what is not there may come.
    const forget = (): void => void this.#held.delete(name)
    opened.then((found) => (found ? undefined : forget()), forget)
  }

  async #open(id: string, version: string): Promise<OpenedGuest | undefined> {
    const { own, disk } = this.#parts
    const exact = own.find(({ contract: { declaration } }) => declaration.id === id && declaration.version === version)
    if (exact) return { plugin: checkPlugin(exact) }
    const row = await this.#parts.store.read('package.find', (reader) => findPackage(reader, id, version))
    if (row?.bundle != null) return this.#openUploaded(row, row.bundle)
    // What comes with the platform is there in one version: a deployment has put it in the place of the one before.
    const found = disk.find((each) => each.id === id)
    if (!found) return undefined
    const entry = join(found.folder, found.entry)
    const plugin = await importPlugin(pathToFileURL(entry).href, id)
    return this.#parts.guests?.has(id) ? this.#wallIn(plugin, entry) : { plugin }
  }

  async #wallIn(plugin: Plugin, entry: string): Promise<OpenedGuest> {
    const code = { manifest: writeManifest(buildManifest(plugin)), bundle: await bundleCode(entry) }
    return this.#openGuest({ ...code, digest: digestPackage(code) })
  }

  #openGuest(code: PackageCode): Promise<OpenedGuest> {
    const { openGuest } = this.#parts
    if (openGuest) return openGuest(code)
    throw new Fault('plugin.broken', { data: { plugin: code.digest, problems: ['no guests are run here'] } })
  }

  async #openUploaded(row: PackageRow, bundle: string): Promise<OpenedGuest> {
    const { cache, store } = this.#parts
    const { digest, manifest } = row
    const code = cache.find(digest) ?? cache.keep({ digest, manifest, bundle })
    const publisher = await store.read('publisher.find', (reader) => findPublisher(reader, row.publisher))
    if (publisher?.tier === 'first_party')
      return { plugin: await importPlugin(pathToFileURL(cache.pathOf(digest)).href, row.id) }
    return this.#openGuest(code)
  }
}

interface OwnRow {
  readonly id: string
  readonly version: string
  readonly digest: string
  readonly now: number
}

function buildRow({ id, version, digest, now }: OwnRow): PackageRow {
  return {
    id,
    version,
    publisher: houseName,
    digest,
    manifest: '{}',
    bundle: null,
    signature: null,
    state: 'listed',
    created_at: now,
    updated_at: now,
  }
}

async function importPlugin(url: string, id: string): Promise<Plugin> {
  const module = (await import(url)) as { readonly default?: Plugin }
  const plugin = module.default
  if (!plugin?.contract)
    throw new Fault('plugin.broken', { data: { plugin: id, problems: ['its default export is not a plugin'] } })
  return checkPlugin(plugin)
}

function checkPlugin(plugin: Plugin): Plugin {
  const problems = listManifestProblems(buildManifest(plugin)).map(
    ({ path, problem, remedy }) => `${path}: ${problem}: ${remedy}`,
  )
  if (problems.length > 0)
    throw new Fault('plugin.broken', { data: { plugin: plugin.contract.declaration.id, problems } })
  return plugin
}
