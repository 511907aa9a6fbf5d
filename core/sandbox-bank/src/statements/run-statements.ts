import type { Bank } from '../app/bank.ts'
import { renderDay, startOfDay } from '../app/business-day.ts'
import { listClients } from '../clients/clients.store.ts'
import { commitEventRow } from '../events/events.store.ts'
import { commitMeta, findMeta } from '../store/meta.store.ts'
import { listMerchantEntries } from './entries.store.ts'

const toldKey = 'statements_told'
const dayMs = 24 * 3_600_000
const readyMs = 6 * 3_600_000

/** Tells clients of the days whose statements have become ready; returns when the next will be, in business time. */
export function runStatements(bank: Bank): number {
  const now = bank.clock.now()
  const last = startOfDay(now - readyMs) - dayMs
  const told = Number(findMeta(bank.db, toldKey) ?? last)
  bank.db.transaction(() => {
    for (let day = told + dayMs; day <= last; day += dayMs) tellDay(bank, day)
    commitMeta(bank.db, toldKey, String(Math.max(told, last)))
  })
  return last + 2 * dayMs + readyMs
}

/** Nobody is told of a day on which nothing happened. */
function tellDay(bank: Bank, fromMs: number): void {
  const span = { fromMs, toMs: fromMs + dayMs }
  const date = renderDay(fromMs)
  for (const { id: clientId, accountId } of listClients(bank.db)) {
    if (listMerchantEntries(bank, accountId, span).length === 0) continue
    const id = bank.vault.idOf('stm', clientId, date)
    const event = {
      id: bank.vault.idOf('evt', id, 1),
      clientId,
      type: 'statement.ready',
      at: bank.clock.now(),
    } as const
    commitEventRow(bank.db, { ...event, data: { id, version: 1, state: 'ready', date } })
    bank.poke()
  }
}
