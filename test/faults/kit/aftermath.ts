import { setTimeout as pause } from 'node:timers/promises'
import { openHome } from '@inthread/runtime'
import { Keyring, openStore, Sealer, type Store } from '@inthread/store'
import type { MessageView } from '@inthread/sandbox-operator/views'
import { readBank, type BankBooks } from '../../kit/purchase.ts'
import { listUnfaithfulRuns } from './list-unfaithful-runs.ts'
import { listStuck, readRows, type HouseRows } from './rows.store.ts'
import type { World } from './world.ts'

/** Everything there is to see when a story is over. */
export interface Aftermath {
  readonly rows: HouseRows
  readonly bank: BankBooks
  readonly heard: readonly MessageView[]
  /** Runs whose journal does not lead to their stored state. */
  readonly unfaithful: readonly string[]
}

const patienceMs = 10_000

/** The house's rows are read beside it, from the database; once nothing waits any more, or patience is at its end. */
export async function readAftermath(world: World, restMs = patienceMs, phone = world.phone): Promise<Aftermath> {
  const home = openHome(world.home)
  const sealer = new Sealer(new Keyring(home.keys))
  const url = world.environment['DATABASE_URL'] ?? home.databaseFile
  const store = await openStore({ url, poolSize: 1, pause: (durationMs) => pause(durationMs) })
  try {
    const giveUpAtMs = performance.now() + restMs
    let found = await look(store, sealer)
    while (!isAtRest(found) && performance.now() < giveUpAtMs) {
      await pause(40)
      found = await look(store, sealer)
    }
    const [bank, heard] = await Promise.all([readBank(world.street.bankUrl), phone.heard()])
    return { ...found, bank, heard }
  } finally {
    await store.close()
  }
}

type Found = Pick<Aftermath, 'rows' | 'unfaithful'>

async function look(store: Store, sealer: Sealer): Promise<Found> {
  const rows = await readRows(store)
  return { rows, unfaithful: listUnfaithfulRuns(rows, sealer) }
}

function isAtRest({ rows, unfaithful }: Found): boolean {
  return listStuck(rows).length === 0 && unfaithful.length === 0
}
