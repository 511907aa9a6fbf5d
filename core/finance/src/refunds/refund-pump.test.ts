import { afterEach, expect, it } from 'vitest'
import { pause } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books } from '../../test/books.ts'
import { openPaid, openRefund, refundRow, refundViewOf } from '../../test/refunding.ts'
import { done, refused, scriptBank, unknown, type Asked } from '../../test/scripted-bank.ts'
import { createRefundPump } from './refund-pump.ts'

describeOnEachDatabase('the refund pump', (open) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** Runs until the refund of 50.00 has come to its end; what the bank was asked, and how it ended. */
  async function run(answer: (refund: Parameters<typeof refundViewOf>[0]) => Parameters<typeof scriptBank>[0]) {
    const books = await Books.open(open)
    closing.push(() => books.ground.close())
    const refund = await openRefund(books, await openPaid(books))
    const calls: Asked[] = []
    books.connect(scriptBank(answer(refund), calls))
    const pump = createRefundPump(books.ports)
    closing.push(() => pump.stop())
    pump.start()
    const row = () => refundRow(books, refund)
    while ((await row()).state === 'processing') {
      books.ground.clock.advance(60_000)
      pump.wake()
      await pause(5)
    }
    return { refund, row: await row(), calls }
  }

  it('sends a refund under its own key, to the payment it belongs to', async () => {
    const { refund, row, calls } = await run((each) => ({ refund: () => done(refundViewOf(each)) }))
    expect(row).toMatchObject({ state: 'succeeded', attempts: 1, unanswered: 0 })
    expect(calls).toEqual([
      {
        call: 'refund',
        request: {
          key: refund.id,
          clientRef: refund.id,
          payment: 'pay_1',
          amount: { amountMinor: 5000n, currency: 'CNY' },
          reason: 'one seat',
        },
      },
    ])
  })

  it('asks when the answer is lost, sends again what never came, and believes no "try later" meanwhile', async () => {
    const lost = [unknown, () => refused('rate_limited', 'try_later'), unknown]
    const found = [{ kind: 'not_found' as const }, { kind: 'not_found' as const }]
    const { row, calls } = await run((each) => ({
      refund: () => lost.shift()?.() ?? done(refundViewOf(each)),
      findRefund: async () => found.shift() ?? done(refundViewOf(each)),
    }))
    expect(row).toMatchObject({ state: 'succeeded', told_unknown: 1 })
    expect(calls.map(({ call }) => call)).toEqual([
      'refund',
      'findRefund',
      'refund',
      'findRefund',
      'refund',
      'findRefund',
    ])
  })

  it('gives up what the bank surely never got, and only that', async () => {
    const { row, calls } = await run(() => ({
      refund: unknown,
      findRefund: () => Promise.resolve({ kind: 'not_found' as const }),
    }))
    expect(row).toMatchObject({ state: 'failed', failure: 'try_later', attempts: 5 })
    expect(calls.filter(({ call }) => call === 'refund')).toHaveLength(5)
  })
})
