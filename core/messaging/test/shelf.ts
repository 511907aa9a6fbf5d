import type { Plugin, Slots } from '@inthread/sdk/engine'
import { openScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { Ground } from '../../../test/kit/ground.ts'
import type { Documents } from '../src/collection/documents.ts'
import { commitDocument, readDocuments } from '../src/collection/documents.store.ts'
import type { MessagingTables } from '../src/schema/tables.ts'
import type { LoggedEvent } from './ports.ts'

export interface ShelfOptions {
  readonly collection: string
  readonly tenant?: string
}

/** A collection as a test sees it: what a user's flow reads and writes, and what then lies in the table. */
export class Shelf {
  readonly #ground: Ground
  readonly #collection: string
  readonly scope: ReturnType<typeof openScope>
  readonly log: LoggedEvent[] = []

  constructor(ground: Ground, { collection, tenant = 'rail' }: ShelfOptions) {
    this.#ground = ground
    this.#collection = collection
    this.scope = openScope(tenant)
  }

  place(plugin: Plugin, owner = 'wang'): Documents {
    const { clock, ids, sealer, keyring } = this.#ground
    const log = { event: (name: string, facts: LoggedEvent['facts']) => void this.log.push({ name, facts }) }
    return { plugin, collection: this.#collection, owner, now: clock.now(), ports: { ids, sealer, keyring, log } }
  }

  write(
    plugin: Plugin,
    command: { act: 'put' | 'insert'; document: Slots } | { act: 'remove'; key: string },
    owner?: string,
  ): Promise<boolean> {
    const whole = { kind: 'write', visit: 1, to: this.#collection, ...command } as const
    return this.#ground.store.write('document.write', (tx) =>
      commitDocument(tx, this.scope, { ...this.place(plugin, owner), command: whole }),
    )
  }

  read(
    plugin: Plugin,
    by: { key: string } | { by: string; where?: Slots; limit?: number },
    owner?: string,
  ): Promise<readonly Slots[]> {
    const command =
      'key' in by
        ? ({ kind: 'read', visit: 1, from: this.#collection, by: 'key', key: by.key } as const)
        : ({ kind: 'read', visit: 1, from: this.#collection, where: {}, limit: 50, ...by } as const)
    return this.#ground.store.read('document.read', (reader) =>
      readDocuments(reader, this.scope, { ...this.place(plugin, owner), command }),
    )
  }

  /** Everything in the tables, whoever it belongs to. */
  rows<T extends 'document' | 'personal_document' | 'document_index'>(table: T): Promise<MessagingTables[T][]> {
    return this.#ground.store.read('rows', async (reader) => {
      const rows = await sqlOf<MessagingTables>(reader).selectFrom(table).selectAll().execute()
      return rows as MessagingTables[T][]
    })
  }
}
