import type { BankConnection, BankOutcome, ConsentView } from '@inthread/sdk/bank'
import { addMs } from '@inthread/sdk/time'
import { claimLease, deriveId, openScope } from '@inthread/store'
import { findLink } from '../desk/link.store.ts'
import { nextQueryDelayMs } from '../orders/judge.ts'
import type { FinancePorts } from '../ports.ts'
import type { ConsentRow } from '../schema/book-tables.ts'
import { commitConsentChange, lockConsent } from './consent.store.ts'
import { listForwarding } from './forward.store.ts'

const leaseMs = 20_000

/** Tells banks what users allowed or took back: one process at a time, each with its own key, until it is heard. */
export async function forwardConsents(ports: FinancePorts): Promise<void> {
  const { store, clock, owner } = ports
  const due = await store.read('consent.due', (reader) => listForwarding(reader, clock.now()))
  if (due.length === 0) return
  if ((await claimLease(store, { name: 'consents', owner, leaseMs })) === undefined) return
  for (const row of due) await forward(row, ports)
}

async function forward(row: ConsentRow, ports: FinancePorts): Promise<void> {
  const { store, clock, banks, sealer, log } = ports
  const scope = openScope(row.tenant_id)
  const setup = row.bank_id === null ? undefined : await banks.find(row.tenant_id, row.bank_id)
  const link =
    setup &&
    (await store.read('consent.link', (reader) =>
      findLink(reader, scope, { bankId: setup.bankId, subscriberId: row.subscriber_id, sealer }),
    ))
  const answer = setup && link !== undefined ? await tell(row, link, setup.connection) : unlinked
  log.event('consent.forwarded', { consent: row.id, answer: answer.kind })
  await store.write('consent.told', async (tx) => {
    const now = await lockConsent(tx, { scope, consentId: row.id })
    // Withdrawn while the bank was told of the grant: the withdrawal is still to be told.
    const moved = now.task !== row.task
    const heard = answer.kind === 'done' || answer.kind === 'pending' ? { bank_ref: answer.value.bankRef } : {}
    await commitConsentChange(tx, row, moved ? { ...heard, updated_at: clock.now() } : judge(row, answer, clock.now()))
  })
}

const unlinked = { kind: 'unknown', code: 'not_linked' } as const

async function tell(row: ConsentRow, link: string, bank: BankConnection): Promise<BankOutcome<ConsentView>> {
  // One that was taken back while the bank was told of it has no name there yet: under its key it gets one.
  const granted = row.bank_ref === null ? await tellGrant(row, link, bank) : undefined
  if (row.task === 'grant' && granted) return granted
  if (granted && granted.kind !== 'done' && granted.kind !== 'pending') return granted
  const consent = granted?.value.bankRef ?? row.bank_ref ?? ''
  return bank.withdrawConsent({ key: deriveId(row.id, 'withdraw'), consent })
}

/** Tells a bank of a grant: as often as need be, under one key. */
export function tellGrant(row: ConsentRow, link: string, bank: BankConnection): Promise<BankOutcome<ConsentView>> {
  return bank.consent({
    key: row.id,
    clientRef: row.id,
    link,
    purpose: row.purpose,
    dataClasses: JSON.parse(row.data_classes) as string[],
    receiver: row.receiver,
    textVersion: row.text_version,
    textSha256: row.text_sha256,
    grantedAt: row.answered_at ?? row.asked_at,
  })
}

/** A bank that refuses has heard it. One that does not answer, or asks for patience, is told again ever more slowly. */
function judge(row: ConsentRow, answer: BankOutcome<ConsentView>, now: number): Partial<ConsentRow> {
  const later = answer.kind === 'unknown' || (answer.kind === 'refused' && answer.reason === 'try_later')
  if (later) return { task_at: addMs(now, nextQueryDelayMs(row.tries)), tries: row.tries + 1 }
  if (answer.kind === 'refused') return { task: null, task_at: null }
  return { task: null, task_at: null, bank_ref: answer.value.bankRef }
}
