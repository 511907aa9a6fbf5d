/** A merchant's name in the two languages the bank speaks. */
export interface MerchantNames {
  readonly zh: string
  readonly en: string
}

/** Merchants that banked here before they had a client. */
const known: Readonly<Record<string, MerchantNames & { readonly mask: string }>> = {
  'northern-rail': { zh: '北方铁路', en: 'Northern Rail', mask: '****6621' },
  'riverside-school': { zh: '星光小学', en: 'Riverside School', mask: '****7710' },
  'digital-mall': { zh: '数码商城', en: 'Digital Mall', mask: '****3308' },
}

export function buildMerchantNames(clientId: string): MerchantNames {
  const merchant = known[clientId]
  return merchant ? { zh: merchant.zh, en: merchant.en } : { zh: clientId, en: clientId }
}

/** The last four digits of the merchant's account: the same on every machine, made from the client's name. */
export function buildAccountMask(clientId: string): string {
  const merchant = known[clientId]
  if (merchant) return merchant.mask
  const sum = [...clientId].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 10_000, 7)
  return `****${String(sum).padStart(4, '0')}`
}
