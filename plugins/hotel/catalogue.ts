import { collection, days, z } from '@inthread/sdk'

/** One kind of room in a hotel; its counter is kept for each night. */
export const roomSchema = z.strictObject({
  id: z.string().min(1).max(40),
  /** As `travel` names cities, like `beijing`. */
  city: z.string().min(1).max(40),
  position: z.int().min(1).max(99),
  name: z.string().min(1).max(12),
  nameEn: z.string().min(1).max(18),
  line: z.string().min(1).max(60),
  lineEn: z.string().min(1).max(90),
  price: z.string().regex(/^[1-9][0-9]{0,4}\.[0-9]{2}$/, 'write the price like 398.00, with two decimals'),
  currency: z.literal('CNY'),
  rooms: z.int().min(0).max(1000),
})

/** What a user wants to hear, and when they heard something last. */
export const wishSchema = z.strictObject({ id: z.literal('mine'), off: z.boolean(), sentAt: z.array(z.int()) })

const staySchema = z.strictObject({
  receipt: z.string(),
  room: z.string(),
  night: z.string(),
  price: z.string(),
  /** When the user let the hotel have name and number, and the text they agreed to. */
  consentAt: z.int(),
  consentText: z.string(),
})

export type Room = z.infer<typeof roomSchema>

export const collections = {
  rooms: collection(roomSchema, {
    key: 'id',
    indexes: { city: ['city', 'position'] },
    counters: { rooms: { capacity: 'rooms' } },
  }),
  wishes: collection(wishSchema, { key: 'id', dataClass: 'personal' }),
  stays: collection(staySchema, { key: 'receipt', dataClass: 'personal', ttlMs: days(400) }),
}
