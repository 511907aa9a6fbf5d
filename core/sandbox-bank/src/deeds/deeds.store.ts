import type { SealedBooks } from '../customers/customers.store.ts'
import type { Payee } from '../quotes/quotes.store.ts'
import { findNumber, findText, minorOf, numberOf, textOf, type Row } from '../store/row.ts'

/** What is sealed of a deed. */
interface Content<Facts> {
  /** As the customer confirmed it. */
  readonly payee?: Payee
  readonly description?: string
  /** What is particular to its kind. JSON: amounts are digits. */
  readonly facts: Facts
}

/** Something the bank does for a customer or a client, beside payments: one row, whatever the product. */
export interface Deed<Facts = unknown> extends Content<Facts> {
  readonly id: string
  /** The kind's `thing`, such as `transfer`. */
  readonly kind: string
  readonly clientId: string
  readonly clientRef?: string
  readonly linkId?: string
  readonly customerId?: string
  /** The account it is paid from. */
  readonly accountId?: string
  readonly confirmationId?: string
  readonly quoteId?: string
  /** What it belongs to: the payment of a refund, the campaign of a claim. */
  readonly parentId?: string
  readonly state: string
  readonly version: number
  readonly amountMinor?: bigint
  readonly feeMinor?: bigint
  readonly failureCode?: string
  /** When the bank goes on with it by itself. */
  readonly dueAt?: number
  readonly createdAt: number
  readonly updatedAt: number
}

export type NewDeed = Omit<Deed, 'version' | 'updatedAt'>

export function commitDeedRow(books: SealedBooks, deed: NewDeed): void {
  const { id, kind, clientId, clientRef, linkId, customerId, accountId, confirmationId, quoteId, parentId } = deed
  const insert =
    'insert into deeds (id, kind, client_id, client_ref, link_id, customer_id, account_id, confirmation_id, ' +
    'quote_id, parent_id, state, version, amount_minor, fee_minor, failure_code, content_sealed, due_at, ' +
    'created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)'
  const names = [clientRef, linkId, customerId, accountId, confirmationId, quoteId, parentId].map(
    (name) => name ?? null,
  )
  const amounts = [deed.amountMinor ?? null, deed.feeMinor ?? null]
  const rest = [deed.failureCode ?? null, sealContent(books, deed), deed.dueAt ?? null, deed.createdAt, deed.createdAt]
  books.db.run(insert, id, kind, clientId, ...names, deed.state, ...amounts, ...rest)
}

/** Undefined also for another client's deed, or one of another kind. */
export function findDeed(books: SealedBooks, which: { clientId: string; kind: string; id: string }): Deed | undefined {
  const select = 'select * from deeds where id = ? and client_id = ? and kind = ?'
  const row = books.db.find(select, which.id, which.clientId, which.kind)
  return row && buildDeed(books, row)
}

export function findDeedByRef(
  books: SealedBooks,
  which: { clientId: string; kind: string; clientRef: string },
): Deed | undefined {
  const select = 'select * from deeds where client_id = ? and kind = ? and client_ref = ?'
  const row = books.db.find(select, which.clientId, which.kind, which.clientRef)
  return row && buildDeed(books, row)
}

/** Whoever's it is: for the bank's own work. */
export function getDeedRow(books: SealedBooks, id: string): Deed {
  const deed = findDeedRow(books, id)
  if (!deed) throw new Error('a deed that is referred to is missing')
  return deed
}

export function findDeedRow(books: SealedBooks, id: string): Deed | undefined {
  const row = books.db.find('select * from deeds where id = ?', id)
  return row && buildDeed(books, row)
}

/** What belongs to something, oldest first. */
export function listDeedsOfParent(books: SealedBooks, parentId: string, kind: string): Deed[] {
  const select = 'select * from deeds where parent_id = ? and kind = ? order by created_at, rowid limit 1000'
  return books.db.list(select, parentId, kind).map((row) => buildDeed(books, row))
}

/** A customer's, whichever link it came by, newest first. */
export function listDeedsOfCustomer(
  books: SealedBooks,
  which: { customerId: string; kind: string; sinceMs: number },
): Deed[] {
  const select =
    'select * from deeds where customer_id = ? and kind = ? and created_at > ? order by created_at desc, rowid desc ' +
    'limit 1000'
  return books.db.list(select, which.customerId, which.kind, which.sinceMs).map((row) => buildDeed(books, row))
}

/** A link's, newest first. */
export function listDeedsOfLink(books: SealedBooks, which: { linkId: string; kind: string; limit: number }): Deed[] {
  const select = 'select * from deeds where link_id = ? and kind = ? order by created_at desc, rowid desc limit ?'
  return books.db.list(select, which.linkId, which.kind, which.limit).map((row) => buildDeed(books, row))
}

export function listDueDeeds(books: SealedBooks, nowMs: number): Deed[] {
  const select = 'select * from deeds where due_at <= ? order by due_at, rowid limit 100'
  return books.db.list(select, nowMs).map((row) => buildDeed(books, row))
}

export function findNextDueAt(books: SealedBooks): number | undefined {
  const row = books.db.find('select min(due_at) as at from deeds where due_at is not null')
  return row && findNumber(row, 'at')
}

/** Writes the next version; throws when somebody else has written it. */
export function commitDeedVersion(books: SealedBooks, deed: Deed): Deed {
  const update =
    'update deeds set state = ?, amount_minor = ?, fee_minor = ?, failure_code = ?, content_sealed = ?, due_at = ?, ' +
    'account_id = ?, customer_id = ?, updated_at = ?, version = version + 1 where id = ? and version = ?'
  const amounts = [deed.amountMinor ?? null, deed.feeMinor ?? null, deed.failureCode ?? null]
  const rest = [
    sealContent(books, deed),
    deed.dueAt ?? null,
    deed.accountId ?? null,
    deed.customerId ?? null,
    deed.updatedAt,
  ]
  if (books.db.run(update, deed.state, ...amounts, ...rest, deed.id, deed.version) !== 1) {
    throw new Error('a deed was changed by someone else')
  }
  return { ...deed, version: deed.version + 1 }
}

/** The same deed, later. */
export function commitDueAt(books: SealedBooks, id: string, dueAt: number): void {
  books.db.run('update deeds set due_at = ? where id = ?', dueAt, id)
}

function sealContent(books: SealedBooks, { id, payee, description, facts }: NewDeed): string {
  const content: Content<unknown> = {
    ...(payee ? { payee } : {}),
    ...(description === undefined ? {} : { description }),
    facts,
  }
  return books.vault.seal(contentCell(id), JSON.stringify(content))
}

function contentCell(id: string): { table: string; column: string; row: string } {
  return { table: 'deeds', column: 'content_sealed', row: id }
}

const optionalNames = {
  clientRef: 'client_ref',
  linkId: 'link_id',
  customerId: 'customer_id',
  accountId: 'account_id',
  confirmationId: 'confirmation_id',
  quoteId: 'quote_id',
  parentId: 'parent_id',
  failureCode: 'failure_code',
} as const

function buildDeed(books: SealedBooks, row: Row): Deed {
  const id = textOf(row, 'id')
  const content: Content<unknown> = JSON.parse(books.vault.open(contentCell(id), textOf(row, 'content_sealed')))
  const names = Object.entries(optionalNames).map(([name, column]) => [name, findText(row, column)] as const)
  const present: Partial<Record<keyof typeof optionalNames, string>> = Object.fromEntries(
    names.filter((entry) => entry[1] !== undefined),
  )
  const dueAt = findNumber(row, 'due_at')
  return {
    ...content,
    ...present,
    id,
    kind: textOf(row, 'kind'),
    clientId: textOf(row, 'client_id'),
    state: textOf(row, 'state'),
    version: numberOf(row, 'version'),
    ...(row['amount_minor'] === null ? {} : { amountMinor: minorOf(row, 'amount_minor') }),
    ...(row['fee_minor'] === null ? {} : { feeMinor: minorOf(row, 'fee_minor') }),
    ...(dueAt === undefined ? {} : { dueAt }),
    createdAt: numberOf(row, 'created_at'),
    updatedAt: numberOf(row, 'updated_at'),
  }
}
