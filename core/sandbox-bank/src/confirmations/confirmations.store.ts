import type { Database } from '../store/database.store.ts'
import { findNumber, findText, numberOf, textOf, wordOf, type Row } from '../store/row.ts'
import { Problem } from '../transport/problem.ts'
import { confirmationStates, type ConfirmationState } from './machine.ts'
import { operationNames, type OperationName } from './operations.ts'

/** One question to the customer: is this payment what you want? */
export interface Confirmation {
  readonly id: string
  readonly clientId: string
  readonly clientRef: string
  readonly linkId: string
  readonly phoneIndex: string
  /** The account to pay from; absent where nothing is paid. */
  readonly accountId?: string
  readonly op: OperationName
  readonly quoteId?: string
  /** How the customer is asked. */
  readonly method: string
  readonly intent: string
  /** Canonical JSON, sealed. */
  readonly payload: string
  readonly payloadSha256: string
  /** Digest of the text the customer was shown; kept as evidence. */
  readonly renderedSha256: string
  readonly state: ConfirmationState
  readonly triesLeft: number
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  /** While pending: of the code. Once verified: of the authorisation. */
  readonly expiresAt: number
  readonly lockedAt?: number
  readonly verifiedAt?: number
}

export type NewConfirmation = Omit<Confirmation, 'state' | 'version' | 'updatedAt' | 'lockedAt' | 'verifiedAt'>

export function commitNewConfirmation(db: Database, confirmation: NewConfirmation): void {
  const { id, clientId, clientRef, linkId, phoneIndex, intent, triesLeft, createdAt, expiresAt } = confirmation
  const { accountId = null, op, quoteId = null, method } = confirmation
  const digests = [confirmation.payload, confirmation.payloadSha256, confirmation.renderedSha256]
  const insert =
    'insert into confirmations (id, client_id, client_ref, link_id, phone_index, account_id, op, quote_id, method, ' +
    'intent, payload, payload_sha256, rendered_sha256, state, tries_left, version, created_at, updated_at, ' +
    `expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, 1, ?, ?, ?)`
  const names = [id, clientId, clientRef, linkId, phoneIndex, accountId, op, quoteId, method, intent]
  db.run(insert, ...names, ...digests, triesLeft, createdAt, createdAt, expiresAt)
}

export function findConfirmation(db: Database, clientId: string, id: string): Confirmation | undefined {
  const row = db.find('select * from confirmations where id = ? and client_id = ?', id, clientId)
  return row && buildConfirmation(row)
}

/** Throws the Problem that the caller is told. */
export function getConfirmation(db: Database, clientId: string, id: string): Confirmation {
  const confirmation = findConfirmation(db, clientId, id)
  if (!confirmation) throw new Problem('not_found', 'There is no confirmation with this id.')
  return confirmation
}

/** Newest first. */
export function listConfirmationsByRef(db: Database, clientId: string, clientRef: string): Confirmation[] {
  const select =
    'select * from confirmations where client_id = ? and client_ref = ? order by created_at desc, rowid desc limit 200'
  return db.list(select, clientId, clientRef).map(buildConfirmation)
}

export function listConfirmationsByPhone(db: Database, phoneIndex: string, limit: number): Confirmation[] {
  const select = 'select * from confirmations where phone_index = ? order by created_at desc, rowid desc limit ?'
  return db.list(select, phoneIndex, limit).map(buildConfirmation)
}

export function countConfirmations(db: Database, clientId: string, clientRef: string): number {
  const row = db.find(
    'select count(*) as count from confirmations where client_id = ? and client_ref = ?',
    clientId,
    clientRef,
  )
  return row ? numberOf(row, 'count') : 0
}

interface Change {
  readonly state: ConfirmationState
  readonly triesLeft?: number
  readonly expiresAt?: number
  readonly lockedAt?: number
  readonly verifiedAt?: number
  readonly at: number
}

export function commitConfirmationChange(db: Database, confirmation: Confirmation, change: Change): Confirmation {
  const update =
    'update confirmations set state = ?, tries_left = ?, expires_at = ?, locked_at = ?, verified_at = ?, ' +
    'updated_at = ?, version = version + 1 where id = ? and version = ?'
  const { state, triesLeft = confirmation.triesLeft, expiresAt = confirmation.expiresAt } = change
  const lockedAt = change.lockedAt ?? confirmation.lockedAt ?? null
  const verifiedAt = change.verifiedAt ?? confirmation.verifiedAt ?? null
  const { id, version } = confirmation
  if (db.run(update, state, triesLeft, expiresAt, lockedAt, verifiedAt, change.at, id, version) !== 1) {
    throw new Error('a confirmation was changed by someone else')
  }
  const row = db.find('select * from confirmations where id = ?', id)
  if (!row) throw new Error('a confirmation that was just written is missing')
  return buildConfirmation(row)
}

/** Closes what nobody answered or used in time. */
export function commitExpiry(db: Database, nowMs: number): void {
  const update =
    `update confirmations set state = 'expired', updated_at = ?, version = version + 1 ` +
    `where state in ('pending', 'verified') and expires_at <= ?`
  db.run(update, nowMs, nowMs)
}

/** A newer question for the same purchase, or the end of the link, makes the older code worthless. */
export function commitSuperseded(
  db: Database,
  which: { clientId: string; clientRef: string; intent: string } | { linkId: string },
  nowMs: number,
): void {
  const update =
    `update confirmations set state = 'superseded', updated_at = ?, version = version + 1 ` +
    `where state = 'pending' and`
  if ('linkId' in which) {
    db.run(`${update} link_id = ?`, nowMs, which.linkId)
  } else {
    db.run(
      `${update} client_id = ? and (client_ref = ? or intent = ?)`,
      nowMs,
      which.clientId,
      which.clientRef,
      which.intent,
    )
  }
}

export function listCodeRequestTimes(db: Database, phoneIndex: string, sinceMs: number): number[] {
  const select =
    'select created_at from confirmations where phone_index = ? and created_at > ? order by created_at limit 200'
  return db.list(select, phoneIndex, sinceMs).map((row) => numberOf(row, 'created_at'))
}

/** When a customer last proved by this operation that the phone is in their hands. */
export function findLastVerification(
  db: Database,
  which: { linkId: string; op: OperationName; sinceMs: number },
): number | undefined {
  const select = 'select max(verified_at) as at from confirmations where link_id = ? and op = ? and verified_at > ?'
  const row = db.find(select, which.linkId, which.op, which.sinceMs)
  return row && findNumber(row, 'at')
}

export function findLastLock(db: Database, phoneIndex: string, sinceMs: number): number | undefined {
  const select = 'select max(locked_at) as at from confirmations where phone_index = ? and locked_at > ?'
  const row = db.find(select, phoneIndex, sinceMs)
  return row && findNumber(row, 'at')
}

function buildConfirmation(row: Row): Confirmation {
  const lockedAt = findNumber(row, 'locked_at')
  const verifiedAt = findNumber(row, 'verified_at')
  const accountId = findText(row, 'account_id')
  const quoteId = findText(row, 'quote_id')
  return {
    id: textOf(row, 'id'),
    clientId: textOf(row, 'client_id'),
    clientRef: textOf(row, 'client_ref'),
    linkId: textOf(row, 'link_id'),
    phoneIndex: textOf(row, 'phone_index'),
    ...(accountId === undefined ? {} : { accountId }),
    op: wordOf(row, 'op', operationNames),
    ...(quoteId === undefined ? {} : { quoteId }),
    method: textOf(row, 'method'),
    intent: textOf(row, 'intent'),
    payload: textOf(row, 'payload'),
    payloadSha256: textOf(row, 'payload_sha256'),
    renderedSha256: textOf(row, 'rendered_sha256'),
    state: wordOf(row, 'state', confirmationStates),
    triesLeft: numberOf(row, 'tries_left'),
    version: numberOf(row, 'version'),
    createdAt: numberOf(row, 'created_at'),
    updatedAt: numberOf(row, 'updated_at'),
    expiresAt: numberOf(row, 'expires_at'),
    ...(lockedAt === undefined ? {} : { lockedAt }),
    ...(verifiedAt === undefined ? {} : { verifiedAt }),
  }
}
