import type { Bank } from '../app/bank.ts'
import { commitIdempotencyRecord, type IdempotencyKey } from './idempotency.store.ts'

/**
 * Does what a request asks for, in one transaction with the record that it was done: after a crash both are there, or
 * neither. `status` is that of the first answer.
 */
export function commitOnce<T extends { readonly id: string }>(
  bank: Bank,
  { key, status }: { readonly key: IdempotencyKey; readonly status: number },
  work: () => T,
): T {
  return bank.db.transaction(() => {
    const done = work()
    commitIdempotencyRecord(bank.db, key, { status, resourceId: done.id, at: bank.clock.now() })
    return done
  })
}
