import type { Bank } from '../app/bank.ts'
import { getCustomerName } from '../customers/customers.store.ts'
import { findPhoneHolderByIndex } from '../customers/customers.store.ts'
import { listAccountsOfCustomer } from '../ledger/accounts.store.ts'
import { outsideAccountOf } from './banks.ts'
import { findDirectoryEntry } from './directory.store.ts'

/** Whom a number belongs to, as a payee. */
export interface FoundPayee {
  readonly bank: string
  readonly name: string
  readonly mask: string
  /** Where the money goes in our books. */
  readonly accountId: string
  /** Of this bank's own customers. */
  readonly customerId?: string
}

interface Wish {
  readonly phoneIndex: string
  /** Left out: this bank first, then any. */
  readonly bank?: string
}

/** Undefined when nobody has tied the number to an account, or the carrier has given it to somebody else since. */
export function findPayee(bank: Bank, { phoneIndex, bank: wanted }: Wish): FoundPayee | undefined {
  const own = wanted === undefined || wanted === bank.terms.id ? findOwn(bank, phoneIndex) : undefined
  if (own || wanted === bank.terms.id) return own
  const entry = findDirectoryEntry(bank, { phoneIndex, bank: wanted })
  if (!entry || entry.state !== 'held') return undefined
  return { bank: entry.bank, name: entry.name, mask: entry.mask, accountId: outsideAccountOf(entry.bank) }
}

function findOwn(bank: Bank, phoneIndex: string): FoundPayee | undefined {
  const holder = findPhoneHolderByIndex(bank, phoneIndex)
  if (!holder || holder.state !== 'held') return undefined
  const { customerId } = holder
  const account = listAccountsOfCustomer(bank.db, customerId).find(({ kind }) => kind === 'customer')
  if (!account) return undefined
  const name = getCustomerName(bank, customerId)
  return { bank: bank.terms.id, name, mask: account.mask ?? '', accountId: account.id, customerId }
}
