import { commitExpiry } from '../confirmations/confirmations.store.ts'
import { moneyRoutes } from '../deeds/kinds.ts'
import { commitEventOblivion } from '../events/events.store.ts'
import { commitQuoteExpiry } from '../quotes/quotes.store.ts'
import { commitIdempotencyOblivion } from '../transport/idempotency.store.ts'
import { commitNonceOblivion } from '../signing/nonces.store.ts'
import type { Bank } from './bank.ts'

const everyMs = 60_000

/** Closes what ran out and forgets what need not be kept; returns when to do it again, in business time. */
export function runHousekeeping(bank: Bank): number {
  const now = bank.clock.now()
  bank.db.transaction(() => {
    commitExpiry(bank.db, now)
    commitQuoteExpiry(bank, now)
    commitNonceOblivion(bank.db, now)
    commitEventOblivion(bank.db, now)
    commitIdempotencyOblivion(bank.db, moneyRoutes, now)
  })
  return now + everyMs
}
