import { Fault } from '@inthread/sdk/fault'
import { pluginIdOf, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import type { OrderRef } from '../ports.ts'

/** A dialogue acts on the order it was pushed for, and on no other. */
export function ownOrder(draft: TurnDraft, run: DraftRun, named: string): OrderRef {
  if (run.orderId === undefined || named !== run.orderId)
    throw new Fault('flow.order_foreign', { data: { plugin: pluginIdOf(run) } })
  return { scope: draft.input.tenancy.scope, orderId: run.orderId }
}
