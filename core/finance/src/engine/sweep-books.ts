import type { Reader } from '@inthread/store'
import { hasLapsing, lapseConsents } from '../consents/consent.store.ts'
import { forwardConsents } from '../consents/forward-consents.ts'
import { alarmBreaks, hasAged } from '../breaks/break-machine.store.ts'
import type { FinancePorts } from '../ports.ts'
import { lapseRefunds } from '../refunds/decide-refund.ts'

/** What time does to refunds, consents and breaks. */
export async function sweepBooks(ports: FinancePorts): Promise<void> {
  const { store, clock, log } = ports
  const now = clock.now()
  await lapseRefunds(ports, now)
  const due = await store.read('books.due', async (reader: Reader) => ({
    consents: await hasLapsing(reader, now),
    breaks: await hasAged(reader, now),
  }))
  if (due.consents) await store.write('consent.lapse', (tx) => lapseConsents(tx, now, ports))
  await forwardConsents(ports)
  if (!due.breaks) return
  const aged = await store.write('break.alarm', (tx) => alarmBreaks(tx, now))
  for (const { id, kind, bank_id: bank } of aged) log.event('break.aged', { break: id, kind, bank })
}
