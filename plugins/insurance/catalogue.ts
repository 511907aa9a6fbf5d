import { collection, days, z } from '@inthread/sdk'

/** What is sold: one row for a product of the insurer. */
export const productSchema = z.strictObject({
  /** The insurer's name for it, like `car-insurance`. */
  product: z.string().min(1).max(64),
  position: z.int().min(1).max(99),
  name: z.string().min(1).max(12),
  nameEn: z.string().min(1).max(20),
  line: z.string().min(1).max(60),
  lineEn: z.string().min(1).max(80),
})

/** A policy that somebody has here, for its reminders. */
export const coverSchema = z.strictObject({ policy: z.string(), reminders: z.boolean() })

export type Product = z.infer<typeof productSchema>

export const collections = {
  products: collection(productSchema, { key: 'product', indexes: { all: ['position'] } }),
  covers: collection(coverSchema, { key: 'policy', dataClass: 'personal', ttlMs: days(800) }),
}
