import type { Bank } from '../app/bank.ts'
import { divideRounded, readDecimal } from '../credit/exact.ts'
import { findAccount, type NewAccount } from '../ledger/accounts.store.ts'
import { ensureAccount } from '../products/money.ts'
import { unitPlaces, wealthProducts, type WealthProduct } from './wealth-products.ts'

const unit = 10n ** BigInt(unitPlaces)

/** Units for an amount at the price of one: down, in favour of those who hold already. */
export function buildUnits(amountMinor: bigint, nav: string): bigint {
  const { top, bottom } = readDecimal(nav)
  return (amountMinor * bottom * unit) / (top * 100n)
}

export function buildValue(units: bigint, nav: string): bigint {
  const { top, bottom } = readDecimal(nav)
  return divideRounded(units * top * 100n, bottom * unit)
}

/** `9876543n` → `9876.543`. */
export function renderUnits(units: bigint): string {
  const digits = units.toString().padStart(unitPlaces + 1, '0')
  return `${digits.slice(0, -unitPlaces)}.${digits.slice(-unitPlaces)}`
}

export function assetOf(product: WealthProduct): string {
  return `UNITS ${product.id}`
}

/** The units of a customer, and the other side of them. */
export function ensureUnitAccounts(
  bank: Bank,
  product: WealthProduct,
  customerId: string,
): { own: string; issued: string } {
  const currency = assetOf(product)
  const own: NewAccount = { id: nameAccount(bank, product, customerId), kind: 'units', customerId, currency }
  const issued: NewAccount = { id: `acc_units_${product.id}`, kind: 'issuer', currency }
  return { own: ensureAccount(bank, own), issued: ensureAccount(bank, issued) }
}

function nameAccount(bank: Bank, product: WealthProduct, customerId: string): string {
  return bank.vault.idOf('acc', 'units', customerId, product.id)
}

export interface Holding {
  readonly product: WealthProduct
  readonly units: bigint
  /** What is not on its way out. */
  readonly free: bigint
}

export function listHoldings(bank: Bank, customerId: string): Holding[] {
  return wealthProducts.flatMap((product) => {
    const account = findAccount(bank.db, nameAccount(bank, product, customerId))
    if (!account || account.balanceMinor === 0n) return []
    return [{ product, units: account.balanceMinor, free: account.balanceMinor - account.heldMinor }]
  })
}
