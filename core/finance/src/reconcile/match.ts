import type { StatementLine } from '@inthread/sdk/bank'
import type { MatchResult } from '../schema/book-tables.ts'

/** An order or a refund as the book has it, for a comparison with what the bank booked. */
export interface OwnItem {
  readonly kind: 'order' | 'refund'
  readonly id: string
  /** Its own, or that of the order which a refund is of. */
  readonly orderId: string
  readonly bankRef: string | null
  readonly amountMinor: bigint
  readonly currency: string
  /** `open`: the bank has not decided it as far as we know. */
  readonly state: 'succeeded' | 'open' | 'conflicted' | 'ended'
  readonly feeMinor: bigint
  /** The day it was settled on, in the bank's zone. */
  readonly day: string | undefined
  readonly payerMask: string | undefined
  readonly payeeMask: string | undefined
}

export interface LineMatch {
  readonly line: StatementLine
  readonly result: MatchResult
  readonly item: OwnItem | undefined
  /** The line says what became of something that was open. */
  readonly decides: boolean
}

export interface Matching {
  readonly lines: readonly LineMatch[]
  /** Settled that day as far as we know, and on no line. */
  readonly missing: readonly OwnItem[]
}

/** What we have: by our own reference, by the bank's, and what was settled on that day. */
export interface OwnItems {
  readonly items: readonly OwnItem[]
  readonly day: string
  /** Of lines of earlier days: `kind/id` of what they spoke of, so that a second one is known for what it is. */
  readonly seen: ReadonlySet<string>
}

const booked: ReadonlySet<string> = new Set(['booked', 'book', 'posted', 'settled', 'succeeded'])
/** Lines that move something without being about one order. */
const ofTheAccount: ReadonlySet<string> = new Set(['payout'])

/**
 * Pure. Each line is compared with what it speaks of: found by our reference, then by the bank's, then by amount, day
 * and mask. A correction is a new line that names an old one: what it takes back is for people to look at.
 */
export function matchStatement(lines: readonly StatementLine[], own: OwnItems): Matching {
  const index = buildIndex(own)
  const seen = new Set(own.seen)
  const spoken = new Set<string>()
  const fees = sumFees(lines)
  const matches = lines.map((line) => {
    const item = ofTheAccount.has(line.kind) ? undefined : findItem(line, index, spoken)
    const result = judge(line, item, { seen, fees })
    if (item && line.kind !== 'fee') {
      seen.add(nameOf(item, line))
      spoken.add(item.id)
    }
    const decides = item?.state === 'open' && (result === 'matched' || result === 'amount_differs')
    return { line, result, item, decides: decides && line.kind !== 'fee' }
  })
  for (const name of own.seen) spoken.add(name.slice(name.indexOf('/') + 1))
  const missing = own.items.filter((item) => item.day === own.day && item.state === 'succeeded' && !spoken.has(item.id))
  return { lines: matches, missing }
}

interface Judging {
  readonly seen: ReadonlySet<string>
  readonly fees: ReadonlyMap<string, bigint>
}

function judge(line: StatementLine, item: OwnItem | undefined, { seen, fees }: Judging): MatchResult {
  if (ofTheAccount.has(line.kind)) return 'matched'
  if (!item) return 'missing_here'
  if (line.kind === 'fee') return fees.get(feeNameOf(line)) === item.feeMinor ? 'matched' : 'amount_differs'
  if (line.reversalOf !== undefined || line.kind === 'return') return 'state_differs'
  if (seen.has(nameOf(item, line))) return 'duplicate'
  if (!booked.has(line.status.toLowerCase())) return item.state === 'succeeded' ? 'state_differs' : 'matched'
  const same = line.amount.amountMinor === item.amountMinor && line.amount.currency === item.currency
  if (!same) return 'amount_differs'
  return item.state === 'succeeded' || item.state === 'open' ? 'matched' : 'state_differs'
}

/** A fee may come in parts: what counts is their sum. */
function sumFees(lines: readonly StatementLine[]): ReadonlyMap<string, bigint> {
  const fees = new Map<string, bigint>()
  for (const line of lines)
    if (line.kind === 'fee') fees.set(feeNameOf(line), (fees.get(feeNameOf(line)) ?? 0n) + line.amount.amountMinor)
  return fees
}

const feeNameOf = (line: StatementLine): string => line.clientRef ?? line.bankRef

interface Index {
  readonly byId: ReadonlyMap<string, OwnItem>
  readonly byBankRef: ReadonlyMap<string, OwnItem>
  readonly byPrint: ReadonlyMap<string, readonly OwnItem[]>
}

function buildIndex({ items, day }: OwnItems): Index {
  const settled = items.filter((item) => item.day === day)
  return {
    byId: new Map(items.map((item) => [item.id, item])),
    byBankRef: new Map(items.flatMap((item) => (item.bankRef === null ? [] : [[item.bankRef, item] as const]))),
    byPrint: Map.groupBy(settled, (item) => printOf(item.kind, item)),
  }
}

function printOf(
  kind: OwnItem['kind'],
  { amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: string },
): string {
  return `${kind}/${amountMinor}/${currency}`
}

function findItem(line: StatementLine, index: Index, spoken: ReadonlySet<string>): OwnItem | undefined {
  const known =
    (line.clientRef === undefined ? undefined : index.byId.get(line.clientRef)) ?? index.byBankRef.get(line.bankRef)
  // A line that names its own reference is about nothing else.
  if (known || line.clientRef !== undefined || line.kind === 'fee') return known
  const kind = line.kind === 'refund' ? 'refund' : 'order'
  const alike = (index.byPrint.get(printOf(kind, line.amount)) ?? []).filter(
    (item) => !spoken.has(item.id) && fits(item.payerMask, line.payerMask) && fits(item.payeeMask, line.payeeMask),
  )
  // Two that look the same are none: a guess about money is worse than a question.
  return alike.length === 1 ? alike[0] : undefined
}

function fits(own: string | undefined, bank: string | undefined): boolean {
  return own === undefined || bank === undefined || own.slice(-4) === bank.slice(-4)
}

/** One order may have a payment and its return: what is doubled is the same kind of line twice. */
export function nameOf(item: Pick<OwnItem, 'id'>, line: Pick<StatementLine, 'kind'>): string {
  return `${line.kind}/${item.id}`
}
