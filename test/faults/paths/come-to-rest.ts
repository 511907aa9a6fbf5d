import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '@inthread/store'
import { listStuck, readRows, type HouseRows } from '../kit/rows.store.ts'

const [lookMs, patienceMs] = [20, 15_000]

/** Waits until a house has nothing more to do; says what it still had to when it takes too long. */
export async function comeToRest(
  store: Store,
  listUndone: (rows: HouseRows) => readonly string[] = listStuck,
): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs
  for (;;) {
    const undone = listUndone(await readRows(store))
    if (undone.length === 0) return
    if (performance.now() > giveUpAtMs) {
      throw new Error(`the house did not come to rest within ${patienceMs / 1000} s: ${undone.join('; ')}`)
    }
    await pause(lookMs)
  }
}
