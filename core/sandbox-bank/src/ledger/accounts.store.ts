import type { Database } from '../store/database.store.ts'
import { findText, minorOf, numberOf, textOf, wordOf, type Row } from '../store/row.ts'

/** The first seven may never be overdrawn beyond their limit; the others are the bank's own side of something. */
const kinds = [
  ...(['customer', 'merchant', 'card', 'wallet', 'points', 'units', 'promo'] as const),
  ...(['clearing', 'fees', 'treasury', 'lending', 'collections', 'loan', 'memo'] as const),
  ...(['product', 'insurer', 'biller', 'issuer', 'outside'] as const),
] as const
/** `inactive`: a card that nobody has activated yet. */
const states = ['open', 'frozen', 'inactive'] as const

/** Money at the bank. Balance = debited − credited; `heldMinor` of it waits for pending transfers. */
export interface Account {
  readonly id: string
  readonly kind: (typeof kinds)[number]
  readonly customerId?: string
  readonly clientId?: string
  readonly mask?: string
  /** The account a customer pays from unless told otherwise. */
  readonly preferred: boolean
  readonly state: (typeof states)[number]
  readonly currency: string
  readonly balanceMinor: bigint
  readonly heldMinor: bigint
  /** How far below zero it may go: the credit line of a card. */
  readonly limitMinor: bigint
}

/** The bank's own accounts. Money between payer and payee rests in clearing; all money came from the treasury. */
export const ownAccounts = { clearing: 'acc_clearing', fees: 'acc_fees', treasury: 'acc_treasury' } as const

export interface NewAccount {
  readonly id: string
  readonly kind: Account['kind']
  readonly customerId?: string
  readonly clientId?: string
  readonly mask?: string
  readonly preferred?: boolean
  readonly state?: Account['state']
  /** `CNY` unless it counts something else, such as points or units. */
  readonly currency?: string
  readonly limitMinor?: bigint
  /** False for a card that a link shows only once it was bound. */
  readonly listed?: boolean
}

export const currency = 'CNY'

export function commitAccount(db: Database, account: NewAccount): void {
  const { id, kind, customerId = null, clientId = null, mask = null, preferred = false } = account
  const { state = 'open', currency: asset = currency, limitMinor = 0n, listed = true } = account
  const insert =
    'insert into accounts (id, kind, customer_id, client_id, mask, preferred, state, currency, limit_minor, ' +
    'listed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
  db.run(insert, id, kind, customerId, clientId, mask, preferred ? 1 : 0, state, asset, limitMinor, listed ? 1 : 0)
}

export function findAccount(db: Database, accountId: string): Account | undefined {
  const row = db.find('select * from accounts where id = ?', accountId)
  return row && buildAccount(row)
}

export function getAccount(db: Database, accountId: string): Account {
  const account = findAccount(db, accountId)
  if (!account) throw new Error('an account that is referred to is missing')
  return account
}

/** What a customer may pay from, the preferred account first. */
export function listAccountsOfCustomer(db: Database, customerId: string): Account[] {
  const select =
    `select * from accounts where customer_id = ? and kind in ('customer', 'card') ` +
    'order by preferred desc, kind desc, id limit 50'
  return db.list(select, customerId).map(buildAccount)
}

export function listAccounts(db: Database, limit: number): Account[] {
  return db.list('select * from accounts order by kind, id limit ?', limit).map(buildAccount)
}

export function commitAccountState(db: Database, accountId: string, state: Account['state']): boolean {
  return (
    db.run(
      `update accounts set state = ? where id = ? and kind in ('customer', 'card', 'wallet')`,
      state,
      accountId,
    ) === 1
  )
}

export function buildAccount(row: Row): Account {
  const optional = {
    customerId: findText(row, 'customer_id'),
    clientId: findText(row, 'client_id'),
    mask: findText(row, 'mask'),
  }
  return {
    id: textOf(row, 'id'),
    kind: wordOf(row, 'kind', kinds),
    ...(optional.customerId === undefined ? {} : { customerId: optional.customerId }),
    ...(optional.clientId === undefined ? {} : { clientId: optional.clientId }),
    ...(optional.mask === undefined ? {} : { mask: optional.mask }),
    preferred: numberOf(row, 'preferred') === 1,
    state: wordOf(row, 'state', states),
    currency: textOf(row, 'currency'),
    balanceMinor: minorOf(row, 'balance_minor'),
    heldMinor: minorOf(row, 'held_minor'),
    limitMinor: minorOf(row, 'limit_minor'),
  }
}
