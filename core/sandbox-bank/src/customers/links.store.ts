import { findText, numberOf, textOf, wordOf, type Row } from '../store/row.ts'
import type { Cell } from '../vault/vault.ts'
import type { SealedBooks } from './customers.store.ts'

export type Locale = 'zh-CN' | 'en'

/** A user of one client, tied to a customer of the bank by the phone number. */
export interface Link {
  readonly id: string
  readonly clientId: string
  /** Absent when the number belongs to no customer. */
  readonly customerId?: string
  readonly phoneIndex: string
  readonly userRef: string
  /** The language of the messages this customer gets. */
  readonly locale: Locale
  readonly state: 'active' | 'none'
  /** What this user pays with unless told otherwise; absent: what the customer prefers. */
  readonly defaultAccountId?: string
  readonly version: number
}

export interface LinkName {
  readonly clientId: string
  readonly phone: string
  readonly userRef: string
}

export function findLinkByName(books: SealedBooks, name: LinkName): Link | undefined {
  const select = `select * from links where client_id = ? and phone_index = ? and user_ref = ? and state <> 'deleted'`
  const row = books.db.find(select, name.clientId, books.vault.blindIndexOf(name.phone), name.userRef)
  return row && buildLink(row)
}

/** Undefined also for another client's link. */
export function findLink(books: SealedBooks, clientId: string, linkId: string): Link | undefined {
  const row = books.db.find(
    `select * from links where id = ? and client_id = ? and state <> 'deleted'`,
    linkId,
    clientId,
  )
  return row && buildLink(row)
}

export function commitNewLink(books: SealedBooks, name: LinkName, facts: LinkFacts & { at: number }): Link {
  const phoneIndex = books.vault.blindIndexOf(name.phone)
  const id = books.vault.idOf('lnk', name.clientId, phoneIndex, name.userRef, countLinksEver(books, name))
  const insert =
    'insert into links (id, client_id, customer_id, phone_index, phone_sealed, user_ref, locale, state, version, ' +
    'created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)'
  const sealed = books.vault.seal(phoneCell(id), name.phone)
  const { customerId, locale, at } = facts
  const state = customerId === undefined ? 'none' : 'active'
  books.db.run(insert, id, name.clientId, customerId ?? null, phoneIndex, sealed, name.userRef, locale, state, at, at)
  return getLinkRow(books, id)
}

interface LinkFacts {
  readonly customerId: string | undefined
  readonly locale: Locale
}

export function commitLinkFacts(books: SealedBooks, link: Link, facts: LinkFacts & { at: number }): Link {
  const { customerId, locale, at } = facts
  if (link.customerId === customerId && link.locale === locale) return link
  const update =
    'update links set customer_id = ?, state = ?, locale = ?, version = version + 1, updated_at = ? where id = ?'
  books.db.run(update, customerId ?? null, customerId === undefined ? 'none' : 'active', locale, at, link.id)
  return getLinkRow(books, link.id)
}

export function commitLinkDeletion(books: SealedBooks, linkId: string, at: number): void {
  books.db.run(`update links set state = 'deleted', version = version + 1, updated_at = ? where id = ?`, at, linkId)
}

/** Another default, or only another version: what the link shows has changed. */
export function commitLinkVersion(
  books: SealedBooks,
  link: Link,
  change: { defaultAccountId?: string; at: number },
): Link {
  const update = 'update links set default_account_id = ?, version = version + 1, updated_at = ? where id = ?'
  books.db.run(update, change.defaultAccountId ?? null, change.at, link.id)
  return getLinkRow(books, link.id)
}

/** Of all clients, those behind which there is a customer. */
export function listActiveLinks(books: SealedBooks, phoneIndex: string): Link[] {
  const select = `select * from links where phone_index = ? and state = 'active' order by created_at, id limit 100`
  return books.db.list(select, phoneIndex).map(buildLink)
}

/** The number in clear: for sending a message to it, and for showing its mask. */
export function getLinkPhone(books: SealedBooks, linkId: string): string {
  const row = books.db.find('select phone_sealed from links where id = ?', linkId)
  if (!row) throw new Error('a link that is referred to is missing')
  return books.vault.open(phoneCell(linkId), textOf(row, 'phone_sealed'))
}

function phoneCell(linkId: string): Cell {
  return { table: 'links', column: 'phone_sealed', row: linkId }
}

function getLinkRow(books: SealedBooks, linkId: string): Link {
  const row = books.db.find('select * from links where id = ?', linkId)
  if (!row) throw new Error('a link that was just written is missing')
  return buildLink(row)
}

function countLinksEver(books: SealedBooks, name: LinkName): number {
  const select = 'select count(*) as count from links where client_id = ? and phone_index = ? and user_ref = ?'
  const row = books.db.find(select, name.clientId, books.vault.blindIndexOf(name.phone), name.userRef)
  return row ? numberOf(row, 'count') : 0
}

function buildLink(row: Row): Link {
  const customerId = findText(row, 'customer_id')
  const defaultAccountId = findText(row, 'default_account_id')
  return {
    id: textOf(row, 'id'),
    clientId: textOf(row, 'client_id'),
    phoneIndex: textOf(row, 'phone_index'),
    userRef: textOf(row, 'user_ref'),
    locale: wordOf(row, 'locale', ['zh-CN', 'en']),
    state: wordOf(row, 'state', ['active', 'none']),
    version: numberOf(row, 'version'),
    ...(customerId === undefined ? {} : { customerId }),
    ...(defaultAccountId === undefined ? {} : { defaultAccountId }),
  }
}
