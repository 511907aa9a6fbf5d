import { isFault } from '@inthread/sdk/fault'
import { appendAudit, openScope, type Actor, type Transaction } from '@inthread/store'
import { raiseEpoch } from '../lifecycle/installation.store.ts'
import type { AdminPorts } from '../ports.ts'
import { conflict } from '../router/procedure.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

export interface WordsChange {
  readonly tenant: string
  readonly actor: Actor
  readonly action: string
  /** `plugin/text/locale`, never what is said. */
  readonly object: string
  /** False where the row is no longer in the version it was read in. */
  readonly write: (tx: Transaction) => Promise<boolean>
}

/** Written down, audited and in force in one step; refused where somebody else has changed it meanwhile. */
export async function changeOwnWords(change: WordsChange, ports: AdminPorts): Promise<void> {
  const scope = openScope(change.tenant)
  const { actor, action } = change
  const changed = await ports.store
    .write('words.change', async (tx) => {
      if (!(await change.write(tx))) return false
      await raiseEpoch(tx, scope)
      const record = { scope, actor, action, object: { kind: 'words', id: change.object } }
      await appendAudit(tx, [record], { ids: ports.ids, now: ports.clock.now() })
      return true
    })
    .catch((error: unknown) => {
      if (isFault(error, 'store.duplicate')) return false
      throw error
    })
  if (!changed) throw conflict(say('changed.version'))
  await ports.epochs.follow(change.tenant)
}
