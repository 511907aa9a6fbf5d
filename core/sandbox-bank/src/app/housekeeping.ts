import { commitExpiry } from '../confirmations/confirmations.store.ts'
import { commitEventOblivion } from '../events/events.store.ts'
import { paymentRoute } from '../routes/payment-list.ts'
import { commitIdempotencyOblivion } from '../transport/idempotency.store.ts'
import { commitNonceOblivion } from '../signing/nonces.store.ts'
import type { Bank } from './bank.ts'

const everyMs = 60_000

/** Closes what ran out and forgets what need not be kept; returns when to do it again, in business time. */
export function runHousekeeping(bank: Bank): number {
  const now = bank.clock.now()
  bank.db.transaction(() => {
    commitExpiry(bank.db, now)
    commitNonceOblivion(bank.db, now)
    commitEventOblivion(bank.db, now)
    commitIdempotencyOblivion(bank.db, [paymentRoute], now)
  })
  return now + everyMs
}
