import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { postings, type Transfer as Written } from '../../test/vectors.ts'
import { foldBook, isOwnAccount, type Transfer } from './fold-book.ts'

const asText = (balances: ReadonlyMap<string, bigint>): Record<string, string> =>
  Object.fromEntries([...balances].map(([account, amount]) => [account, amount.toString()]))

function readTransfer({ kind, id, pending, dr, cr, amount, asset }: Written): Transfer {
  if (kind === 'post' || kind === 'void') {
    const part = amount === undefined ? {} : { amount: BigInt(amount) }
    return { kind, id, pending: pending ?? '', ...part }
  }
  return { kind, id, dr: dr ?? '', cr: cr ?? '', amount: BigInt(amount ?? 0), asset: asset ?? 'CNY' }
}

const single = (id: string, [dr, cr]: readonly [string, string], amount: bigint): Transfer => ({
  ...{ kind: 'single', id, dr, cr, amount, asset: 'CNY' },
})
const hold = (id: string, [dr, cr]: readonly [string, string], amount: bigint): Transfer => ({
  ...{ kind: 'pending', id, dr, cr, amount, asset: 'CNY' },
})
const post = (id: string, pending: string, amount?: bigint): Transfer => ({
  ...{ kind: 'post', id, pending, ...(amount === undefined ? {} : { amount }) },
})

describe('foldBook', () => {
  it.each(postings.map((posting) => [posting.id, posting.title, posting] as const))(
    'books as was agreed: %s, %s',
    (_id, _title, { steps, expected }) => {
      const { posted, pending, refused } = foldBook(steps.map(({ transfers }) => transfers.map(readTransfer)))
      expect({ balances: asText(posted), pending: asText(pending) }).toEqual(expected)
      expect(refused).toEqual([])
    },
  )

  const paid = hold('h', ['bank:b1:clearing', 'ext:customer:p1'], 100n)
  const purse: readonly [string, string] = ['promo:c1:escrow', 'ext:sponsor:t1']
  const claim = (id: string, amount: bigint): Transfer => single(id, ['ext:customer:p1', 'promo:c1:escrow'], amount)

  it.each([
    ['a second end', [[paid], [post('p', 'h')], [{ kind: 'void', id: 'v', pending: 'h' }]], 2, 'hold_ended'],
    ['a hold posted twice', [[paid], [post('p', 'h', 40n)], [post('q', 'h', 60n)]], 2, 'hold_ended'],
    ['more than was held', [[paid], [post('p', 'h', 101n)]], 1, 'more_than_held'],
    ['nothing of a hold', [[paid], [post('p', 'h', 0n)]], 1, 'amount_not_positive'],
    ['the end of no hold', [[post('p', 'h')]], 0, 'unknown_hold'],
    ['an id again', [[paid], [paid]], 1, 'id_taken'],
    ['an amount of nothing', [[single('s', ['a', 'b'], 0n)]], 0, 'amount_not_positive'],
    ['an account with itself', [[single('s', ['a', 'a'], 1n)]], 0, 'same_account'],
    ['more than is in the purse', [[single('f', purse, 100n)], [claim('c', 101n)]], 1, 'below_zero'],
    [
      'what a hold has taken already',
      [[single('f', purse, 100n)], [hold('h', ['ext:customer:p1', 'promo:c1:escrow'], 60n)], [claim('c', 41n)]],
      ...[2, 'below_zero'],
    ],
    ['what has not come yet', [[paid], [single('a', ['ext:tenant:t1:due', 'bank:b1:clearing'], 1n)]], 1, 'below_zero'],
  ] as [string, Transfer[][], number, string][])('refuses %s', (_what, groups, group, reason) => {
    expect(foldBook(groups).refused).toEqual([{ group, id: groups[group]?.[0]?.id, reason }])
    const { refused: _, ...without } = foldBook(groups.filter((_each, index) => index !== group))
    expect(foldBook(groups)).toMatchObject(without)
  })

  it('refuses a third refund by a floor under what the merchant is owed (P05)', () => {
    const steps = postings.find(({ id }) => id === 'P05')?.steps ?? []
    const third: Transfer = single('x', ['ext:customer:p1', 'ext:tenant:t1:due'], 1n)
    const groups = [...steps.map(({ transfers }) => transfers.map(readTransfer)), [third]]
    const owed = (account: string): boolean => isOwnAccount(account) || account === 'ext:tenant:t1:due'
    expect(foldBook(groups, owed).refused).toEqual([{ group: groups.length - 1, id: 'x', reason: 'below_zero' }])
  })

  it('books all of a group or none of it', () => {
    const groups = [[paid], [post('p', 'h'), single('a', ['ext:tenant:t1:due', 'bank:b1:clearing'], 101n)]]
    const { posted, pending, refused } = foldBook(groups)
    expect(refused).toEqual([{ group: 1, id: 'p', reason: 'below_zero' }])
    expect([asText(posted), asText(pending)]).toEqual([
      {},
      { 'bank:b1:clearing|CNY': '100', 'ext:customer:p1|CNY': '-100' },
    ])
    // Nothing of the refused group is remembered, so that the hold can still end.
    expect(foldBook([...groups, [post('p', 'h')]]).refused).toHaveLength(1)
  })
})

describe('whatever is booked', () => {
  const account = fc.constantFrom('bank:b1:clearing', 'promo:c1:escrow', 'ext:customer:p1', 'ext:tenant:t1:due')
  const id = fc.integer({ min: 0, max: 12 }).map(String)
  const moving = fc.record({
    kind: fc.constantFrom('single' as const, 'pending' as const),
    ...{ id, dr: account, cr: account, amount: fc.bigInt(0n, 9n), asset: fc.constantFrom('CNY', 'PTS') },
  })
  const ending = fc.record(
    { kind: fc.constantFrom('post' as const, 'void' as const), id, pending: id, amount: fc.bigInt(0n, 9n) },
    { requiredKeys: ['kind', 'id', 'pending'] },
  )
  const groups = fc.array(fc.array(fc.oneof(moving, ending), { minLength: 1, maxLength: 3 }), { maxLength: 12 })

  it('adds up to nothing for each asset, takes no own account below it, and forgets what it refuses', () => {
    fc.assert(
      fc.property(groups, (drawn: readonly (readonly Transfer[])[]) => {
        const { posted, pending, refused } = foldBook(drawn)
        for (const balances of [posted, pending])
          for (const asset of ['CNY', 'PTS']) {
            const amounts = [...balances].filter(([name]) => name.endsWith(asset)).map(([, amount]) => amount)
            expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(0n)
          }
        const own = [...posted].filter(([name]) => isOwnAccount(name.split('|')[0] ?? ''))
        expect(own.filter(([, amount]) => amount < 0n)).toEqual([])
        const kept = drawn.filter((_group, index) => refused.every(({ group }) => group !== index))
        expect(foldBook(kept)).toEqual({ posted, pending, refused: [] })
      }),
      { seed: getTestSeed(), numRuns: 500 },
    )
  })
})
