import type { StatementLine } from '@inthread/sdk/bank'
import type { MatchResult } from '../schema/book-tables.ts'
import { Directions, type KnownLine } from './directions.ts'
import { addTo, differ, directionOf, isAgain, isBooked, sumOf, type Sums } from './line.ts'

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
  /** What its own line should say, with what people have corrected of that; of what did not succeed, nothing else. */
  readonly booked: Sums
  /** Likewise of its fee. */
  readonly fee: Sums
  /** The day it was settled on, in the bank's zone. */
  readonly day: string | undefined
  readonly payerMask: string | undefined
  readonly payeeMask: string | undefined
}

export interface LineMatch {
  readonly line: StatementLine
  readonly result: MatchResult
  readonly item: OwnItem | undefined
  /** It takes back what another line has booked. */
  readonly back: boolean
  /** The line says what became of something that was open. */
  readonly decides: boolean
  /** Of a fee: what all fee lines of its order come to. */
  readonly fees: Sums | undefined
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
  /** What booked lines of other days spoke of, see {@link nameOf}: so that a second one is known for what it is. */
  readonly seen: ReadonlySet<string>
  /** Lines of other days that the lines of this day name. */
  readonly known: readonly KnownLine[]
  /** What fee lines of earlier days come to, by what they are a fee of. */
  readonly fees: ReadonlyMap<string, Sums>
}

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
  const directions = new Directions(own.known)
  const feeBacks = new Map(lines.filter(isFee).map((line) => [line, directions.read(line, undefined)]))
  const sums = sumFees(feeBacks, index, own.fees)
  const matches = lines.map((line): LineMatch => {
    const item = ofTheAccount.has(line.kind) ? undefined : findItem(line, index, spoken)
    const back = feeBacks.get(line) ?? directions.read(line, item?.kind)
    const fees = item && isFee(line) ? sums.get(item.id) : undefined
    const result = judge(line, item, { seen, fees, back })
    const counts = item !== undefined && !isFee(line)
    const decides = counts && isDeciding(line, item, result)
    if (counts && isBooked(line) && !isAgain(line, back)) seen.add(nameOf(item, back))
    if (counts && !back && !isAgain(line, back)) spoken.add(item.id)
    return { line, result, item, back, decides, fees }
  })
  for (const name of own.seen) if (!name.startsWith(takenBack)) spoken.add(name)
  const missing = own.items.filter(
    ({ id, day, state, booked }) =>
      day === own.day && state === 'succeeded' && differ(booked, nothing).size > 0 && !spoken.has(id),
  )
  return { lines: matches, missing }
}

/** Only what is booked says what became of an order: what the bank has in hand it may still refuse. */
function isDeciding(line: StatementLine, item: OwnItem, result: MatchResult): boolean {
  return item.state === 'open' && isBooked(line) && (result === 'matched' || result === 'amount_differs')
}

interface Judging {
  readonly seen: ReadonlySet<string>
  readonly fees: Sums | undefined
  readonly back: boolean
}

function judge(line: StatementLine, item: OwnItem | undefined, { seen, fees, back }: Judging): MatchResult {
  if (ofTheAccount.has(line.kind)) return 'matched'
  if (!item) return 'missing_here'
  if (isFee(line)) return isBooked(line) && !isOwnFee(line, item, fees) ? 'amount_differs' : 'matched'
  const known = isAgain(line, back) || seen.has(nameOf(item, back))
  if (back) return 'state_differs'
  if (!isBooked(line)) return item.state === 'succeeded' && !known ? 'state_differs' : 'matched'
  if (known) return 'duplicate'
  const { amountMinor, currency } = line.amount
  const here = item.state === 'succeeded' ? item.booked : sumOf(item.currency, item.amountMinor)
  if (differ(sumOf(currency, amountMinor), here).size > 0) return 'amount_differs'
  return item.state === 'succeeded' || item.state === 'open' ? 'matched' : 'state_differs'
}

/** In the currency of the line: of what it is in another one, other lines speak. */
function isOwnFee({ amount: { currency } }: StatementLine, { fee }: OwnItem, fees: Sums | undefined): boolean {
  return (fees?.get(currency) ?? 0n) === (fee.get(currency) ?? 0n)
}

/** A fee may come in parts, also on another day: what counts is their sum. */
function sumFees(
  feeBacks: ReadonlyMap<StatementLine, boolean>,
  index: Index,
  before: ReadonlyMap<string, Sums>,
): ReadonlyMap<string, Sums> {
  const fees = new Map([...before].map(([id, sums]) => [id, new Map(sums)]))
  for (const [line, back] of feeBacks) {
    const item = isBooked(line) ? findKnown(line, index) : undefined
    if (!item) continue
    const sums = fees.get(item.id) ?? new Map<string, bigint>()
    fees.set(item.id, addTo(sums, line.amount.currency, directionOf({ back }) * line.amount.amountMinor))
  }
  return fees
}

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

function findKnown({ clientRef, bankRef }: StatementLine, { byId, byBankRef }: Index): OwnItem | undefined {
  return (clientRef === undefined ? undefined : byId.get(clientRef)) ?? byBankRef.get(bankRef)
}

function findItem(line: StatementLine, index: Index, spoken: ReadonlySet<string>): OwnItem | undefined {
  const known = findKnown(line, index)
  const kind = line.kind === 'refund' ? 'refund' : 'order'
  const ofPayment = kind === 'refund' && known?.kind === 'order'
  // A line that names its own reference is about nothing else.
  if (line.clientRef !== undefined || isFee(line) || (known && !ofPayment)) return known
  const alike = (index.byPrint.get(printOf(kind, line.amount)) ?? []).filter(
    (item) => !spoken.has(item.id) && fits(item.payerMask, line.payerMask) && fits(item.payeeMask, line.payeeMask),
  )
  // Under the bank's reference of a payment it is a refund of that payment, not just any of that amount.
  if (known) return alike.find(({ orderId }) => orderId === known.orderId) ?? known
  // Two that look the same are none: a guess about money is worse than a question.
  return alike.length === 1 ? alike[0] : undefined
}

function fits(own: string | undefined, bank: string | undefined): boolean {
  return own === undefined || bank === undefined || own.slice(-4) === bank.slice(-4)
}

function isFee({ kind }: StatementLine): boolean {
  return kind === 'fee'
}

const nothing: Sums = new Map()
const takenBack = 'back '

/** One order may have a payment and its return: what comes once more goes the same way, whatever the bank calls it. */
export function nameOf({ id }: Pick<OwnItem, 'id'>, back: boolean): string {
  return `${back ? takenBack : ''}${id}`
}
