import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  digestPackage,
  findPackage,
  findPublisher,
  findSignature,
  isSignedBy,
  listPackages,
  listProviding,
  mergeOwnPackages,
  pickVersion,
  type PackageRow,
} from '@inthread/admin'
import type { Hosted } from '@inthread/messaging/ports'
import { bundleCode } from '../guest/bundle-code.ts'
import { isStandardCapability } from '@inthread/sdk/capabilities'
import type { CapabilityDeclaration, Plugin } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import {
  buildManifest,
  listManifestProblems,
  parseManifest,
  readCapability,
  writeManifest,
  type Manifest,
} from '@inthread/sdk/manifest'
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
  readonly openGuest: ((code: GuestCode) => Promise<OpenedGuest>) | undefined
}

export interface GuestCode extends PackageCode {
  /** What others publish and the code may name in its needs. */
  readonly capabilities: readonly CapabilityDeclaration[]
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
      ...disk.map(({ id, version, folder, provides }) =>
        buildRow({ id, version, digest: digestFolder(folder), provides, now }),
      ),
      ...own.map(({ contract: { declaration } }) => {
        const { id, version, provides } = declaration
        return buildRow({ id, version, digest: `own:${id}@${version}`, provides: provides?.id, now })
      }),
    ]
    await store.write('package.register', (tx) => mergeOwnPackages(tx, rows))
  }

  listIds(): readonly string[] {
    return [...this.#parts.disk, ...this.#parts.own.map(({ contract }) => contract.declaration)].map(({ id }) => id)
  }

  list(): ReturnType<typeof listPackages> {
    return this.#parts.store.read('package.list', (reader) => listPackages(reader))
  }

  /** The dialogues that a bank takes which lists these keys, its own first. Nothing else is loaded. */
  async listProviders(keys: readonly string[]): Promise<readonly Plugin[]> {
    const packages = await this.list()
    const uploaded = keys.length === 0 ? [] : packages.filter(({ provides }) => provides !== null).map(({ id }) => id)
    const ids = new Set(uploaded.filter((id) => !this.listIds().includes(id)))
    const found: Plugin[] = []
    for (const id of [...ids, ...this.#listOwnProviders()]) {
      const version = pickVersion(packages, id)
      const taken = version !== undefined && (await this.isTakenBy(keys, id, version))
      const hosted = taken ? await this.find(id, version) : undefined
      if (hosted && (ids.has(id) || hosted.plugin.contract.declaration.publisher === houseName))
        found.push(hosted.plugin)
    }
    return found
  }

  /**
   * Whether a dialogue may speak for a bank: one that comes with the platform, or a listed one of an active publisher,
   * signed with a key that the bank's connection lists.
   */
  async isTakenBy(keys: readonly string[], id: string, version: string): Promise<boolean> {
    return this.#parts.store.read('package.taken', async (reader) => {
      const row = await findSignature(reader, id, version)
      if (row?.signature == null) return this.listIds().includes(id)
      const { digest, signature, state } = row
      if (state !== 'listed' || !keys.some((key) => isSignedBy(key, digest, signature))) return false
      return (await findPublisher(reader, row.publisher))?.state === 'active'
    })
  }

  #listOwnProviders(): readonly string[] {
    const { disk, own } = this.#parts
    const found = own.map(({ contract }) => contract.declaration).filter(({ provides }) => provides !== undefined)
    return [...new Set([...disk.filter(({ provides }) => provides !== undefined), ...found].map(({ id }) => id))]
  }

  /** Definitions of capabilities that are not the platform's own, as those publish them that provide them. */
  async #listPublished({ needs }: Manifest): Promise<readonly CapabilityDeclaration[]> {
    const wanted = Object.values(needs).map(({ capability }) => capability)
    const strange = wanted.filter((id) => !isStandardCapability(id))
    const { own, store } = this.#parts
    const rows = await store.read('package.capabilities', (reader) => listProviding(reader, strange))
    return [
      ...own.flatMap(({ contract: { declaration } }) => declaration.provides ?? []),
      ...rows.flatMap(({ manifest }) => {
        const { provides } = parseManifest(manifest)
        if (!provides?.definition) return []
        return [readCapability({ id: provides.capability, version: provides.version }, provides.definition)]
      }),
    ]
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

  async #openGuest(code: PackageCode): Promise<OpenedGuest> {
    const { openGuest } = this.#parts
    if (openGuest) return openGuest({ ...code, capabilities: await this.#listPublished(parseManifest(code.manifest)) })
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
  readonly provides: string | undefined
  readonly now: number
}

function buildRow({ id, version, digest, provides, now }: OwnRow): PackageRow {
  return {
    id,
    version,
    publisher: houseName,
    digest,
    manifest: '{}',
    bundle: null,
    signature: null,
    state: 'listed',
    provides: provides ?? null,
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
