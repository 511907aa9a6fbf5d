import { stringify } from 'csv-stringify/sync'
import { moneyToDecimal } from '@inthread/sdk/money'
import { instantToIso } from '@inthread/sdk/time'
import { dayOf, type BookEntry } from '@inthread/finance'

export type EntryFormat = 'csv' | 'camt'

const columns = [
  ...['day', 'at', 'kind', 'bank', 'order', 'reference', 'bankReference'],
  ...['currency', 'amount', 'fee', 'commission', 'net'],
]

export const csvHead = writeRow(columns)

/** One line of a table. Amounts are decimal text, as spreadsheets take them. */
export function writeCsvEntry(entry: BookEntry, zone: string): string {
  const decimal = (amountMinor: bigint): string => moneyToDecimal({ amountMinor, currency: entry.currency })
  const cells = [
    ...[dayOf(entry.at, zone), instantToIso(entry.at), entry.kind, entry.bank],
    ...[entry.orderNumber, entry.id, entry.bankRef, entry.currency],
    ...[entry.amountMinor, entry.feeMinor, entry.commissionMinor, entry.netMinor].map(decimal),
  ]
  return writeRow(cells.map(guardCell))
}

/** What a spreadsheet would take for a formula is text: a bank's or a user's words are never carried out. */
export function guardCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text)
  return !isNumber && /^[\s]*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
}

function writeRow(cells: readonly string[]): string {
  return stringify([[...cells]], { record_delimiter: '' })
}

/** One booking by the names of camt.053, as a line of JSON: an accounting program needs no words of ours. */
export function writeCamtEntry(entry: BookEntry, zone: string): string {
  const { currency } = entry
  const size = (minor: bigint): string => moneyToDecimal({ amountMinor: minor < 0n ? -minor : minor, currency })
  const charge = (name: string, minor: bigint): object[] =>
    minor === 0n
      ? []
      : [{ Amt: { Ccy: currency, value: size(minor) }, CdtDbtInd: minor > 0n ? 'DBIT' : 'CRDT', Tp: name }]
  return JSON.stringify({
    Ntry: {
      NtryRef: entry.id,
      Amt: { Ccy: currency, value: size(entry.amountMinor) },
      CdtDbtInd: entry.amountMinor < 0n ? 'DBIT' : 'CRDT',
      Sts: 'BOOK',
      BookgDt: { DtTm: instantToIso(entry.at) },
      ValDt: { Dt: dayOf(entry.at, zone) },
      AcctSvcrRef: entry.bankRef,
      Chrgs: { Rcrd: [...charge('bank', entry.feeMinor), ...charge('platform', entry.commissionMinor)] },
      NtryDtls: { TxDtls: { Refs: { EndToEndId: entry.orderNumber, InstrId: entry.id }, RmtInf: entry.kind } },
    },
  })
}
