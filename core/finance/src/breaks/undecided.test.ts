import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { lineOf, Reconciling } from '../../test/reconciling.ts'
import { openPaid, openRefund, refundViewOf } from '../../test/refunding.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import { isInConflict } from './break-machine.store.ts'
import { listDecisions } from './resolve-break.ts'
import { listUndecided } from './undecided.store.ts'

describeOnEachDatabase('a line about what the bank has not decided', (open) => {
  let books: Books
  let bank: Reconciling
  beforeEach(async () => {
    books = await Books.open(open)
    bank = new Reconciling(books)
  })
  afterEach(() => books.ground.close())

  const waits = { code: 'break.order_undecided' }

  const offered = (row: BreakRow) =>
    books.ground.store.read('offered', async (reader) =>
      listDecisions(row, {
        inConflict: await isInConflict(reader, row),
        isUndecided: (await listUndecided(reader, scope, [row])).has(row.id),
      }),
    )

  async function refuseAll(found: BreakRow): Promise<void> {
    expect(await offered(found)).toEqual([])
    for (const decision of ['explained', 'correct', 'paid'] as const)
      await expect(bank.resolve(found, decision)).rejects.toMatchObject(waits)
    expect(await bank.onlyBreak()).toMatchObject({ id: found.id, state: 'assigned', decision: null })
  }

  it('of an order is not explained away before that has ended', async () => {
    const name = await books.submitted()
    await bank.read([lineOf(name, { kind: 'return' })])
    const found = await bank.onlyBreak()
    expect(found).toMatchObject({ kind: 'state_differs', order_id: name.orderId, refund_id: null })
    await bank.take(found)
    await refuseAll(found)
    expect(await books.row(name)).toMatchObject({ state: 'processing', task: 'submit' })
    await books.settle(name, { kind: 'succeeded', view: paymentOf(name) })
    expect(await offered(found)).toEqual(['correct', 'explained'])
    await bank.resolve(found, 'correct')
    expect(await bank.breaks()).toEqual([])
  })

  it('of a refund likewise, whatever became of its order', async () => {
    const refund = await openRefund(books, await openPaid(books))
    await bank.read([{ clientRef: refund.id, kind: 'return', amount: { amountMinor: 5000n, currency: 'CNY' } }])
    const found = (await bank.breaks()).find(({ refund_id: id }) => id === refund.id)
    if (!found) throw new Error('the line has no break')
    await bank.take(found)
    await expect(bank.resolve(found, 'explained')).rejects.toMatchObject(waits)
    const judgement = { kind: 'succeeded', view: refundViewOf(refund) } as const
    await books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { refund, judgement, submitted: true, notFoundIsFinalAfterMs: 0 }, books.ports),
    )
    await bank.resolve(found, 'explained')
  })
})
