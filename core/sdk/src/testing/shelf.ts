import type { HoldCommand, ReadCommand, WriteCommand } from '../flow/run-state.ts'
import { decodeJson, encodeJson } from '../json.ts'
import type { CollectionDeclaration, CollectionDeclarations, Hold } from '../plugin/collection.ts'
import type { Plugin } from '../plugin/plugin.ts'
import type { Slots } from '../plugin/slots.ts'
import { addMs, type Instant } from '../time.ts'
import { describeIssue, StoryFailure } from './story-failure.ts'

/** One unit of a limited good, as somebody has it. `committing`: handed over to the bank, which has not said no. */
export interface HeldUnit extends Hold {
  /** Collection, counter, key and part, like `seats/places/G308/second/2026-03-06`. */
  readonly counter: string
  /** The run at the bottom; another user's when undefined. */
  readonly root: string | undefined
  state: 'held' | 'committing' | 'taken'
}

interface Stored {
  readonly document: Slots
  readonly writtenAt: Instant
}

type ReserveCommand = Extract<HoldCommand, { kind: 'reserve' }>

/** Collections and counters of one thread's tenant, in memory, with the rules of the platform. */
export class Shelf {
  readonly #declared: CollectionDeclarations
  readonly #stored = new Map<string, Map<string, Stored>>()
  #holds: HeldUnit[] = []

  constructor(plugin: Plugin, documents: Readonly<Record<string, readonly Slots[]>>, now: Instant) {
    this.#declared = plugin.contract.declaration.collections
    for (const [name, rows] of Object.entries(documents)) for (const row of rows) this.#put(name, row, now)
  }

  /** Units that somebody has at this moment. */
  holdsAt(now: Instant): readonly HeldUnit[] {
    return this.#holds.filter(({ state, until }) => state !== 'held' || until > now)
  }

  /** Documents of a collection, in the order of their keys. */
  list(collection: string, now: Instant): readonly Slots[] {
    const { ttlMs } = this.#find(collection)
    const stored = [...(this.#stored.get(collection) ?? new Map<string, Stored>()).values()]
    const alive = stored.filter(({ writtenAt }) => ttlMs === undefined || addMs(writtenAt, ttlMs) > now)
    return alive.map(({ document }) => document)
  }

  read(command: ReadCommand, now: Instant): readonly Slots[] {
    const { key, indexes } = this.#find(command.from)
    const all = this.list(command.from, now)
    if (!('where' in command)) return copy(all.filter((document) => document[key] === command.key))
    const fields = indexes[command.by] ?? [key]
    const wanted = Object.entries(command.where)
    const found = all.filter((document) => wanted.every(([field, value]) => document[field] === value))
    return copy(found.toSorted((left, right) => compare(left, right, fields)).slice(0, command.limit))
  }

  /** Whether it was written: an `insert` leaves alone what is there. */
  write(command: WriteCommand, now: Instant): boolean {
    if (command.act === 'remove') return this.#stored.get(command.to)?.delete(command.key) ?? false
    const { key } = this.#find(command.to)
    const present = this.list(command.to, now).some((document) => document[key] === command.document[key])
    if (command.act === 'insert' && present) return false
    this.#put(command.to, command.document, now)
    return true
  }

  reserve(
    command: ReserveCommand,
    { id, root, now }: { id: string; root: string | undefined; now: Instant },
  ): Hold | null {
    const { key, counters } = this.#find(command.from)
    const field = counters[command.counter]?.capacity ?? ''
    const document = this.list(command.from, now).find((row) => row[key] === command.key)
    const counter = [command.from, command.counter, command.key, command.part].join('/')
    this.#holds = [...this.holdsAt(now)]
    const used = new Set(this.#holds.filter((hold) => hold.counter === counter).map(({ unit }) => unit))
    const unit = Array.from({ length: Number(document?.[field] ?? 0) }, (_, index) => index + 1).find(
      (n) => !used.has(n),
    )
    if (unit === undefined) return null
    this.#holds.push({ id, unit, until: command.until, counter, root, state: root === undefined ? 'taken' : 'held' })
    return { id, unit, until: command.until }
  }

  take(id: string, now: Instant): boolean {
    const hold = this.holdsAt(now).find((candidate) => candidate.id === id && candidate.state !== 'taken')
    if (hold) hold.state = 'taken'
    return hold !== undefined
  }

  /** What was taken may be given back, too; what the bank works on may not. */
  release(id: string): void {
    this.#holds = this.#holds.filter((hold) => hold.id !== id || hold.state === 'committing')
  }

  /** The run is over: what it held is free, unless the bank still has to say whether it was paid. */
  releaseAll(root: string, states: readonly HeldUnit['state'][] = ['held']): void {
    this.#holds = this.#holds.filter((hold) => hold.root !== root || !states.includes(hold.state))
  }

  /**
   * From the moment an order is handed over, which is when the user has confirmed it and not when the bank is called,
   * nothing of it lapses. What the bank refuses is merely held again.
   */
  lock(root: string, now: Instant): void {
    for (const hold of this.holdsAt(now)) if (hold.root === root && hold.state === 'held') hold.state = 'committing'
  }

  unlock(root: string): void {
    for (const hold of this.#holds) if (hold.root === root && hold.state === 'committing') hold.state = 'held'
  }

  /** The run was over when the bank decided: its units follow. */
  settle(root: string, paid: boolean): void {
    if (!paid) return this.releaseAll(root, ['held', 'committing'])
    for (const hold of this.#holds) if (hold.root === root) hold.state = 'taken'
  }

  /** What is merely held is lost, as it is when its time has passed. What the bank works on stays. */
  lapse(): void {
    this.#holds = this.#holds.filter(({ state }) => state !== 'held')
  }

  /** All that is in it, as text: two shelves are alike when these are. */
  print(now: Instant): string {
    const collections = Object.keys(this.#declared).map((name) => [name, this.list(name, now)])
    return encodeJson({ collections, holds: this.holdsAt(now) })
  }

  #put(name: string, row: Slots, now: Instant): void {
    const { schema, key } = this.#find(name)
    const parsed = schema.safeParse(row)
    if (!parsed.success)
      throw new StoryFailure(`a document of "${name}" does not fit its schema: ${describeIssue(parsed.error)}`)
    const documents = this.#stored.get(name) ?? new Map<string, Stored>()
    documents.set(String(parsed.data[key]), { document: copy(parsed.data), writtenAt: now })
    this.#stored.set(name, documents)
  }

  #find(name: string): CollectionDeclaration {
    const declared = Object.hasOwn(this.#declared, name) ? this.#declared[name] : undefined
    if (!declared) throw new StoryFailure(`the contract declares no collection "${name}"`)
    return declared
  }
}

function compare(left: Slots, right: Slots, fields: readonly string[]): number {
  for (const field of fields) {
    const [a, b] = [left[field], right[field]]
    if (a === b) continue
    const smaller = typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b)
    return smaller ? -1 : 1
  }
  return 0
}

function copy<T>(value: T): T {
  return decodeJson(encodeJson(value)) as T
}
