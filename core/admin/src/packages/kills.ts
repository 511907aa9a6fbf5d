import type { Kill } from '@inthread/messaging/ports'
import { appendAudit, openScope, type Actor } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { shareChange, type Approval, type Decider } from '../lifecycle/share-change.ts'
import { commitLift } from './commit-lift.ts'
import { findKill, saveKill } from './kill.store.ts'
import { platformScope } from './packages.ts'
import type { Said } from '@inthread/sdk/fault'

/** Throws a switch: in force in every process within seconds, without anybody else's word. */
export async function throwKill(
  kill: Kill & { readonly reason: string },
  actor: Actor,
  ports: AdminPorts,
): Promise<{ readonly id: string }> {
  const id = ports.ids.next()
  const now = ports.clock.now()
  const { level, plugin = null, version = null, tenant = null, capability = null, provider = null, reason } = kill
  const scope = tenant === null ? platformScope : openScope(tenant)
  await ports.store.write('kill.throw', async (tx) => {
    await saveKill(tx, {
      ...{ id, level, plugin, version, tenant, capability, provider, reason },
      created_at: now,
      lifted_at: null,
    })
    const data = { level, plugin, version, tenant, capability, provider }
    const record = { scope, actor, action: 'kill.thrown', object: { kind: 'kill', id }, data }
    await appendAudit(tx, [record], { ids: ports.ids, now })
  })
  await ports.epochs.refresh()
  return { id }
}

export type Lifted =
  | { readonly kind: 'lifted' | 'unknown' }
  | { readonly kind: 'proposed'; readonly approval: Approval }
  | { readonly kind: 'refused'; readonly problem: Said }

/** Lifting takes two people. */
export async function unkill(
  { id, approval }: { readonly id: string; readonly approval: Approval | undefined },
  by: Decider,
  ports: AdminPorts,
): Promise<Lifted> {
  const now = ports.clock.now()
  const lifted = await ports.store.write('kill.lift', async (tx): Promise<Lifted> => {
    const row = await findKill(tx, id)
    if (!row || row.lifted_at !== null) return { kind: 'unknown' }
    const scope = row.tenant === null ? platformScope : openScope(row.tenant)
    const change = { kill: id }
    const shared = await shareChange(tx, { scope, subject: 'kill.lift', change, by, approval }, ports)
    if (shared.kind !== 'approved') return shared
    await commitLift(tx, scope, { id, actor: by.actor, now, ids: ports.ids })
    return { kind: 'lifted' }
  })
  if (lifted.kind === 'lifted') await ports.epochs.refresh()
  return lifted
}
