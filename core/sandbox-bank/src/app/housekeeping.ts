import { commitExpiry } from '../confirmations/confirmations.store.ts'
import { moneyRoutes } from '../deeds/kinds.ts'
import { commitEventOblivion } from '../events/events.store.ts'
import { commitQuoteExpiry } from '../quotes/quotes.store.ts'
import { commitIdempotencyOblivion } from '../transport/idempotency.store.ts'
import { commitNonceOblivion } from '../signing/nonces.store.ts'
import { commitTallyOblivion } from '../store/tallies.store.ts'
import type { Bank } from './bank.ts'

const everyMs = 60_000
/** No limit looks further back. */
const tallyLifeMs = 2 * 24 * 3_600_000

/** Closes what ran out and forgets what need not be kept; returns when to do it again, in business time. */
export function runHousekeeping(bank: Bank): number {
  const now = bank.clock.now()
  bank.db.transaction(() => {
    commitExpiry(bank.db, now)
    commitQuoteExpiry(bank, now)
    commitNonceOblivion(bank.db, now)
    commitTallyOblivion(bank.db, now - tallyLifeMs)
    commitEventOblivion(bank.db, now)
    commitIdempotencyOblivion(bank.db, moneyRoutes, now)
  })
  return now + everyMs
}
