import { collection, days, money, z } from '@inthread/sdk'

const name = z.string().min(1).max(40)
const price = z.string().regex(/^(?:0|[1-9][0-9]{0,5})\.[0-9]{2}$/, 'write the price like 899.00, with two decimals')

/** One row: something that is sold, and how many there are of it. */
const goods = collection(
  z.strictObject({
    id: z.string().min(1).max(40),
    state: z.enum(['open', 'closed']),
    name,
    nameEn: name,
    price,
    currency: z.string().regex(/^[A-Z]{3}$/, 'write the currency like CNY'),
    stock: z.int().min(1).max(100_000),
  }),
  { key: 'id', indexes: { state: ['state', 'id'] }, counters: { stock: { capacity: 'stock' } } },
)

/** What this customer has bought here. */
const purchases = collection(
  z.strictObject({
    receipt: z.string(),
    name: z.string(),
    price: z.string(),
    currency: z.string(),
    by: z.enum(['payment', 'instalments', 'loan']),
  }),
  { key: 'receipt', dataClass: 'personal', ttlMs: days(400) },
)

export const collections = { goods, purchases }

export const itemSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  price: z.string(),
  currency: z.string(),
})
export type Item = z.infer<typeof itemSchema>

export const priceOf = ({ price: amount, currency }: Pick<Item, 'price' | 'currency'>) => money(amount, currency)
