import { z } from '@inthread/sdk'
import { factSchema } from '@inthread/sdk/capabilities'
import { moneySchema } from '@inthread/sdk/money'
import { addMs, minutes, type Instant } from '@inthread/sdk/time'
import type { Offer } from '../orders/sheet.ts'
import type { Quote } from '../quotes/quote.store.ts'

/** What a bank of a simulation has promised, as far as a confirm card shows it. */
export interface Promised {
  readonly quote: Quote
  readonly payee: Offer['payee'] | undefined
  readonly facts: NonNullable<Offer['quote']>['facts']
  readonly headline: string | undefined
}

const promiseSchema = z.looseObject({
  id: z.string().min(1).max(190),
  expiresAt: z.number().int().optional(),
  amount: moneySchema.optional(),
  payee: z.object({ id: z.string(), name: z.string(), account: z.string() }).optional(),
  facts: z.array(factSchema).optional(),
  headline: z.string().optional(),
})

const livesMs = minutes(10)

/** The promises in an answer as flows read it: the answer itself, and each of what it lists. */
export function listPromises(data: unknown, now: Instant): readonly Promised[] {
  if (typeof data !== 'object' || data === null) return []
  const within = Object.values(data).flatMap((member: unknown) => (Array.isArray(member) ? member : []))
  return [data, ...within].flatMap((each) => {
    const read = promiseSchema.safeParse(each)
    if (!read.success) return []
    const { id, expiresAt, amount, payee, facts = [], headline } = read.data
    const quote = { id, resource: {}, amount, expiresAt: expiresAt ?? addMs(now, livesMs) }
    return [{ quote, payee, facts, headline }]
  })
}
