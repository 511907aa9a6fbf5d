import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  bills,
  consumerLoan,
  escrow,
  instalments,
  insurance,
  loanAccount,
  merchantLoan,
  points,
  standardCapabilities,
  transfer,
  wallet,
  wealth,
} from '@inthread/sdk/capabilities'
import type { OperationDeclaration } from '@inthread/sdk/capability'
import { money } from '@inthread/sdk/money'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { postings, type Transfer } from '../../test/vectors.ts'
import type { MovementRow } from '../schema/tables.ts'
import {
  buildAfter,
  buildHolds,
  buildPosting,
  buildVoids,
  pairsOf,
  sumBook,
  sumForMerchant,
  type BookedOrder,
} from './movements.ts'
import { buildRefundHold, buildRefundPosting, buildRefundVoid } from './refund-movements.ts'

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
  return rows.map(({ kind, dr, cr, amount_minor: amount, pending_id: pending, currency }) =>
    pending === null
      ? { kind, dr, cr, amount: amount.toString(), ...(currency === 'CNY' ? {} : { asset: currency }) }
      : { kind, ends: kinds.get(pending) },
  )
}

function agreed(transfers: readonly Transfer[]): unknown[] {
  const kinds = new Map(transfers.map((transfer) => [transfer.id, transfer.kind]))
  return transfers.map(({ kind, dr, cr, amount, pending, asset }) =>
    pending === undefined
      ? { kind, dr, cr, amount, ...(asset === undefined ? {} : { asset }) }
      : { kind, ends: kinds.get(pending) },
  )
}

describe('the book of a payment', () => {
  it('that succeeds: held, posted, and given to the merchant less the fee (P01)', () => {
    const rows = [...buildHolds(order, 1), ...buildPosting(order, money('0.77', 'CNY'), 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P01', 0, 1, 2)))
    const { posted, pending } = sumBook(rows)
    expect([asText(posted), asText(pending)]).toEqual([caseOf('P01').expected.balances, caseOf('P01').expected.pending])
  })

  it('that is refused: held and let go (P02)', () => {
    const rows = [...buildHolds(order, 1), ...buildVoids(order, 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P02', 0, 1)))
    const { posted, pending } = sumBook(rows)
    expect([asText(posted), asText(pending)]).toEqual([caseOf('P02').expected.balances, caseOf('P02').expected.pending])
  })

  it('that is unknown for a while: nothing moves until it is known (P03)', () => {
    const held = buildHolds(order, 1)
    expect(transfersOf('P03', 1)).toEqual([])
    expect(asText(sumBook(held).pending)).toEqual({ 'bank:b1:clearing|CNY': '12800', 'ext:customer:p1|CNY': '-12800' })
    const [post] = buildPosting(order, money('0', 'CNY'), 9)
    const rows = post ? [...held, post] : held
    expect(moved(rows)).toEqual(agreed(transfersOf('P03', 0, 2)))
    const { posted, pending } = sumBook(rows)
    expect([asText(posted), asText(pending)]).toEqual([caseOf('P03').expected.balances, caseOf('P03').expected.pending])
  })

  it('leaves nothing in clearing when it is through', () => {
    const rows = [...buildHolds(order, 1), ...buildPosting(order, money('0', 'CNY'), 2)]
    expect(asText(sumBook(rows).posted)).toEqual({ 'ext:customer:p1|CNY': '-12800', 'ext:tenant:t1:due|CNY': '12800' })
  })

  it('names its rows after the order, so that a second end finds the first one’s place taken', () => {
    const [[hold], [end]] = [buildHolds(order, 1), buildVoids(order, 2)]
    const [post, allocation, fee] = buildPosting(order, money('0.77', 'CNY'), 3)
    expect([post?.id, post?.pending_id]).toEqual([end?.id, hold?.id])
    expect(new Set([hold?.id, end?.id, allocation?.id, fee?.id]).size).toBe(4)
    expect(buildHolds(order, 99)[0]?.id).toBe(hold?.id)
  })
})

describe('the book of what is no payment', () => {
  const none = money('0', 'CNY')

  it('a transfer goes from the user to the payee and through nobody else (P08)', () => {
    const { book } = transfer.operations.send
    const sent: BookedOrder = { ...order, amount: money('500.00', 'CNY'), book, payeeId: 'p2' }
    const rows = [...buildHolds(sent, 1), ...buildPosting(sent, none, 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P08', 0, 1)))
    expect(asText(sumBook(rows).posted)).toEqual(caseOf('P08').expected.balances)
  })

  it('is corrected between whoever pays and whoever has it in the end', () => {
    const endsOf = (book: BookedOrder['book']): readonly string[] => {
      const { money: pair, fee } = pairsOf(book ? { book } : {})
      return [pair.credit, pair.debit, fee.credit]
    }
    const [user, tenant] = ['ext:customer:{user}', 'ext:tenant:{tenant}:due']
    expect(endsOf(undefined)).toEqual([user, tenant, tenant])
    expect(endsOf(transfer.operations.send.book)).toEqual([user, 'ext:payee:{payee}', user])
    expect(endsOf(bills.operations.pay.book)).toEqual([user, 'ext:biller:{payee}', user])
    expect(endsOf(consumerLoan.operations.finance.book)).toEqual(['ext:bank:{bank}:lending', tenant, tenant])
  })

  it('a transfer that comes back is booked the other way (P09), and its fee is the user’s', () => {
    const { book } = transfer.operations.send
    const sent: BookedOrder = { ...order, book, payeeId: 'p2' }
    const rows = [...buildHolds(sent, 1), ...buildPosting(sent, money('1.00', 'CNY'), 2)]
    expect(asText(sumBook(rows).posted)).toEqual({
      'bank:b1:fee-income|CNY': '100',
      'ext:customer:p1|CNY': '-12900',
      'ext:payee:p2|CNY': '12800',
    })
    const back = buildAfter(sent, 'returned', 3)
    expect(asText(sumBook([...rows, ...back]).posted)).toEqual({
      'bank:b1:fee-income|CNY': '100',
      'ext:customer:p1|CNY': '-100',
    })
    expect([buildAfter(sent, 'scheduled', 3), buildAfter(sent, 'toString', 3)]).toEqual([[], []])
  })

  it.each(['repay', 'repayBill'] as const)('what is paid back with %s goes to the bank alone (P14)', (operation) => {
    const { book } = loanAccount.operations[operation]
    const paid: BookedOrder = { ...order, amount: money('2098.49', 'CNY'), book, payeeId: 'bnk_b1' }
    const rows = [...buildHolds(paid, 1), ...buildPosting(paid, none, 2)]
    const { balances } = caseOf('P14').expected
    // What is owed on the loan itself is the bank's to note.
    const ours = Object.entries(balances).filter(([account]) => account.startsWith('ext:'))
    expect(asText(sumBook(rows).posted)).toEqual(Object.fromEntries(ours))
  })

  it.each(['pay', 'topUp'] as const)('a bill goes through clearing to its biller (P06): %s', (operation) => {
    const { book } = bills.operations[operation]
    const bill: BookedOrder = { ...order, amount: money('86.50', 'CNY'), book, payeeId: 'power' }
    const rows = [...buildHolds(bill, 1), ...buildPosting(bill, none, 2)]
    expect(moved(rows)).toEqual(agreed(transfersOf('P06', 0, 1, 2)))
  })

  it('points and money are held together and move together, and the issuer pays for the points (P11)', () => {
    const { book } = points.operations.pay
    const counted = { points: { minor: '2000' }, worth: { minor: '2000', currency: 'CNY' } }
    const part: BookedOrder = { ...order, amount: money('79.00', 'CNY'), book, counted }
    const held = buildHolds(part, 1)
    expect(moved(held).toReversed()).toEqual(agreed(transfersOf('P11', 0)))
    const posting = buildPosting(part, none, 2)
    expect(posting.map(({ kind }) => kind)).toEqual(['post', 'post', 'single', 'single', 'single'])
    expect(posting[3]).toMatchObject({ dr: 'bank:b1:clearing', cr: 'ext:points-issuer', amount_minor: 2000n })
    expect(asText(sumBook([...held, ...posting]).posted)).toEqual({
      ...without(caseOf('P11').expected.balances, 'bank:b1:clearing|CNY'),
      // What is in clearing there goes on to the merchant.
      'ext:tenant:t1:due|CNY': '9900',
    })
    expect(sumForMerchant(part)).toBe(9900n)
    const let_go = sumBook([...held, ...buildVoids(part, 2)])
    expect([let_go.posted.size, let_go.pending.size]).toEqual([0, 0])
    expect(buildHolds({ ...order, book }, 1)).toHaveLength(1)
  })

  it('a loan is the bank’s money, and what is owed stands beside it (P13)', () => {
    const { book } = consumerLoan.operations.finance
    const loan: BookedOrder = { ...order, amount: money('18800.00', 'CNY'), book }
    const rows = [...buildHolds(loan, 1), ...buildPosting(loan, none, 2)]
    const named = JSON.parse(JSON.stringify(asText(sumBook(rows).posted)).replaceAll(order.orderId, 'l1'))
    expect(named).toEqual(caseOf('P13').expected.balances)
    expect(sumForMerchant(loan)).toBe(1_880_000n)
    const own = merchantLoan.operations.borrow.book
    expect(sumForMerchant({ ...loan, book: own })).toBe(0n)
  })

  it('what is given back of a loan goes to the bank, and lowers what is owed', () => {
    const { book } = consumerLoan.operations.finance
    const loan: BookedOrder = { ...order, amount: money('18800.00', 'CNY'), book }
    const refund = { tenant_id: 't1', id: order.orderId.replace('b5b', 'b5c'), order_id: order.orderId, bank_id: 'b1' }
    const booked = { refund: { ...refund, amount_minor: 880_000n, currency: 'CNY' }, order: loan }
    const rows = [...buildHolds(loan, 1), ...buildPosting(loan, none, 2)]
    const back = [buildRefundHold(booked, 3), ...buildRefundPosting(booked, 0n, 4)]
    const named = JSON.stringify(asText(sumBook([...rows, ...back]).posted)).replaceAll(order.orderId, 'l1')
    expect(JSON.parse(named)).toEqual({
      'ext:bank:b1:lending|CNY': '-1000000',
      'ext:tenant:t1:due|CNY': '1000000',
      'loan:l1:memo|CNY': '-1000000',
      'loan:l1:principal|CNY': '1000000',
    })
    const nothing = sumBook([...rows, buildRefundHold(booked, 3), buildRefundVoid(booked, 4)])
    expect(asText(nothing.posted)).toEqual(asText(sumBook(rows).posted))
  })

  it('what is given back of a purchase in parts goes to the customer, whose card had paid', () => {
    const { book } = instalments.operations.purchase
    const plan: BookedOrder = { ...order, amount: money('1000.00', 'CNY'), book }
    const refund = { tenant_id: 't1', id: order.orderId.replace('b5b', 'b5c'), order_id: order.orderId, bank_id: 'b1' }
    const booked = { refund: { ...refund, amount_minor: 40_000n, currency: 'CNY' }, order: plan }
    const rows = [...buildHolds(plan, 1), ...buildPosting(plan, money('18.00', 'CNY'), 2)]
    const back = [buildRefundHold(booked, 3), ...buildRefundPosting(booked, 720n, 4)]
    expect(asText(sumBook([...rows, ...back]).posted)).toEqual({
      'bank:b1:fee-income|CNY': '1080',
      'ext:customer:p1|CNY': '-60000',
      'ext:tenant:t1:due|CNY': '58920',
    })
  })

  it.each([
    ['wealth.subscribe', wealth.operations.subscribe.book, { 'ext:customer:p1': '-12800', 'ext:product:w1': '12800' }],
    ['wealth.redeem', wealth.operations.redeem.book, { 'ext:customer:p1': '12800', 'ext:product:w1': '-12800' }],
    ['wallet.load', wallet.operations.load.book, { 'ecny:p1': '12800', 'ext:customer:p1': '-12800' }],
    ['wallet.unload', wallet.operations.unload.book, { 'ecny:p1': '-12800', 'ext:customer:p1': '12800' }],
    ['insurance.bind', insurance.operations.bind.book, { 'ext:customer:p1': '-12800', 'ext:insurer:p2': '12800' }],
    [
      'instalments.purchase',
      instalments.operations.purchase.book,
      { 'ext:customer:p1': '-12800', 'ext:tenant:t1:due': '12800' },
    ],
  ] as const)('%s goes where it goes (P15, P16, P20)', (_name, book, expected) => {
    const other: BookedOrder = { ...order, book, payeeId: 'p2', product: 'w1' }
    const { posted, pending } = sumBook([...buildHolds(other, 1), ...buildPosting(other, none, 2)])
    const balances = Object.entries(asText(posted)).map(([account, amount]) => [account.replace('|CNY', ''), amount])
    expect([Object.fromEntries(balances), pending.size]).toEqual([expected, 0])
  })

  it('of which only a part has moved leaves the rest where it was (P21)', () => {
    const { book } = wealth.operations.subscribe
    const filled: BookedOrder = { ...order, book, payeeId: 'p2', product: 'w1', movedMinor: 5000n }
    const { posted, pending } = sumBook([...buildHolds(filled, 1), ...buildPosting(filled, none, 2)])
    expect(asText(posted)).toEqual({ 'ext:customer:p1|CNY': '-5000', 'ext:product:w1|CNY': '5000' })
    expect(pending.size).toBe(0)
    expect(sumBook([...buildHolds(filled, 1), ...buildVoids(filled, 2)]).posted.size).toBe(0)
  })

  it('a safe hand keeps it until it is let go: to the seller, or back', () => {
    const { book } = escrow.operations.pay
    const kept: BookedOrder = { ...order, book }
    const rows = [...buildHolds(kept, 1), ...buildPosting(kept, none, 2)]
    expect(sumForMerchant(kept)).toBe(0n)
    expect(asText(sumBook([...rows, ...buildAfter(kept, 'released', 3)]).posted)).toEqual({
      'ext:customer:p1|CNY': '-12800',
      'ext:tenant:t1:due|CNY': '12800',
    })
    expect(sumBook([...rows, ...buildAfter(kept, 'returned', 3)]).posted.size).toBe(0)
  })

  it('of the platform’s own capabilities: each that charges an account says where it goes', () => {
    const commits = standardCapabilities.flatMap(({ id, operations }) =>
      Object.entries<OperationDeclaration>(operations).map(([name, operation]) => ({
        name: `${id}.${name}`,
        operation,
      })),
    )
    const silent = commits.filter(
      ({ operation: { bank, book, class: effect, confirm } }) =>
        effect === 'commit' && bank && confirm?.payer !== false && !book,
    )
    expect(silent).toEqual([])
  })
})

const without = (balances: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(balances).filter(([account]) => account !== name))

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
          const end = ending === 'paid' ? buildPosting(one, fee, 2) : ending === 'refused' ? buildVoids(one, 2) : []
          return [...buildHolds(one, 1), ...end]
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
