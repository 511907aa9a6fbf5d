import { collection, days, z } from '@inthread/sdk'

const name = z.string().min(1).max(12)

/** What a merchant collects for: one row for a biller of its bank. */
export const serviceSchema = z.strictObject({
  /** The bank's name for it, like `water`. */
  biller: z.string().min(1).max(64),
  position: z.int().min(1).max(99),
  name,
  nameEn: name,
  company: z.string().min(1).max(20),
  companyEn: z.string().min(1).max(30),
  /** A number as it stands on a bill, to show where to look. */
  sample: z.string().regex(/^[0-9]{4,20}$/, 'write a number of 4 to 20 digits'),
})

/** An account that a user has paid for before. */
export const accountSchema = z.strictObject({
  /** `power 13012340077` */
  id: z.string(),
  biller: z.string(),
  number: z.string(),
  paidAt: z.int(),
})

export type Service = z.infer<typeof serviceSchema>
export type SavedAccount = z.infer<typeof accountSchema>

export const collections = {
  services: collection(serviceSchema, { key: 'biller', indexes: { all: ['position'] } }),
  accounts: collection(accountSchema, { key: 'id', dataClass: 'personal', ttlMs: days(800) }),
}

/** The last four digits, as bills show them. */
export function maskOf(number: string): string {
  return `****${number.slice(-4)}`
}
