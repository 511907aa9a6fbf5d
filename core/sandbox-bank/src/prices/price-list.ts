import type { Bank } from '../app/bank.ts'
import { findMood } from '../sandbox/moods.ts'
import { text, type Text } from '../quotes/terms.ts'

/** What is priced each minute. Prices are decimals with up to four places, in yuan for one unit. */
export interface Priced {
  readonly id: string
  readonly name: Text
  readonly price: string
}

const listed: readonly Priced[] = [
  { id: 'gold', name: text('积存金（元/克）', 'Gold (yuan a gram)'), price: '780.00' },
  { id: 'steady-fund', name: text('稳健成长基金（元/份）', 'Steady growth fund (yuan a unit)'), price: '1.2310' },
]

export const priceDigits = '^(0|[1-9][0-9]{0,6})(\\.[0-9]{1,4})?$'

/** As of now: the sandbox may let them rise and fall. */
export function listPrices(bank: Bank): readonly Priced[] {
  return listed.map((one) => ({ ...one, price: readPrice(findMood(bank.db, `price:${one.id}`)) ?? one.price }))
}

export function findPriced(bank: Bank, id: string): Priced | undefined {
  return listPrices(bank).find((one) => one.id === id)
}

const pattern = new RegExp(priceDigits)
const readPrice = (mood: string | undefined): string | undefined => (mood && pattern.test(mood) ? mood : undefined)

/** In ten-thousandths: two prices are compared as whole numbers. */
export function countPrice(price: string): bigint {
  const [whole = '0', part = ''] = price.split('.')
  return BigInt(`${whole}${part.padEnd(4, '0')}`)
}
