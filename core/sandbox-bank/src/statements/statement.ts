import { sign } from 'node:crypto'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { renderDay, startOfDay } from '../app/business-day.ts'
import type { Client } from '../clients/clients.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { renderCanonicalJson, sha256Hex } from '../signing/digest.ts'
import { getBalanceAt, listMerchantEntries, type MerchantEntry } from './entries.store.ts'

const lineKinds = ['payment', 'refund', 'fee', 'payout', 'loan_disbursement', 'return'] as const

/** One booking on the merchant's account. */
export interface StatementLine {
  readonly seq: number
  readonly bankRef: string
  readonly clientRef?: string
  readonly kind: (typeof lineKinds)[number]
  readonly amount: { readonly value: string; readonly currency: string }
  readonly valueDate: string
  readonly bookedAt: string
  readonly payerMask?: string
  readonly payeeMask?: string
  readonly status: 'booked'
  readonly reversalOf?: string
}

interface Booking {
  readonly line: Omit<StatementLine, 'seq'>
  readonly incoming: boolean
}

export interface Statement {
  readonly head: StatementHead
  readonly lines: readonly string[]
}

interface StatementHead {
  readonly date: string
  readonly account: string
  readonly opening: StatementLine['amount']
  readonly closing: StatementLine['amount']
  readonly count: number
  readonly sumDebit: StatementLine['amount']
  readonly sumCredit: StatementLine['amount']
  readonly sha256: string
}

const dayMs = 24 * 3_600_000
const readyMs = 6 * 3_600_000

/** The day's first moment, if its statement is ready: at six in the morning after it. */
export function findReadyDay(bank: Bank, date: string): number | undefined {
  const start = startOfDay(Date.parse(`${date}T00:00:00.000Z`))
  return renderDay(start) === date && start + dayMs + readyMs <= bank.clock.now() ? start : undefined
}

/** What happened on the client's account in a day; every line ends with a line feed, as the digest has it. */
export function buildStatement(bank: Bank, client: Client, startMs: number): Statement {
  const span = { fromMs: startMs, toMs: startMs + dayMs }
  const bookings = listMerchantEntries(bank, client.accountId, span).flatMap((entry) => buildBookings(client, entry))
  const lines = bookings.map(({ line }, index) => `${JSON.stringify({ seq: index + 1, ...line })}\n`)
  const sum = (incoming: boolean): bigint =>
    bookings.reduce((total, one) => (one.incoming === incoming ? total + BigInt(one.line.amount.value) : total), 0n)
  const head = {
    ...{ date: renderDay(startMs), account: client.accountMask, count: lines.length },
    opening: cny(getBalanceAt(bank, client.accountId, span.fromMs)),
    closing: cny(getBalanceAt(bank, client.accountId, span.toMs)),
    ...{ sumDebit: cny(sum(false)), sumCredit: cny(sum(true)), sha256: sha256Hex(lines.join('')) },
  }
  return { head, lines }
}

/** Proves later whose statement it was: Ed25519 over the head's canonical form. */
export function signHead(bank: Bank, head: StatementHead): { keyid: string; alg: 'ed25519'; value: string } {
  const { kid, privateKey } = bank.signingKeys.current()
  const value = sign(null, Buffer.from(renderCanonicalJson(head)), privateKey).toString('base64')
  return { keyid: kid, alg: 'ed25519', value }
}

/** A refund is one line of its whole amount, and one of the fee that comes back with it. */
function buildBookings(client: Client, entry: MerchantEntry): Booking[] {
  const { about = entry.transferId, at, incoming, payerMask, clientRef } = entry
  const kind = judgeKind(entry)
  const booking = (of: StatementLine['kind'], amountMinor: bigint, gets: boolean): Booking => ({
    incoming: gets,
    line: {
      ...{ bankRef: about, ...(clientRef === undefined ? {} : { clientRef }), kind: of, amount: cny(amountMinor) },
      ...{ valueDate: renderDay(at), bookedAt: renderInstant(at) },
      ...(payerMask === undefined ? {} : { payerMask }),
      ...{ payeeMask: client.accountMask, status: 'booked' },
      ...(kind === 'return' || isRest(entry) ? { reversalOf: about } : {}),
    },
  })
  const { feeMinor = 0n, amountMinor } = entry
  if (kind !== 'refund' || feeMinor === 0n) return [booking(kind, amountMinor, incoming)]
  return [booking('refund', amountMinor + feeMinor, false), booking('fee', feeMinor, true)]
}

const refunds: readonly (string | undefined)[] = ['refund', 'group_refund', 'loan_refund', 'instalment_refund']
const campaigns: readonly (string | undefined)[] = ['campaign', 'claim']

function judgeKind({ incoming, kind, later, withFees }: MerchantEntry): StatementLine['kind'] {
  if (withFees) return 'fee'
  if (campaigns.includes(kind)) return 'payout'
  if (incoming) return kind === 'drawdown' ? 'loan_disbursement' : 'payment'
  if (later === 'back') return 'return'
  return refunds.includes(kind) ? 'refund' : 'payout'
}

/** What is left of a campaign comes back to its sponsor: it takes back that much of what was paid into it. */
function isRest({ incoming, kind }: MerchantEntry): boolean {
  return incoming && campaigns.includes(kind)
}

function cny(amountMinor: bigint): { value: string; currency: string } {
  return { value: amountMinor.toString(), currency }
}
