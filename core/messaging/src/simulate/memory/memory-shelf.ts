import type { Plugin, ReadCommand, Slots, WriteCommand } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { openScope, type Store, type TenantScope } from '@inthread/store'
import { readDocuments } from '../../collection/documents.store.ts'
import {
  expiryOf,
  getCollection,
  idOf,
  isPersonal,
  parseDocument,
  type DocumentPorts,
} from '../../collection/documents.ts'
import { buildIndexRange, buildIndexValue, buildKey } from '../../collection/index-key.ts'
import { upgradeOf } from '../../collection/keeper.ts'
import type { Guest } from '../../tenancy/guest.ts'
import { guestLineOf } from './ask-guest.ts'

/** What the simulated user's flows have written over the tenant's own documents; undefined where they removed one. */
interface Over {
  readonly document: Slots | undefined
  readonly expiresAt: Instant
}

type Overlay = ReadonlyMap<string, Over>

export interface ShelfPorts {
  readonly store: Pick<Store, 'read'>
  readonly scope: TenantScope
  readonly documents: DocumentPorts
}

interface Looking {
  readonly plugin: Plugin
  readonly guest: Guest | undefined
  readonly now: Instant
}

/** The tenant's collections as they are stored, and over them, in memory, what a simulated thread does to them. */
export class MemoryShelf {
  readonly #ports: ShelfPorts
  /** By collection, then by key; replaced and never changed, so that a turn can be taken back. */
  #overlays: ReadonlyMap<string, Overlay> = new Map()

  constructor(ports: ShelfPorts) {
    this.#ports = ports
  }

  save(): () => void {
    const before = this.#overlays
    return () => void (this.#overlays = before)
  }

  async read(command: ReadCommand, looking: Looking): Promise<readonly Slots[]> {
    const ref = { plugin: looking.plugin, collection: command.from }
    const overlay = this.#overlays.get(idOf(ref)) ?? new Map<string, Over>()
    const { key } = getCollection(ref)
    if ('key' in command && overlay.has(command.key)) return listAlive([overlay.get(command.key)], looking.now)
    const stored = await this.#readStored(widen(command, overlay.size), looking)
    if ('key' in command) return stored
    const own = listAlive(overlay.values(), looking.now).filter((document) => fits(document, command, looking.plugin))
    const kept = stored.filter((document) => !overlay.has(buildKey(key, document)))
    return sortByIndex([...kept, ...own], command, looking.plugin).slice(0, command.limit)
  }

  /** Whether it was written: an `insert` leaves alone what is there. */
  async write(command: WriteCommand, looking: Looking): Promise<boolean> {
    const ref = { plugin: looking.plugin, collection: command.to }
    if (command.act === 'remove') return this.#put(idOf(ref), command.key, { document: undefined, expiresAt: 0 })
    const document = decodeJson(encodeJson(parseDocument(ref, command.document))) as Slots
    const declaration = getCollection(ref)
    const key = buildKey(declaration.key, document)
    const wanted: ReadCommand = { kind: 'read', visit: 0, from: command.to, by: 'key', key }
    if (command.act === 'insert' && (await this.read(wanted, looking)).length > 0) return false
    return this.#put(idOf(ref), key, { document, expiresAt: expiryOf(declaration, looking.now) })
  }

  /** Nobody has stored anything of a user who does not exist. */
  async #readStored(command: ReadCommand, { plugin, guest, now }: Looking): Promise<readonly Slots[]> {
    const { store, scope, documents: ports } = this.#ports
    const ref = { plugin, collection: command.from }
    if (isPersonal(ref)) return []
    const upgrade = upgradeOf(openScope(guestLineOf(scope)), guest, command.from)
    const query = { ...ref, command, owner: '', now, ports, ...(upgrade ? { upgrade } : {}) }
    return store.read('simulation.documents', (reader) => readDocuments(reader, scope, query))
  }

  #put(collection: string, key: string, over: Over): true {
    const overlay = new Map(this.#overlays.get(collection))
    // What is written once more is the newest.
    overlay.delete(key)
    this.#overlays = new Map(this.#overlays).set(collection, overlay.set(key, over))
    return true
  }
}

function listAlive(overs: Iterable<Over | undefined>, now: Instant): readonly Slots[] {
  return [...overs].flatMap((over) => (over?.document && over.expiresAt > now ? [over.document] : []))
}

/** As many more as may be hidden by what was written over them. */
function widen(command: ReadCommand, hidden: number): ReadCommand {
  return 'key' in command ? command : { ...command, limit: command.limit + hidden }
}

type Indexed = Exclude<ReadCommand, { by: 'key'; key: string }>

function valueOf(document: Slots, { from, by }: Indexed, plugin: Plugin): string {
  const { indexes, key } = getCollection({ plugin, collection: from })
  return buildIndexValue(indexes[by] ?? [key], document)
}

function fits(document: Slots, command: Indexed, plugin: Plugin): boolean {
  const ref = { plugin, collection: command.from }
  if (isPersonal(ref)) return true
  const { from, before } = buildIndexRange(getCollection(ref), command.by, command.where)
  const value = valueOf(document, command, plugin)
  return value >= from && (before === undefined || value < before)
}

/** A user's own documents come the newest first, all others in the order of their index. */
function sortByIndex(documents: readonly Slots[], command: Indexed, plugin: Plugin): readonly Slots[] {
  if (isPersonal({ plugin, collection: command.from })) return documents.toReversed()
  const placed = documents.map((document) => ({ document, value: valueOf(document, command, plugin) }))
  return placed.toSorted((left, right) => (left.value < right.value ? -1 : 1)).map(({ document }) => document)
}
