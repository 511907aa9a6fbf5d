import type { Statement } from '@inthread/sdk/bank'
import { deriveId, type Transaction } from '@inthread/store'
import { insertNew } from '@inthread/store/sql'
import { openBreakAbout } from '../orders/break.store.ts'
import type { BankSetup, FinancePorts } from '../ports.ts'
import type { MatchResult, StatementRow } from '../schema/book-tables.ts'
import type { MovementRow } from '../schema/tables.ts'
import { closeAwaiting, closeDropped, lockUndecided } from '../breaks/break-machine.store.ts'
import { buildLineBreak, buildMissingBreak } from './build-break.ts'
import { isAgain, isBooked } from './line.ts'
import { matchStatement, type LineMatch, type Matching } from './match.ts'
import { readOwnItems } from './own-items.store.ts'
import { settleByLine, settleSilent } from './settle-by-statement.ts'
import { beginStatement, finishStatement, insertLines } from './statement.store.ts'

export interface ImportReport {
  /** `known`: it was imported before. `changed`: the bank says something else of a day than it did then. */
  readonly state: 'imported' | 'known' | 'changed'
  readonly day: string
  readonly lines: number
  readonly results: Readonly<Partial<Record<MatchResult, number>>>
}

export interface Importing {
  readonly statement: Statement
  readonly zone: string
}

const linesAtOnce = 200

/**
 * Compares a day with the book. Every step can be repeated: an import that was cut short is done again, and finds its
 * own lines and breaks.
 */
export async function importStatement(
  { scope, bankId }: Pick<BankSetup, 'scope' | 'bankId'>,
  { statement, zone }: Importing,
  ports: FinancePorts,
): Promise<ImportReport> {
  const { store, sealer, ids, clock, log } = ports
  const { day, lines } = statement
  const row = await store.write('statement.begin', async (tx) => {
    const begun = await beginStatement(tx, scope, { bankId, statement, ids })
    // From here on nobody decides anything about this bank before the day is read whole.
    if (begun.row.imported_at === 0) await lockUndecided(tx, scope, bankId)
    if (begun.anew) await closeDropped(tx, scope, { bankId, day, now: clock.now() })
    return begun.row
  })
  const report = { day, lines: row.lines, results: {} }
  if (row.sha256 !== statement.sha256) {
    log.event('statement.changed', { bank: bankId, day })
    return { ...report, state: 'changed' }
  }
  if (row.imported_at > 0) return { ...report, state: 'known' }
  const compare = async (): Promise<Matching> => {
    const query = { bankId, day, zone, lines, sealer }
    return matchStatement(lines, await store.read('statement.own', (reader) => readOwnItems(reader, scope, query)))
  }
  // What was open is decided first: its fees, its return, a second booking are compared with what it is then.
  const before = await compare()
  const deciding = before.lines.filter(({ decides }) => decides)
  for (const match of deciding) await settleByLine(scope, { match, lines: before.lines }, ports)
  const matching = deciding.length === 0 ? before : await compare()
  await keepMatching({ row, matching }, ports)
  await settleSilent(scope, { bankId, day, zone }, ports)
  const results = countResults(matching)
  const breaks = matching.missing.length + matching.lines.filter((match) => buildLineBreak(row, match)).length
  await store.write('statement.finish', async (tx) => {
    const now = clock.now()
    // With the end of the import: what is booked here names the statement, and a day that begins anew has another name.
    await bookPayouts(tx, { row, matching, now })
    // Likewise what was waited for: a day that begins anew may not have it.
    const ids = matching.lines.flatMap(listBooked)
    for (let start = 0; start < ids.length; start += linesAtOnce)
      await closeAwaiting(tx, scope, { ids: ids.slice(start, start + linesAtOnce), now })
    await finishStatement(tx, row, { breaks, now })
  })
  log.event('statement.imported', { bank: bankId, day, lines: lines.length, breaks })
  return { state: 'imported', day, lines: lines.length, results }
}

async function keepMatching(
  { row, matching }: { readonly row: StatementRow; readonly matching: Matching },
  { store, clock }: FinancePorts,
): Promise<void> {
  const now = clock.now()
  for (let start = 0; start < matching.lines.length; start += linesAtOnce) {
    const part = matching.lines.slice(start, start + linesAtOnce)
    await store.write('statement.lines', async (tx) => {
      await insertLines(tx, row, part)
      for (const match of part) {
        const found = buildLineBreak(row, match)
        if (found) await openBreakAbout(tx, found.about, { ...found.found, now })
      }
    })
  }
  await store.write('statement.missing', async (tx) => {
    for (const item of matching.missing) {
      const { about, found } = buildMissingBreak(row, item)
      await openBreakAbout(tx, about, { ...found, now })
    }
  })
}

/** Of what a line says that the bank has booked it, of whatever amount. */
function listBooked({ line, item, back }: LineMatch): readonly string[] {
  return item && line.kind !== 'fee' && isBooked(line) && !back && !isAgain(line, back) ? [item.id] : []
}

/** What the bank paid out to the merchant is no longer due to it (P18); what it took back of that is due again. */
async function bookPayouts(
  tx: Transaction,
  { row, matching, now }: { readonly row: StatementRow; readonly matching: Matching; readonly now: number },
): Promise<void> {
  const rows = matching.lines
    .filter(({ line }) => line.kind === 'payout' && isBooked(line) && line.amount.amountMinor !== 0n)
    .map(({ line, back }): MovementRow => {
      const id = deriveId(row.id, 'payout', line.seq)
      const [owned, due] = [`ext:tenant:${row.tenant_id}`, `ext:tenant:${row.tenant_id}:due`]
      return {
        tenant_id: row.tenant_id,
        id,
        order_id: id,
        kind: 'single',
        dr: back ? due : owned,
        cr: back ? owned : due,
        amount_minor: line.amount.amountMinor,
        currency: line.amount.currency,
        pending_id: null,
        at: now,
      }
    })
  if (rows.length > 0) await insertNew(tx, 'movement', { rows, key: 'id' })
}

function countResults({ lines, missing }: Matching): Partial<Record<MatchResult, number>> {
  const counted: Partial<Record<MatchResult, number>> = {}
  for (const { result } of lines) counted[result] = (counted[result] ?? 0) + 1
  if (missing.length > 0) counted.missing_at_bank = missing.length
  return counted
}
