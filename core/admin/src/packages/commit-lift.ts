import { appendAudit, type Actor, type IdSource, type TenantScope, type Transaction } from '@inthread/store'
import { liftKill } from './kill.store.ts'

export interface Lifting {
  readonly id: string
  readonly actor: Actor
  readonly ids: IdSource
  readonly now: number
}

/** A switch is lifted once; that of somebody who was faster counts. */
export async function commitLift(tx: Transaction, scope: TenantScope, { id, actor, ids, now }: Lifting): Promise<void> {
  if (!(await liftKill(tx, id, now))) return
  await appendAudit(tx, [{ scope, actor, action: 'kill.lifted', object: { kind: 'kill', id } }], { ids, now })
}
