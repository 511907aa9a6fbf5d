import type { Bank } from '../app/bank.ts'
import { findNumber, findText, minorOf, numberOf, textOf, type Row } from '../store/row.ts'

/** A movement on a merchant's account, with what it belongs to. */
export interface MerchantEntry {
  readonly transferId: string
  /** The merchant gets it. */
  readonly incoming: boolean
  readonly amountMinor: bigint
  readonly at: number
  /** The payment or deed; absent for what the bank does by itself. */
  readonly about?: string
  /** Behind the id: what was done with it later, such as `back`. */
  readonly later?: string
  /** Of the deed; `payment` for payments. */
  readonly kind?: string
  readonly clientRef?: string
  /** Of a deed: for a refund, what the bank adds of its fee to what the merchant gives. */
  readonly feeMinor?: bigint
  readonly payerMask?: string
  readonly withFees: boolean
}

const about = `substr(line.payment_id, 1, instr(line.payment_id || ':', ':') - 1)`

/** Between two instants, in the order of the books. */
export function listMerchantEntries(
  bank: Bank,
  account: string,
  span: { fromMs: number; toMs: number },
): MerchantEntry[] {
  const select =
    `select line.*, line.dr = ? as incoming, ${about} as about, ` +
    `substr(line.payment_id, instr(line.payment_id || ':', ':') + 1) as later, ` +
    `case when payments.id is null then deeds.kind else 'payment' end as thing, ` +
    'deeds.fee_minor as fee_minor, fees.kind is not null as with_fees, payer.mask as payer_mask ' +
    'from transfers as line ' +
    `left join payments on payments.id = ${about} left join deeds on deeds.id = ${about} ` +
    'left join accounts as payer on payer.id = coalesce(payments.account_id, deeds.account_id) ' +
    `left join accounts as fees on fees.kind = 'fees' and fees.id in (line.dr, line.cr) ` +
    `where (line.dr = ? or line.cr = ?) and line.kind in ('post', 'single') and line.at >= ? and line.at < ? ` +
    'order by line.seq limit 100000'
  return bank.db.list(select, account, account, account, span.fromMs, span.toMs).map(buildEntry)
}

/** What was on the account at an instant. */
export function getBalanceAt(bank: Bank, account: string, atMs: number): bigint {
  const select =
    'select coalesce(sum(case when dr = ? then amount_minor else -amount_minor end), 0) as balance from transfers ' +
    `where (dr = ? or cr = ?) and kind in ('post', 'single') and at < ?`
  const row = bank.db.find(select, account, account, account, atMs)
  return row ? minorOf(row, 'balance') : 0n
}

function buildEntry(row: Row): MerchantEntry {
  const texts = { about: 'about', later: 'later', kind: 'thing', clientRef: 'client_ref', payerMask: 'payer_mask' }
  const found = Object.entries(texts).map(([name, column]) => [name, findText(row, column) || undefined] as const)
  const feeMinor = findNumber(row, 'fee_minor') === undefined ? undefined : minorOf(row, 'fee_minor')
  return {
    ...Object.fromEntries(found.filter((entry) => entry[1] !== undefined)),
    transferId: textOf(row, 'id'),
    incoming: numberOf(row, 'incoming') === 1,
    amountMinor: minorOf(row, 'amount_minor'),
    at: numberOf(row, 'at'),
    ...(feeMinor === undefined ? {} : { feeMinor }),
    withFees: numberOf(row, 'with_fees') === 1,
  }
}
