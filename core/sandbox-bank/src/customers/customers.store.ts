import type { Database } from '../store/database.store.ts'
import { textOf, wordOf } from '../store/row.ts'
import type { Vault } from '../vault/vault.ts'

export interface NewCustomer {
  readonly id: string
  readonly name: string
  /** `YYYY-MM-DD`. */
  readonly bornOn: string
  readonly at: number
}

/** The books, and the means to read and write what is sealed in them. */
export interface SealedBooks {
  readonly db: Database
  readonly vault: Vault
}

export function commitCustomer(books: SealedBooks, customer: NewCustomer): void {
  const seal = (column: string, text: string): string =>
    books.vault.seal({ table: 'customers', column, row: customer.id }, text)
  const insert = 'insert into customers (id, name_sealed, born_on_sealed, created_at) values (?, ?, ?, ?)'
  books.db.run(
    insert,
    customer.id,
    seal('name_sealed', customer.name),
    seal('born_on_sealed', customer.bornOn),
    customer.at,
  )
}

export function getCustomerName(books: SealedBooks, customerId: string): string {
  const row = books.db.find('select name_sealed from customers where id = ?', customerId)
  if (!row) throw new Error('a customer that is referred to is missing')
  return books.vault.open({ table: 'customers', column: 'name_sealed', row: customerId }, textOf(row, 'name_sealed'))
}

/** `YYYY-MM-DD`. */
export function getCustomerBirthday(books: SealedBooks, customerId: string): string {
  const row = books.db.find('select born_on_sealed from customers where id = ?', customerId)
  if (!row) throw new Error('a customer that is referred to is missing')
  const cell = { table: 'customers', column: 'born_on_sealed', row: customerId }
  return books.vault.open(cell, textOf(row, 'born_on_sealed'))
}

/** Who the bank knows this number to belong to, and whether the carrier has given it to someone else since. */
export interface PhoneHolder {
  readonly customerId: string
  readonly state: 'held' | 'reassigned'
}

export function commitPhone(books: SealedBooks, phone: string, holder: PhoneHolder): void {
  const insert = 'insert into phones (phone_index, customer_id, state) values (?, ?, ?)'
  books.db.run(insert, books.vault.blindIndexOf(phone), holder.customerId, holder.state)
}

export function findPhoneHolder(books: SealedBooks, phone: string): PhoneHolder | undefined {
  return findPhoneHolderByIndex(books, books.vault.blindIndexOf(phone))
}

export function findPhoneHolderByIndex(books: SealedBooks, phoneIndex: string): PhoneHolder | undefined {
  const row = books.db.find('select customer_id, state from phones where phone_index = ?', phoneIndex)
  return row && { customerId: textOf(row, 'customer_id'), state: wordOf(row, 'state', ['held', 'reassigned']) }
}
