import { findMove } from '@inthread/sdk/capabilities'
import { Fault } from '@inthread/sdk/fault'
import { encodeJson } from '@inthread/sdk/json'
import { addMs, hours, type Instant } from '@inthread/sdk/time'
import {
  appendAudit,
  openScope,
  type Actor,
  type IdSource,
  type Reader,
  type TenantScope,
  type Transaction,
} from '@inthread/store'
import { forUpdate, insertNew, sql, sqlOf } from '@inthread/store/sql'
import { consentMachine, moveBy, type ConsentEvent } from '../schema/book-machines.ts'
import type { ConsentRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { digestOfText, type ConsentText } from './consent-text.ts'

export interface ConsentName {
  readonly scope: TenantScope
  readonly consentId: string
}

/** A question that is about to be shown. */
export interface NewConsent extends ConsentName {
  readonly subscriberId: string
  /** Whose consent it is to know of, if a bank's. */
  readonly bankId: string | undefined
  readonly purpose: string
  readonly dataClasses: readonly string[]
  /** Who gets the data. */
  readonly receiver: string
  readonly marketing: boolean
  readonly shown: ConsentText
  /** Until when it holds, once it is granted; undefined for no end of its own. */
  readonly expiresAt: Instant | undefined
  readonly evidence: {
    readonly conversationId?: string | undefined
    readonly runId?: string | undefined
    readonly visitId?: string | undefined
  }
  readonly now: Instant
}

/** A question that nobody answers is over after this time. */
const askedForMs = hours(24)

interface ConsentPorts {
  readonly ids: IdSource
}

/** Keeps what is asked, with the digest of exactly the text. Asked twice under one id, it is one question. */
export async function askConsent(tx: Transaction, wanted: NewConsent, ports: ConsentPorts): Promise<void> {
  const { scope, evidence, shown, now } = wanted
  const row: ConsentRow = {
    tenant_id: scope.tenantId,
    id: wanted.consentId,
    subscriber_id: wanted.subscriberId,
    bank_id: wanted.bankId ?? null,
    purpose: wanted.purpose,
    data_classes: encodeJson([...wanted.dataClasses]),
    receiver: wanted.receiver,
    marketing: wanted.marketing ? 1 : 0,
    text_version: shown.version,
    text_sha256: digestOfText(shown.text),
    state: 'asked',
    version: 1,
    asked_at: now,
    answered_at: null,
    ended_at: null,
    expires_at: wanted.expiresAt ?? null,
    conversation_id: evidence.conversationId ?? null,
    run_id: evidence.runId ?? null,
    visit_id: evidence.visitId ?? null,
    bank_ref: null,
    task: null,
    task_at: null,
    tries: 0,
    updated_at: now,
  }
  await insertNew(tx, 'consent', { rows: [row], key: 'id' })
  const actor = { kind: 'platform', id: 'platform' } as const
  await audit(tx, { consent: row, actor, action: 'consent.asked', now }, ports)
}

export interface ConsentAnswer extends ConsentName {
  readonly granted: boolean
  /** What the user saw when they answered: another text than the one that was kept is no consent. */
  readonly textSha256: string
  readonly visitId?: string | undefined
  readonly now: Instant
}

/** The user's own answer. One that comes too late counts for nothing; the second tap finds the first. */
export async function answerConsent(
  tx: Transaction,
  answer: ConsentAnswer,
  ports: ConsentPorts,
): Promise<ConsentRow['state']> {
  const row = await lockConsent(tx, answer)
  if (row.state !== 'asked') return row.state
  const late = addMs(row.asked_at, askedForMs) <= answer.now || row.text_sha256 !== answer.textSha256
  const event: ConsentEvent = late ? 'expire' : answer.granted ? 'grant' : 'refuse'
  const granted = event === 'grant'
  const change = {
    answered_at: late ? null : answer.now,
    ended_at: granted ? null : answer.now,
    ...(answer.visitId === undefined ? {} : { visit_id: answer.visitId }),
    ...(granted ? forwarded(row, 'grant', answer.now) : {}),
  }
  return move(tx, row, { event, change, now: answer.now, actor: userOf(row), ports })
}

/** Takes back what was granted; in one step, and without a reason. Withdrawn twice, it is withdrawn. */
export async function withdrawConsent(
  tx: Transaction,
  { by, now, ...name }: ConsentName & { readonly by?: Actor; readonly now: Instant },
  ports: ConsentPorts,
): Promise<ConsentRow['state']> {
  const row = await lockConsent(tx, name)
  if (findMove(consentMachine, row.state, 'withdraw') === undefined) return row.state
  const change = { ended_at: now, ...forwarded(row, 'withdraw', now) }
  return move(tx, row, { event: 'withdraw', change, now, actor: by ?? userOf(row), ports })
}

/** Taken back at the bank, which says so itself. */
export async function endAtBank(
  tx: Transaction,
  { bankId, now, ...name }: ConsentName & { readonly bankId: string; readonly now: Instant },
  ports: ConsentPorts,
): Promise<void> {
  const row = await lockConsent(tx, name)
  if (findMove(consentMachine, row.state, 'withdraw') === undefined) return
  const change = { ended_at: now, task: null, task_at: null }
  await move(tx, row, { event: 'withdraw', change, now, actor: { kind: 'bank', id: bankId }, ports })
}

/** Who holds the number is no longer sure: nothing that was granted counts until it is. How many there were. */
export function suspendConsents(tx: Transaction, holder: ConsentHolder, ports: ConsentPorts): Promise<number> {
  return moveAll(tx, { ...holder, ports }, { event: 'number_changed', from: 'granted' })
}

/** The same person again, after all. */
export function reverifyConsents(tx: Transaction, holder: ConsentHolder, ports: ConsentPorts): Promise<number> {
  return moveAll(tx, { ...holder, ports }, { event: 'reverified', from: 'suspended' })
}

export interface ConsentHolder {
  readonly scope: TenantScope
  readonly subscriberId: string
  readonly now: Instant
}

async function moveAll(
  tx: Transaction,
  { scope, subscriberId, now, ports }: ConsentHolder & { readonly ports: ConsentPorts },
  { event, from }: { readonly event: ConsentEvent; readonly from: ConsentRow['state'] },
): Promise<number> {
  const rows = await sqlOf<FinanceTables>(tx)
    .selectFrom('consent')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', subscriberId)
    .where('state', '=', from)
    .orderBy('id')
    .modifyEnd(forUpdate(tx))
    .execute()
  const actor = { kind: 'platform', id: 'platform' } as const
  for (const row of rows) await move(tx, row, { event, change: {}, now, actor, ports })
  return rows.length
}

interface ConsentMove {
  readonly event: ConsentEvent
  readonly change: Partial<ConsentRow>
  readonly now: Instant
  readonly actor: Actor
  readonly ports: ConsentPorts
}

async function move(
  tx: Transaction,
  row: ConsentRow,
  { event, change, now, actor, ports }: ConsentMove,
): Promise<ConsentRow['state']> {
  const state = moveBy(consentMachine, { from: row.state, event })
  await commitConsentChange(tx, row, { ...change, state, version: row.version + 1, updated_at: now })
  await audit(tx, { consent: row, actor, action: `consent.${state}`, now }, ports)
  return state
}

export function findConsent(reader: Reader, { scope, consentId }: ConsentName): Promise<ConsentRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('consent')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', consentId)
    .executeTakeFirst()
}

export async function lockConsent(tx: Transaction, { scope, consentId }: ConsentName): Promise<ConsentRow> {
  const row = await sqlOf<FinanceTables>(tx)
    .selectFrom('consent')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', consentId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  if (!row) throw new Fault('consent.unknown', { data: { consent: consentId } })
  return row
}

export async function commitConsentChange(
  tx: Transaction,
  row: Pick<ConsentRow, 'tenant_id' | 'id'>,
  change: Partial<ConsentRow>,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('consent')
    .set(change)
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .execute()
}

const atOnce = 100

/** Ends questions that nobody answered and consents whose time is over, of all tenants. How many there were. */
export async function lapseConsents(tx: Transaction, now: Instant, ports: ConsentPorts): Promise<number> {
  const rows = await lapsing(tx, now).selectAll().limit(sql.lit(atOnce)).modifyEnd(forUpdate(tx)).execute()
  const actor = { kind: 'platform', id: 'platform' } as const
  for (const row of rows) await move(tx, row, { event: 'expire', change: { ended_at: now }, now, actor, ports })
  return rows.length
}

export async function hasLapsing(reader: Reader, now: Instant): Promise<boolean> {
  return (await lapsing(reader, now).select('id').limit(sql.lit(1)).execute()).length > 0
}

function lapsing(reader: Reader, now: Instant) {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('consent')
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'asked'), where('asked_at', '<=', addMs(now, -askedForMs))]),
        where.and([where('state', 'in', ['granted', 'suspended']), where('expires_at', '<=', now)]),
      ]),
    )
}

/** Only a bank that is meant is told; one that surely never heard of a grant need not hear of its end. */
function forwarded(row: ConsentRow, task: 'grant' | 'withdraw', now: Instant): Partial<ConsentRow> {
  if (row.bank_id === null) return {}
  const known = task === 'grant' || row.bank_ref !== null || row.task === 'grant'
  return known ? { task, task_at: now, tries: 0 } : { task: null, task_at: null }
}

function userOf(row: ConsentRow): Actor {
  return { kind: 'user', id: row.subscriber_id }
}

function audit(
  tx: Transaction,
  record: {
    readonly consent: Pick<ConsentRow, 'tenant_id' | 'id' | 'purpose'>
    readonly actor: Actor
    readonly action: string
    readonly now: Instant
  },
  { ids }: ConsentPorts,
): Promise<void> {
  const { consent, actor, action, now } = record
  const scope = openScope(consent.tenant_id)
  const object = { kind: 'consent', id: consent.id }
  return appendAudit(tx, [{ scope, actor, action, object, data: { purpose: consent.purpose } }], { ids, now })
}
