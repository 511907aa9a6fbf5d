import type { SealedBooks } from '../customers/customers.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { findText, minorOf, numberOf, textOf, type Row } from '../store/row.ts'
import { Problem } from '../transport/problem.ts'
import { digestTerms, type Term } from './terms.ts'

export interface Payee {
  readonly id: string
  /** Masked where it is a person. */
  readonly name: string
  readonly account: string
}

/** What a quote holds beside its envelope. */
export interface QuoteContent {
  readonly payee?: Payee
  readonly terms: readonly Term[]
  /** The credit that is offered, as notes of the API describe it. */
  readonly credit?: object
  /** Members of its own, as they are sent. */
  readonly view: object
  /** What the bank must remember to keep its word; never sent. */
  readonly facts: unknown
}

/** An offer of the bank with a time: a commit names it, and what the customer agrees to comes from it. */
export interface Quote extends QuoteContent {
  readonly id: string
  readonly kind: string
  readonly clientId: string
  readonly linkId?: string
  /** `open`, then `used` or `expired`; other words where there is nothing to commit to. */
  readonly state: string
  readonly version: number
  readonly amountMinor?: bigint
  readonly termsSha256: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly expiresAt: number
}

export type NewQuote = Omit<Quote, 'version' | 'termsSha256' | 'updatedAt'>

export function commitNewQuote(books: SealedBooks, quote: NewQuote): Quote {
  const { id, kind, clientId, linkId, state, amountMinor, createdAt, expiresAt } = quote
  const { payee, terms, credit, view, facts } = quote
  const content: QuoteContent = { ...(payee ? { payee } : {}), terms, ...(credit ? { credit } : {}), view, facts }
  const amount = amountMinor === undefined ? {} : { amount: { value: amountMinor.toString(), currency } }
  const termsSha256 = digestTerms({ ...content, ...amount })
  const insert =
    'insert into quotes (id, kind, client_id, link_id, state, version, amount_minor, terms_sha256, content_sealed, ' +
    'created_at, updated_at, expires_at) values (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)'
  const sealed = books.vault.seal(contentCell(id), JSON.stringify(content))
  const values = [id, kind, clientId, linkId ?? null, state, amountMinor ?? null, termsSha256, sealed]
  books.db.run(insert, ...values, createdAt, createdAt, expiresAt)
  return { ...quote, version: 1, termsSha256, updatedAt: createdAt }
}

/** Undefined also for another client's quote. */
export function findQuote(books: SealedBooks, clientId: string, id: string): Quote | undefined {
  const row = books.db.find('select * from quotes where id = ? and client_id = ?', id, clientId)
  return row && buildQuote(books, row)
}

/** Throws the Problem that the caller is told. */
export function getQuote(books: SealedBooks, clientId: string, id: string): Quote {
  const quote = findQuote(books, clientId, id)
  if (!quote) throw new Problem('not_found', 'There is no quote with this id.')
  return quote
}

/** The quote a customer of this link may agree to now. Throws what the caller is told otherwise. */
export function getOpenQuote(books: SealedBooks, which: { clientId: string; linkId: string; id: string }): Quote {
  const quote = getQuote(books, which.clientId, which.id)
  if (quote.linkId !== which.linkId) throw new Problem('not_found', 'There is no quote with this id.')
  if (quote.state === 'expired') throw new Problem('expired', 'The quote is too old: ask for a new one.')
  if (quote.state === 'open') return quote
  throw new Problem('state_conflict', `The quote is ${quote.state}: ask for a new one.`)
}

export function commitQuoteState(books: SealedBooks, quote: Quote, change: { state: string; at: number }): void {
  const update = 'update quotes set state = ?, version = version + 1, updated_at = ? where id = ? and version = ?'
  if (books.db.run(update, change.state, change.at, quote.id, quote.version) === 1) return
  throw new Error('a quote was changed by someone else')
}

/** Closes what nobody agreed to in time. */
export function commitQuoteExpiry(books: SealedBooks, nowMs: number): void {
  const update =
    `update quotes set state = 'expired', version = version + 1, updated_at = ? ` +
    `where state = 'open' and expires_at <= ?`
  books.db.run(update, nowMs, nowMs)
}

/** As it is now, also where it was only told for a time, and never open to anybody's yes. */
export function getQuoteNow(books: SealedBooks, which: { clientId: string; id: string }, nowMs: number): Quote {
  commitQuoteExpiry(books, nowMs)
  const quote = getQuote(books, which.clientId, which.id)
  if (quote.state !== 'prechecked' || quote.expiresAt > nowMs) return quote
  commitQuoteState(books, quote, { state: 'expired', at: nowMs })
  return getQuote(books, which.clientId, which.id)
}

/** How many this link ever got: makes the next one's id. */
export function countQuotes(books: SealedBooks, clientId: string, linkId: string | undefined): number {
  const select = 'select count(*) as count from quotes where client_id = ? and link_id is ?'
  const row = books.db.find(select, clientId, linkId ?? null)
  return row ? numberOf(row, 'count') : 0
}

function contentCell(id: string): { table: string; column: string; row: string } {
  return { table: 'quotes', column: 'content_sealed', row: id }
}

function buildQuote(books: SealedBooks, row: Row): Quote {
  const id = textOf(row, 'id')
  const content: QuoteContent = JSON.parse(books.vault.open(contentCell(id), textOf(row, 'content_sealed')))
  const linkId = findText(row, 'link_id')
  return {
    ...content,
    id,
    kind: textOf(row, 'kind'),
    clientId: textOf(row, 'client_id'),
    ...(linkId === undefined ? {} : { linkId }),
    state: textOf(row, 'state'),
    version: numberOf(row, 'version'),
    ...(row['amount_minor'] === null ? {} : { amountMinor: minorOf(row, 'amount_minor') }),
    termsSha256: textOf(row, 'terms_sha256'),
    createdAt: numberOf(row, 'created_at'),
    updatedAt: numberOf(row, 'updated_at'),
    expiresAt: numberOf(row, 'expires_at'),
  }
}
