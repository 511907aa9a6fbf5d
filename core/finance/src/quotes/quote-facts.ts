import { createHash } from 'node:crypto'
import type { BankResource } from '@inthread/sdk/bank'
import type { BookDeclaration } from '@inthread/sdk/capability'
import { canonicalTerms, readWire } from '@inthread/sdk/capabilities'
import type { ConfirmFact } from '@inthread/sdk/confirm'
import { findWireMoney } from '@inthread/sdk/money'
import type { Counted } from '../book/movements.ts'
import { listCreditFacts } from './judge-credit.ts'

/** What a quote says beyond amount and payee, in the user's language, and the digest that binds the user to it. */
export interface QuoteFacts {
  /** A credit's annual rate: it stands beside the amount, as large. */
  readonly headline?: string
  readonly facts: readonly ConfirmFact[]
  /** Lower-case hex SHA-256 of the quote's canonical terms. */
  readonly terms: string
}

export function buildQuoteFacts(resource: BankResource, locale: string): QuoteFacts {
  const [rate, ...credit] = listCreditFacts(resource, locale)
  return {
    ...(rate === undefined ? {} : { headline: `${rate.label} ${rate.value}` }),
    facts: [...credit, ...readFacts(dropRepeated(resource['terms'], credit.length > 0), locale)],
    terms: digestTerms(resource),
  }
}

/** What the book of a capability has to know of a quote beyond its amount. */
export function readCounted(
  resource: BankResource,
  book: BookDeclaration | undefined,
): { readonly product?: string; readonly counted?: Counted } {
  if (!book) return {}
  const { product } = resource
  const counted = (book.beside ?? []).flatMap(({ member }) => {
    const value = resource[member]
    const amount = findWireMoney(value)
    if (amount) return [[member, { minor: amount.amountMinor.toString(), currency: amount.currency }] as const]
    return typeof value === 'string' && /^(0|[1-9][0-9]{0,17})$/.test(value)
      ? [[member, { minor: value }] as const]
      : []
  })
  return {
    ...(typeof product === 'string' && accountName.test(product) ? { product } : {}),
    ...(counted.length === 0 ? {} : { counted: Object.fromEntries(counted) }),
  }
}

/** A part of an account's name. */
const accountName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/

export function digestTerms(resource: BankResource): string {
  return createHash('sha256').update(canonicalTerms(resource)).digest('hex')
}

/** What a credit says of itself, by our own arithmetic: a bank's row of the same is not repeated. */
const saidByCredit: ReadonlySet<unknown> = new Set([
  ...['principal', 'periods', 'payments', 'firstDue', 'interest', 'cost', 'annualRate'],
])

function dropRepeated(terms: BankResource[string], hasCredit: boolean): BankResource[string] {
  if (!hasCredit || !Array.isArray(terms)) return terms
  return terms.filter((row: BankResource[string]) => !saidByCredit.has((row as BankResource | null)?.['key']))
}

/** As many as a card has room for. */
const factsAtMost = 12

/** Rows as a bank writes them: `{ label, value }`, each in several languages. Whatever is none is left out. */
export function readFacts(wire: BankResource[string], locale: string): readonly ConfirmFact[] {
  if (!Array.isArray(wire)) return []
  return wire.slice(0, factsAtMost).flatMap((row) => {
    const read = readWire(row, locale)
    return isFact(read) ? [{ label: read.label, value: read.value }] : []
  })
}

function isFact(value: unknown): value is ConfirmFact {
  return (
    typeof value === 'object' &&
    value !== null &&
    'label' in value &&
    typeof value.label === 'string' &&
    'value' in value &&
    typeof value.value === 'string'
  )
}
