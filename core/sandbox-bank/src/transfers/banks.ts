import { text, type Text } from '../quotes/terms.ts'

/** Where a payee may bank; the first is this bank. */
export interface PayeeBank {
  readonly id: string
  readonly name: Text
}

const others: readonly PayeeBank[] = [
  { id: 'luzhou-bank', name: text('泸州银行', 'Bank of Luzhou') },
  { id: 'southern-bank', name: text('南方银行', 'Southern Bank') },
]

export function listPayeeBanks(own: { readonly id: string; readonly name: { zh: string; en: string } }): PayeeBank[] {
  return [{ id: own.id, name: text(own.name.zh, own.name.en) }, ...others]
}

/** The account that stands for a bank elsewhere in our books. */
export function outsideAccountOf(bankId: string): string {
  return `acc_outside_${bankId}`
}

export const outsideBanks: readonly string[] = others.map(({ id }) => id)
