import type { Bank } from '../app/bank.ts'
import { listClients } from '../clients/clients.store.ts'
import { commitEventRow } from '../events/events.store.ts'

/** Another key signs from now on, and everybody is told to look at the key set again. The name of the new key. */
export function rotateKeys(bank: Bank): string {
  const kid = bank.db.transaction(() => {
    const { kid: current } = bank.signingKeys.rotate()
    const data = { id: current, version: bank.signingKeys.listPublished().length, state: 'rotated' }
    for (const { id: clientId } of listClients(bank.db)) {
      const id = bank.vault.idOf('evt', clientId, current)
      commitEventRow(bank.db, { id, clientId, type: 'keys.rotated', at: bank.clock.now(), data })
    }
    return current
  })
  bank.poke()
  return kid
}
