import { moneySchema, z } from '@inthread/sdk'

/** A card was used, as the bank tells of it. */
export const purchaseSchema = z.strictObject({
  id: z.string(),
  state: z.string(),
  amount: moneySchema,
  shop: z.string(),
  mask: z.string(),
  at: z.int(),
})

export type Purchase = z.infer<typeof purchaseSchema>

export function toPurchase(found: Omit<Purchase, 'at'> & { readonly boughtAt: number }): Purchase {
  const { id, state, amount, shop, mask, boughtAt: at } = found
  return { id, state, amount, shop, mask, at }
}

/** Only the last digits are said: the rest is covered anyway. */
export function lastDigits(mask: string | undefined): string {
  return (mask ?? '').replaceAll('*', '')
}
