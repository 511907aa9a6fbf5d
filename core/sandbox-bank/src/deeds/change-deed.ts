import type { Bank } from '../app/bank.ts'
import { commitEvent } from '../events/commit-event.ts'
import type { EventType } from '../events/events.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import type { DeedChange, DeedKind } from './deed-kind.ts'
import { commitDeedRow, commitDeedVersion, getDeedRow, type Deed, type NewDeed } from './deeds.store.ts'

/** Writes a new deed and its event into the running transaction. */
export function commitDeed(bank: Bank, kind: DeedKind, deed: Omit<NewDeed, 'kind'>): Deed {
  commitDeedRow(bank, { ...deed, kind: kind.thing })
  const present = getDeedRow(bank, deed.id)
  commitDeedEvent(bank, `${kind.thing}.${present.state}`, present)
  return present
}

/** Writes the next version and its event into the running transaction. */
export function commitDeedChange(bank: Bank, kind: DeedKind, { deed, change }: Changing): Deed {
  const { dueAt: _dueAt, ...rest } = deed
  const { event, ...next } = change
  const after = commitDeedVersion(bank, { ...rest, ...next, updatedAt: bank.clock.now() })
  commitDeedEvent(bank, `${kind.thing}.${event ?? after.state}`, after)
  return after
}

interface Changing {
  readonly deed: Deed
  readonly change: DeedChange
}

/** Tells of the present state; belongs into the transaction that brought it there. */
function commitDeedEvent(bank: Bank, type: EventType, deed: Deed): void {
  const { id, clientId, clientRef, linkId, version, state, updatedAt, amountMinor } = deed
  commitEvent(bank, type, {
    ...{ id, clientId, version, state, updatedAt },
    ...(clientRef === undefined ? {} : { clientRef }),
    ...(linkId === undefined ? {} : { link: linkId }),
    ...(amountMinor === undefined ? {} : { amount: { value: amountMinor.toString(), currency } }),
  })
}
