import type { Bank } from '../app/bank.ts'
import { commitSuperseded } from '../confirmations/confirmations.store.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { listDeedsOfLink } from '../deeds/deeds.store.ts'
import { commitEvent } from '../events/commit-event.ts'
import { numberOf, textOf } from '../store/row.ts'
import { consents } from './consent-deed.ts'

/**
 * The carrier has given a number to somebody else: every client that knows a user by it is told, what was asked of the
 * former holder is worth nothing, and what they had agreed to rests. Belongs into the transaction that notes it.
 */
export function commitReassignment(bank: Bank, phone: string): void {
  const at = bank.clock.now()
  const select = `select id, client_id, version from links where phone_index = ? and state <> 'deleted'`
  for (const row of bank.db.list(select, bank.vault.blindIndexOf(phone))) {
    const [id, clientId, version] = [textOf(row, 'id'), textOf(row, 'client_id'), numberOf(row, 'version') + 1]
    bank.db.run('update links set version = ?, updated_at = ? where id = ?', version, at, id)
    commitSuperseded(bank.db, { linkId: id }, at)
    for (const deed of listDeedsOfLink(bank, { linkId: id, kind: consents.thing, limit: 1000 })) {
      if (deed.state === 'granted') commitDeedChange(bank, consents, { deed, change: { state: 'suspended' } })
    }
    commitEvent(bank, 'number.reassigned', { id, clientId, link: id, version, state: 'reassigned', updatedAt: at })
  }
}
