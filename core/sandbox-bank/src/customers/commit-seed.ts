import { commitAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { commitSingle } from '../ledger/transfers.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { commitBusinessSeed } from './commit-business-seed.ts'
import { commitMoneySeed } from './commit-money-seed.ts'
import { commitOnce } from './commit-once.ts'
import { commitCustomer, commitPhone, type SealedBooks } from './customers.store.ts'

interface SeedAccount {
  readonly mask: string
  readonly balanceMinor: bigint
}

interface SeedCustomer {
  readonly phone: string
  readonly name: string
  readonly bornOn: string
  /** The first one is the account paid from unless another is chosen. */
  readonly accounts: readonly SeedAccount[]
  /** The carrier has given the number to somebody else. */
  readonly reassigned?: true
}

/** The invented people of the sandbox. +8613800000003 is left out on purpose: nobody at this bank has that number. */
const people: readonly SeedCustomer[] = [
  {
    phone: '+8613800000001',
    name: '林晓雨',
    bornOn: '1991-04-12',
    accounts: [{ mask: '****1234', balanceMinor: 312_045n }],
  },
  {
    phone: '+8613800000002',
    name: '陈建国',
    bornOn: '1968-11-03',
    accounts: [{ mask: '****5008', balanceMinor: 5_000n }],
  },
  {
    phone: '+8613800000004',
    name: '欧阳明月',
    bornOn: '1985-07-29',
    accounts: [
      { mask: '****2204', balanceMinor: 80_000n },
      { mask: '****7719', balanceMinor: 150_000n },
    ],
  },
  {
    phone: '+8613800000005',
    name: '赵子涵',
    bornOn: '1979-02-17',
    accounts: [{ mask: '****9050', balanceMinor: 1_000n }],
    reassigned: true,
  },
  {
    phone: '+8613800000006',
    name: '孙一诺',
    bornOn: '2012-09-01',
    accounts: [{ mask: '****3306', balanceMinor: 20_000n }],
  },
]

/** Opens the bank's own accounts and brings in the first customers, once in the life of a data folder. */
export function commitSeed(books: SealedBooks, at: number): void {
  commitOnce(books, 'seeded', () => {
    commitAccount(books.db, { id: ownAccounts.clearing, kind: 'clearing' })
    commitAccount(books.db, { id: ownAccounts.fees, kind: 'fees' })
    commitAccount(books.db, { id: ownAccounts.treasury, kind: 'treasury' })
    for (const person of people) commitPerson(books, person, at)
  })
  commitOnce(books, 'seeded money', () => commitMoneySeed(books, at))
  commitOnce(books, 'seeded businesses', () => commitBusinessSeed(books))
}

/** Somebody opens an account, still empty, at a branch that the sandbox has not; the number is nobody's so far. */
export function commitNewcomer(
  books: SealedBooks,
  { phone, name }: { phone: string; name: string },
  at: number,
): string {
  const mask = `****${books.vault.codeOf(books.vault.idOf('acc', 'customer', phone, 0)).slice(0, 4)}`
  commitPerson(books, { phone, name, bornOn: '1990-01-01', accounts: [{ mask, balanceMinor: 0n }] }, at)
  return mask
}

function commitPerson(books: SealedBooks, person: SeedCustomer, at: number): void {
  const customerId = books.vault.idOf('cus', person.phone)
  commitCustomer(books, { id: customerId, name: person.name, bornOn: person.bornOn, at })
  commitPhone(books, person.phone, { customerId, state: person.reassigned ? 'reassigned' : 'held' })
  for (const [index, { mask, balanceMinor }] of person.accounts.entries()) {
    const accountId = books.vault.idOf('acc', 'customer', person.phone, index)
    commitAccount(books.db, { id: accountId, kind: 'customer', customerId, mask, preferred: index === 0 })
    if (balanceMinor > 0n) commitOpeningBalance(books, { accountId, balanceMinor, at })
  }
}

interface Opening {
  readonly accountId: string
  readonly balanceMinor: bigint
  readonly at: number
}

function commitOpeningBalance(books: SealedBooks, { accountId, balanceMinor, at }: Opening): void {
  const id = books.vault.idOf('trf', 'opening', accountId)
  commitSingle(books.db, { id, dr: accountId, cr: ownAccounts.treasury, amountMinor: balanceMinor, currency, at })
}
