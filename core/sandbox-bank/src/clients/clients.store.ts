import type { Database } from '../store/database.store.ts'
import { findText, textOf, wordOf, type Row } from '../store/row.ts'
import type { MerchantNames } from './merchant.ts'

const webhookStates = ['active', 'failing', 'disabled'] as const

/** Who may call, and the merchant on whose account their payments arrive. */
export interface Client {
  readonly id: string
  readonly jwksUrl: string
  readonly webhookUrl?: string
  /** `failing`: the retry plan of an event ran out. `disabled`: the address said it is gone (410). */
  readonly webhookState: (typeof webhookStates)[number]
  readonly payeeId: string
  readonly accountId: string
  readonly accountMask: string
  readonly names: MerchantNames
}

const select =
  'select clients.*, accounts.mask as account_mask from clients join accounts on accounts.id = clients.account_id'

export function findClient(db: Database, clientId: string): Client | undefined {
  const row = db.find(`${select} where clients.id = ?`, clientId)
  return row && buildClient(row)
}

export function getClient(db: Database, clientId: string): Client {
  const client = findClient(db, clientId)
  if (!client) throw new Error('a client that is referred to is missing')
  return client
}

/** The merchant behind a payee, whichever client it has. */
export function findClientOfPayee(db: Database, payeeId: string): Client | undefined {
  const row = db.find(`${select} where clients.payee_id = ?`, payeeId)
  return row && buildClient(row)
}

export function listClients(db: Database): Client[] {
  return db.list(`${select} order by clients.created_at, clients.id limit 1000`).map(buildClient)
}

interface NewClient {
  readonly id: string
  readonly jwksUrl: string
  readonly payeeId: string
  readonly accountId: string
  readonly names: MerchantNames
  readonly at: number
}

export function commitNewClient(db: Database, client: NewClient): void {
  const insert =
    'insert into clients (id, jwks_url, payee_id, account_id, name_zh, name_en, created_at) ' +
    'values (?, ?, ?, ?, ?, ?, ?)'
  const { id, jwksUrl, payeeId, accountId, names, at } = client
  db.run(insert, id, jwksUrl, payeeId, accountId, names.zh, names.en, at)
}

interface ClientChange {
  readonly jwksUrl: string
  readonly webhookUrl: string | undefined
  readonly names: MerchantNames
}

/** A new registration also gives a webhook that was given up another chance. */
export function commitClientChange(db: Database, clientId: string, change: ClientChange): void {
  const update =
    `update clients set jwks_url = ?, webhook_url = ?, name_zh = ?, name_en = ?, webhook_state = 'active' ` +
    `where id = ?`
  db.run(update, change.jwksUrl, change.webhookUrl ?? null, change.names.zh, change.names.en, clientId)
}

export function commitWebhookState(db: Database, clientId: string, state: Client['webhookState']): void {
  db.run('update clients set webhook_state = ? where id = ?', state, clientId)
}

function buildClient(row: Row): Client {
  const webhookUrl = findText(row, 'webhook_url')
  return {
    id: textOf(row, 'id'),
    jwksUrl: textOf(row, 'jwks_url'),
    webhookState: wordOf(row, 'webhook_state', webhookStates),
    payeeId: textOf(row, 'payee_id'),
    accountId: textOf(row, 'account_id'),
    accountMask: textOf(row, 'account_mask'),
    names: { zh: textOf(row, 'name_zh'), en: textOf(row, 'name_en') },
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
  }
}
