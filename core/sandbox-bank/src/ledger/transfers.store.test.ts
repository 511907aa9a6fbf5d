import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../store/database.store.ts'
import { commitAccount, currency, findAccount } from './accounts.store.ts'
import {
  commitPending,
  commitPost,
  commitSingle,
  commitVoid,
  getPending,
  listTotals,
  listTransfers,
} from './transfers.store.ts'

let folder: string
let db: Database

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  db = openDatabase(join(folder, 'books.db'))
  commitAccount(db, { id: 'treasury', kind: 'treasury' })
  commitAccount(db, { id: 'clearing', kind: 'clearing' })
  commitAccount(db, { id: 'customer', kind: 'customer' })
  commitSingle(db, { id: 'opening', dr: 'customer', cr: 'treasury', amountMinor: 1_000n, currency, at: 0 })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const hold = (id: string, amountMinor: bigint): boolean =>
  commitPending(db, { id, dr: 'clearing', cr: 'customer', amountMinor, currency, paymentId: id, at: 0 })

function customer(): [bigint, bigint] {
  const { balanceMinor = -1n, heldMinor = -1n } = findAccount(db, 'customer') ?? {}
  return [balanceMinor, heldMinor]
}

describe('a hold', () => {
  test('takes from what is free, to the last unit and not further', () => {
    expect([hold('a', 600n), hold('b', 401n), hold('c', 400n), hold('d', 1n)]).toEqual([true, false, true, false])
    expect(customer()).toEqual([1_000n, 1_000n])
  })

  test('is posted or voided once', () => {
    hold('a', 600n)
    const pending = getPending(db, 'a')
    commitPost(db, pending, { id: 'a-post', at: 1 })
    expect(() => commitPost(db, pending, { id: 'a-again', at: 2 })).toThrow(/UNIQUE/)
    expect(() => commitVoid(db, pending, { id: 'a-void', at: 2 })).toThrow(/UNIQUE/)
    expect(customer()).toEqual([400n, 0n])
  })

  test('in another currency finds no money', () => {
    expect(
      commitPending(db, { id: 'x', dr: 'clearing', cr: 'customer', amountMinor: 1n, currency: 'USD', at: 0 }),
    ).toBe(false)
  })
})

describe('the database itself', () => {
  test('refuses to overdraw a customer by any other way', () => {
    const movement = { id: 'x', dr: 'clearing', cr: 'customer', amountMinor: 1_001n, currency, at: 0 }
    expect(() => db.transaction(() => commitSingle(db, movement))).toThrow(/CHECK/)
    expect(listTransfers(db, 10)).toHaveLength(1)
  })

  test('refuses to change or remove a line', () => {
    expect(() => db.run('update transfers set amount_minor = 1')).toThrow(/append-only/)
    expect(() => db.run('delete from transfers')).toThrow(/append-only/)
  })

  test('keeps amounts beyond 2^53 exact', () => {
    const amountMinor = 9_007_199_254_740_993n
    commitSingle(db, { id: 'big', dr: 'customer', cr: 'treasury', amountMinor, currency, at: 0 })
    expect(customer()).toEqual([amountMinor + 1_000n, 0n])
  })
})

test('whatever is held, posted and voided in whatever order, nothing is made, lost or overdrawn', () => {
  const step = fc.record({
    kind: fc.constantFrom('hold', 'post', 'void'),
    amount: fc.bigInt(1n, 500n),
    which: fc.nat(5),
  })
  let run = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      run += 1
      const open: string[] = []
      for (const [index, { kind, amount, which }] of steps.entries()) {
        const id = `${run}-${index}`
        if (kind === 'hold') {
          if (hold(id, amount)) open.push(id)
          continue
        }
        const [held] = open.splice(which % Math.max(open.length, 1), 1)
        if (held === undefined) continue
        const end = { id, at: 0 }
        if (kind === 'post') commitPost(db, getPending(db, held), end)
        else commitVoid(db, getPending(db, held), end)
      }
      for (const held of open) commitVoid(db, getPending(db, held), { id: `${held}-end`, at: 0 })
      const [balance, heldMinor] = customer()
      expect(balance >= 0n && heldMinor === 0n).toBe(true)
      expect(listTotals(db)).toEqual([{ currency, totalMinor: 0n }])
    }),
    { numRuns: 40 },
  )
})
