import type { Locale } from '../customers/links.store.ts'
import { text, type QuotedTerms, type Text } from '../quotes/terms.ts'

export type BillerCategory = 'water' | 'power' | 'gas' | 'phone' | 'insurance'

export interface Biller {
  readonly id: string
  readonly category: BillerCategory
  readonly name: Text
  /** What its account numbers look like. */
  readonly accountPattern: string
  /** `fixed`: exactly what is owed; `open`: any amount; none of the bills of an open one can be queried. */
  readonly amountRule: 'fixed' | 'open'
  readonly account: string
}

/** Puts credit on phones. */
export const carrier: Biller = {
  id: 'mobile',
  category: 'phone',
  name: text('手机运营商', 'Mobile carrier'),
  accountPattern: '^\\+[1-9][0-9]{6,14}$',
  amountRule: 'open',
  account: '****3005',
}

/** Who can be paid in this region. */
export const billers: readonly Biller[] = [
  {
    id: 'water',
    category: 'water',
    name: text('北城自来水', 'North City Water'),
    accountPattern: '^[0-9]{6,12}$',
    amountRule: 'fixed',
    account: '****3001',
  },
  {
    id: 'power',
    category: 'power',
    name: text('国网电力', 'State Grid'),
    accountPattern: '^[0-9]{6,12}$',
    amountRule: 'fixed',
    account: '****3002',
  },
  {
    id: 'gas',
    category: 'gas',
    name: text('城市燃气', 'City Gas'),
    accountPattern: '^[0-9]{6,12}$',
    amountRule: 'fixed',
    account: '****3003',
  },
  {
    id: 'medical-insurance',
    category: 'insurance',
    name: text('居民医保', 'Medical insurance'),
    accountPattern: '^[0-9]{6,12}$',
    amountRule: 'fixed',
    account: '****3004',
  },
  carrier,
]

export function billerAccountOf(id: string): string {
  return `acc_biller_${id}`
}

/** Whom a customer pays, named in their language. */
export function payeeOf({ id, name, account }: Biller, locale: Locale): QuotedTerms['payee'] & object {
  return { id: `blr_${id}`, name: name[locale], account }
}

export function findBiller(id: string): Biller | undefined {
  return billers.find((biller) => biller.id === id)
}
