import type { Bank } from '../app/bank.ts'
import { commitEventRow, type EventType } from './events.store.ts'

/** The resource an event is about, as it is after the change. */
export interface EventSubject {
  readonly id: string
  readonly clientId: string
  readonly clientRef?: string
  readonly version: number
  readonly state: string
  readonly updatedAt: number
  readonly link?: string
  readonly amount?: { readonly value: string; readonly currency: string }
}

/**
 * Writes the event into the running transaction and wakes the workers. They wake after it: a transaction never lets
 * anything else run before its end.
 */
export function commitEvent(bank: Bank, type: EventType, subject: EventSubject): void {
  const { id, clientId, clientRef, version, state, updatedAt, amount, link } = subject
  const data = {
    id,
    ...(clientRef === undefined ? {} : { clientRef }),
    ...{ version, state },
    ...(link === undefined ? {} : { link }),
    ...(amount ? { amount } : {}),
  }
  commitEventRow(bank.db, { id: bank.vault.idOf('evt', id, version), clientId, type, at: updatedAt, data })
  bank.poke()
}
