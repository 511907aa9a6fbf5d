import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Instant } from '@inthread/sdk/time'
import {
  createIdSource,
  Keyring,
  openStore,
  runMigrations,
  Sealer,
  type IdSource,
  type Migration,
  type Store,
  type StoreObserver,
} from '@inthread/store'
import { noTraces, type Traces } from '@inthread/store/trace'
import type { TestDatabase } from './databases.ts'

/** The business clock of a test: it stands still until it is moved. */
export class StandingClock implements Clock {
  #now: Instant

  constructor(text = '2026-03-05T10:00:00+08:00') {
    this.#now = Date.parse(text) * 1000
  }

  now(): Instant {
    return this.#now
  }

  advance(durationMs: number): void {
    this.#now += Math.round(durationMs * 1000)
  }
}

export interface GroundOptions {
  readonly migrations: readonly Migration[]
  readonly observer?: StoreObserver
  readonly pause?: (durationMs: number) => Promise<void>
}

/** What every room stands on, for tests of one room: a real store, keys, ids and a clock. */
export interface Ground {
  readonly store: Store
  readonly keyring: Keyring
  readonly sealer: Sealer
  readonly ids: IdSource
  readonly clock: StandingClock
  readonly traces: Traces
  readonly owner: string
  /** A second process on the same database, with the same keys. */
  another(owner: string): Promise<Ground>
  close(): Promise<void>
}

export const pause = async (durationMs: number): Promise<void> => {
  await sleep(durationMs)
}

export function createKeyring(first = 1): Keyring {
  return new Keyring({ current: 'k1', index: 'k1', keys: { k1: Buffer.alloc(32, first) } })
}

export async function openGround(database: Pick<TestDatabase, 'url'>, options: GroundOptions): Promise<Ground> {
  const ground = await openPlace(database.url, 'one', options)
  await runMigrations(ground.store, options.migrations)
  return ground
}

async function openPlace(url: string, owner: string, options: GroundOptions): Promise<Ground> {
  const { observer } = options
  const store = await openStore({ url, pause: options.pause ?? pause, ...(observer ? { observer } : {}) })
  const keyring = createKeyring()
  return {
    store,
    keyring,
    sealer: new Sealer(keyring),
    ids: createIdSource({ nowMs: Date.now, randomBytes }),
    clock: new StandingClock(),
    traces: noTraces,
    owner,
    another: (name) => openPlace(url, name, options),
    close: () => store.close(),
  }
}
