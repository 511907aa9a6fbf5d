import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { loanAccount, transfer } from '@inthread/sdk/capabilities'
import type { BookDeclaration } from '@inthread/sdk/capability'
import { money } from '@inthread/sdk/money'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { postings, type Transfer } from '../../test/vectors.ts'
import type { MovementRow } from '../schema/tables.ts'
import { buildHold, buildPosting, buildVoid, sumBook, type BookedOrder } from './movements.ts'

const order: BookedOrder = {
  tenantId: 't1',
  orderId: '019cbb4b-4c00-8e16-960a-75a7307e0b5b',
  bankId: 'b1',
  subscriberId: 'p1',
  amount: money('128.00', 'CNY'),
}
const caseOf = (id: string) => {
  const found = postings.find((posting) => posting.id === id)
  if (!found) throw new Error(`there is no posting ${id}`)
  return found
}
const asText = (balances: ReadonlyMap<string, bigint>): Record<string, string> =>
  Object.fromEntries([...balances].toSorted().map(([account, amount]) => [account, amount.toString()]))
const transfersOf = (id: string, ...steps: readonly number[]): readonly Transfer[] =>
  steps.flatMap((step) => caseOf(id).steps[step]?.transfers ?? [])

/** What a row moves, without names that only we give. */
function moved(rows: readonly MovementRow[]): unknown[] {
  const kinds = new Map(rows.map((row) => [row.id, row.kind]))
  return rows.map(({ kind, dr, cr, amount_minor: amount, pending_id: pending }) =>
    pending === null ? { kind, dr, cr, amount: amount.toString() } : { kind, ends: kinds.get(pending) },
  )
}

function agreed(transfers: readonly Transfer[]): unknown[] {
  const kinds = new Map(transfers.map((transfer) => [transfer.id, transfer.kind]))
  return transfers.map(({ kind, dr, cr, amount, pending }) =>
    pending === undefined ? { kind, dr, cr, amount } : { kind, ends: kinds.get(pending) },
  )
}

describe('the book of a payment', () => {
  it('that succeeds: held, posted, and given to the merchant less the fee (P01)', () => {
    const rows = [buildHold(order, 1), ...buildPosting(order, money('0.77', 'CNY'), 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P01', 0, 1, 2)))
    const { posted, pending } = sumBook(rows)
    expect([asText(posted), asText(pending)]).toEqual([caseOf('P01').expected.balances, caseOf('P01').expected.pending])
  })

  it('that is refused: held and let go (P02)', () => {
    const rows = [buildHold(order, 1), buildVoid(order, 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P02', 0, 1)))
    const { posted, pending } = sumBook(rows)
    expect([asText(posted), asText(pending)]).toEqual([caseOf('P02').expected.balances, caseOf('P02').expected.pending])
  })

  it('that is unknown for a while: nothing moves until it is known (P03)', () => {
    const held = [buildHold(order, 1)]
    expect(transfersOf('P03', 1)).toEqual([])
    expect(asText(sumBook(held).pending)).toEqual({ 'bank:b1:clearing|CNY': '12800', 'ext:customer:p1|CNY': '-12800' })
    const [post] = buildPosting(order, money('0', 'CNY'), 9)
    const rows = post ? [...held, post] : held
    expect(moved(rows)).toEqual(agreed(transfersOf('P03', 0, 2)))
    const { posted, pending } = sumBook(rows)
    expect([asText(posted), asText(pending)]).toEqual([caseOf('P03').expected.balances, caseOf('P03').expected.pending])
  })

  it('leaves nothing in clearing when it is through', () => {
    const rows = [buildHold(order, 1), ...buildPosting(order, money('0', 'CNY'), 2)]
    expect(asText(sumBook(rows).posted)).toEqual({ 'ext:customer:p1|CNY': '-12800', 'ext:tenant:t1:due|CNY': '12800' })
  })

  it('names its rows after the order, so that a second end finds the first one’s place taken', () => {
    const [hold, end] = [buildHold(order, 1), buildVoid(order, 2)]
    const [post, allocation, fee] = buildPosting(order, money('0.77', 'CNY'), 3)
    expect([post?.id, post?.pending_id]).toEqual([end.id, hold.id])
    expect(new Set([hold.id, end.id, allocation?.id, fee?.id]).size).toBe(4)
    expect(buildHold(order, 99).id).toBe(hold.id)
  })
})

describe('the book of what is no payment', () => {
  const none = money('0', 'CNY')

  it('a transfer goes from the user to the payee and through nobody else (P08)', () => {
    const { book } = transfer.operations.send
    const sent: BookedOrder = { ...order, amount: money('500.00', 'CNY'), book, payeeId: 'p2' }
    const rows = [buildHold(sent, 1), ...buildPosting(sent, none, 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P08', 0, 1)))
    expect(asText(sumBook(rows).posted)).toEqual(caseOf('P08').expected.balances)
  })

  it.each(['repay', 'repayBill'] as const)('what is paid back with %s goes to the bank alone (P14)', (operation) => {
    const { book } = loanAccount.operations[operation]
    const paid: BookedOrder = { ...order, amount: money('2098.49', 'CNY'), book, payeeId: 'bnk_b1' }
    const rows = [buildHold(paid, 1), ...buildPosting(paid, none, 2)]
    const { balances } = caseOf('P14').expected
    // What is owed on the loan itself is the bank's to note.
    const ours = Object.entries(balances).filter(([account]) => account.startsWith('ext:'))
    expect(asText(sumBook(rows).posted)).toEqual(Object.fromEntries(ours))
  })

  it('a bill goes through clearing to its biller (P06)', () => {
    const book: BookDeclaration = {
      hold: { debit: 'bank:{bank}:clearing', credit: 'ext:customer:{user}' },
      then: { debit: 'ext:biller:{payee}', credit: 'bank:{bank}:clearing' },
    }
    const bill: BookedOrder = { ...order, amount: money('86.50', 'CNY'), book, payeeId: 'power' }
    const rows = [buildHold(bill, 1), ...buildPosting(bill, none, 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P06', 0, 1, 2)))
  })
})

describe('sumBook', () => {
  it('comes to nothing over all accounts of a currency, whatever was paid', () => {
    const payment = fc.record({
      amount: fc.bigInt(1n, 2n ** 62n),
      feeShare: fc.nat(100),
      ending: fc.constantFrom('held', 'paid', 'refused'),
      currency: fc.constantFrom('CNY', 'USD'),
    })
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 20 }), (payments) => {
        const rows = payments.flatMap(({ amount, feeShare, ending, currency }, index) => {
          const one = {
            ...order,
            orderId: `019cbb4b-4c00-8e16-960a-${String(index).padStart(12, '0')}`,
            amount: { amountMinor: amount, currency },
          }
          const fee = { amountMinor: (amount * BigInt(feeShare)) / 1000n, currency }
          const end = ending === 'paid' ? buildPosting(one, fee, 2) : ending === 'refused' ? [buildVoid(one, 2)] : []
          return [buildHold(one, 1), ...end]
        })
        const { posted, pending } = sumBook(rows)
        for (const balances of [posted, pending])
          for (const currency of ['CNY', 'USD'])
            expect(
              [...balances].reduce((sum, [name, amount]) => sum + (name.endsWith(currency) ? amount : 0n), 0n),
            ).toBe(0n)
        const held = payments.filter(({ ending }) => ending === 'held').reduce((sum, { amount }) => sum + amount, 0n)
        const clearing = ['CNY', 'USD'].reduce(
          (sum, currency) => sum + (pending.get(`bank:b1:clearing|${currency}`) ?? 0n),
          0n,
        )
        expect(clearing).toBe(held)
      }),
      { seed: getTestSeed(), numRuns: 100 },
    )
  })
})
