import { collection, days, money, z } from '@inthread/sdk'

const name = z.string().min(1).max(40)
const price = z.string().regex(/^(?:0|[1-9][0-9]{0,5})\.[0-9]{2}$/, 'write the price like 480.00, with two decimals')
const currency = z.string().regex(/^[A-Z]{3}$/, 'write the currency like CNY')

/** One row: something that every family of the school pays. */
const fees = collection(
  z.strictObject({
    id: z.string().min(1).max(40),
    state: z.enum(['open', 'closed']),
    name,
    nameEn: name,
    amount: price,
    currency,
  }),
  { key: 'id', indexes: { state: ['state', 'id'] } },
)

/** One row: a course that begins soon, with its places. */
const courses = collection(
  z.strictObject({
    id: z.string().min(1).max(40),
    state: z.enum(['open', 'closed']),
    name,
    nameEn: name,
    months: z.int().min(1).max(60),
    amount: price,
    currency,
    /** What comes back to somebody who leaves within the first month. */
    refund: price,
    places: z.int().min(1).max(2000),
    /** The bank's loan for it. */
    loan: z.string().min(1).max(64),
  }),
  { key: 'id', indexes: { state: ['state', 'id'] }, counters: { places: { capacity: 'places' } } },
)

/** What this family has paid; nobody else's can be read. */
const paid = collection(
  z.strictObject({
    /** The fee or the course. */
    id: z.string(),
    kind: z.enum(['fee', 'course']),
    name: z.string(),
    amount: z.string(),
    currency: z.string(),
    refund: z.string(),
    receipt: z.string(),
    by: z.enum(['payment', 'loan']),
    /** When it was paid; not known of what was paid before this was kept. */
    at: z.int().optional(),
    state: z.enum(['paid', 'left']),
  }),
  { key: 'id', dataClass: 'personal', ttlMs: days(400) },
)

export const collections = { fees, courses, paid }

export const itemSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  amount: z.string(),
  currency: z.string(),
  months: z.int().optional(),
  refund: z.string().optional(),
  loan: z.string().optional(),
})
export type Item = z.infer<typeof itemSchema>

/** The price of now in place of the one that was shown; `before` only where that was another one. */
export function repriced(
  item: Item,
  { amount, currency, state }: Pick<Item, 'amount' | 'currency'> & { readonly state: 'open' | 'closed' },
): { readonly item: Item; readonly before: string | undefined; readonly closed: boolean } {
  const before = item.amount === amount && item.currency === currency ? undefined : item.amount
  return { item: { ...item, amount, currency }, before, closed: state === 'closed' }
}

export const priceOf = ({ amount, currency: code }: Pick<Item, 'amount' | 'currency'>) => money(amount, code)
