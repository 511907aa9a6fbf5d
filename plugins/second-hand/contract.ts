import { collection, days, defineContract, money, need, z } from '@inthread/sdk'
import { escrow } from '@inthread/sdk/capabilities'
import { texts } from './texts.ts'

const name = z.string().min(1).max(40)
const price = z.string().regex(/^(?:0|[1-9][0-9]{0,5})\.[0-9]{2}$/, 'write the price like 899.00, with two decimals')

/** One row: one thing that somebody has used before. There is one of it. */
const finds = collection(
  z.strictObject({
    id: z.string().min(1).max(40),
    state: z.enum(['open', 'closed']),
    name,
    nameEn: name,
    price,
    currency: z.string().regex(/^[A-Z]{3}$/, 'write the currency like CNY'),
    count: z.int().min(1).max(1),
  }),
  { key: 'id', indexes: { state: ['state', 'id'] }, counters: { count: { capacity: 'count' } } },
)

/** One row: a parcel that the shop has sent. With it the bank begins to wait for the buyer. */
const parcels = collection(
  z.strictObject({
    /** The order's number, as the buyer has it. */
    order: z.string().min(1).max(64),
    parcel: z.string().min(1).max(60),
  }),
  { key: 'order', ttlMs: days(100) },
)

export const findSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Its name in each language, for the row. */
  names: z.strictObject({ zh: z.string(), en: z.string() }),
  price: z.string(),
  currency: z.string(),
})
export type Find = z.infer<typeof findSchema>
export const priceOf = ({ price: amount, currency }: Pick<Find, 'price' | 'currency'>) => money(amount, currency)

/** How an order has ended, once its buyer was told: asked for or by news, whichever came first. */
const told = collection(z.strictObject({ end: z.string() }), { key: 'end', dataClass: 'personal', ttlMs: days(60) })

const news = z.strictObject({ id: z.string(), state: z.string() })
export type News = z.infer<typeof news>

export const contract = defineContract({
  id: 'second-hand',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '二手好物', en: 'Second-hand' },
  config: z.strictObject({
    takesBack: z
      .boolean()
      .default(true)
      .meta({
        title: 'Takes goods back',
        description: 'The seller agrees at once when a buyer wants the money back.',
        'x-words': { 'zh-CN': { title: '接受退货', description: '买家要求退款时，卖家立即同意。' } },
      }),
  }),
  needs: {
    kept: need(escrow, {
      range: '^1',
      purpose: { 'zh-CN': '由银行保管货款，收到货再付给卖家', en: 'Have the bank keep the money until it has arrived' },
    }),
  },
  listens: {
    reminded: { plugin: 'bank', event: 'escrow.reminded', data: news },
    closed: { plugin: 'bank', event: 'escrow.closed', data: news },
  },
  texts,
  collections: { finds, parcels, told },
})
