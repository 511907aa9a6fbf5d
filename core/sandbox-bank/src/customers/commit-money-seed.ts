import { cardAccounts } from '../notices/card-accounts.ts'
import { billers, billerAccountOf } from '../bills/billers.ts'
import { commitAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { commitSingle } from '../ledger/transfers.store.ts'
import { commitPointsLot, openPointsAccount, pointsAccounts } from '../points/points.store.ts'
import { outsideAccountOf, outsideBanks } from '../transfers/banks.ts'
import { commitDirectoryEntry } from '../transfers/directory.store.ts'
import { commitCustomer, commitPhone, type SealedBooks } from './customers.store.ts'

const dayMs = 24 * 3_600_000

/** Who can be sent money and does not bank here. */
const outside = [
  { phone: '+8613900000000', bank: 'luzhou-bank', name: '王小明', mask: '****8802' },
  { phone: '+8613600001111', bank: 'southern-bank', name: '李桂兰', mask: '****5147' },
] as const

/** Points by phone, the lots that end first first. */
const lots = [
  { phone: '+8613800000001', points: 1_200n, lifeDays: 90 },
  { phone: '+8613800000001', points: 800n, lifeDays: 365 },
  { phone: '+8613800000004', points: 50_000n, lifeDays: 365 },
] as const

/** Billers, people elsewhere, points, a rich customer, and a card that has to be bound. */
export function commitMoneySeed(books: SealedBooks, at: number): void {
  for (const { id } of billers) commitAccount(books.db, { id: billerAccountOf(id), kind: 'biller' })
  for (const bank of outsideBanks) commitAccount(books.db, { id: outsideAccountOf(bank), kind: 'outside' })
  for (const id of Object.values(cardAccounts)) commitAccount(books.db, { id, kind: 'outside' })
  for (const { phone, ...entry } of outside) commitDirectoryEntry(books, phone, { ...entry, state: 'held' })
  commitAccount(books.db, { id: pointsAccounts.pool, kind: 'issuer', currency: 'PTS' })
  commitAccount(books.db, { id: pointsAccounts.issuer, kind: 'issuer' })
  for (const [index, { phone, points, lifeDays }] of lots.entries()) {
    const customerId = books.vault.idOf('cus', phone)
    const accountId = openPointsAccount(books, customerId)
    const lot = { id: books.vault.idOf('lot', phone, index), accountId, amountMinor: points }
    commitPointsLot(books, { ...lot, at, expiresAt: at + lifeDays * dayMs })
  }
  const unbound = { phone: '+8613800000001', mask: '****6688', balanceMinor: 200_000n, listed: false }
  commitMoneyAccount(books, { ...unbound, at })
  commitRich(books, at)
}

function commitRich(books: SealedBooks, at: number): void {
  const phone = '+8613800000007'
  const id = books.vault.idOf('cus', phone)
  commitCustomer(books, { id, name: '周启明', bornOn: '1973-05-20', at })
  commitPhone(books, phone, { customerId: id, state: 'held' })
  commitMoneyAccount(books, { phone, mask: '****6007', balanceMinor: 62_000_000n, listed: true, at })
}

interface MoneyAccount {
  readonly phone: string
  readonly mask: string
  readonly balanceMinor: bigint
  readonly listed: boolean
  readonly at: number
}

function commitMoneyAccount(books: SealedBooks, { phone, mask, balanceMinor, listed, at }: MoneyAccount): void {
  const customerId = books.vault.idOf('cus', phone)
  const id = books.vault.idOf('acc', 'customer', phone, mask)
  commitAccount(books.db, { id, kind: 'customer', customerId, mask, listed, preferred: listed })
  const opening = { id: books.vault.idOf('trf', 'opening', id), dr: id, cr: ownAccounts.treasury }
  commitSingle(books.db, { ...opening, amountMinor: balanceMinor, currency: 'CNY', at })
}
