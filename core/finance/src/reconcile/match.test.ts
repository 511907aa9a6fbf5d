import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { StatementLine } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { dayOf, lastReadyDay, shiftDay } from './bank-day.ts'
import { matchStatement, type OwnItem } from './match.ts'

const day = '2026-03-05'
const own = (change: Partial<OwnItem> = {}): OwnItem => ({
  kind: 'order',
  id: 'o1',
  orderId: 'o1',
  bankRef: 'pay_1',
  amountMinor: 12_800n,
  currency: 'CNY',
  state: 'succeeded',
  booked: new Map([['CNY', (change.state ?? 'succeeded') === 'succeeded' ? 12_800n : 0n]]),
  fee: new Map([['CNY', 77n]]),
  day,
  payerMask: '****1021',
  payeeMask: '****6621',
  ...change,
})
const line = (change: Partial<StatementLine> = {}): StatementLine => ({
  seq: 1,
  bankRef: 'pay_1',
  clientRef: 'o1',
  kind: 'payment',
  amount: money('128.00', 'CNY'),
  valueDate: day,
  bookedAt: 1,
  payerMask: '****1021',
  payeeMask: '****6621',
  status: 'booked',
  reversalOf: undefined,
  ...change,
})
const match = (lines: readonly StatementLine[], items: readonly OwnItem[], seen: readonly string[] = []) => {
  const { lines: found, missing } = matchStatement(lines, {
    items,
    day,
    seen: new Set(seen),
    known: [],
    fees: new Map(),
  })
  return { results: found.map(({ result }) => result), missing: missing.map(({ id }) => id), found }
}
const judge = (change: Partial<StatementLine>, item: Partial<OwnItem> = {}) => match([line(change)], [own(item)])

describe('a line of a statement', () => {
  it.each<[string, Partial<StatementLine>, Partial<OwnItem>, string]>([
    ['by our reference', { bankRef: 'other' }, {}, 'matched'],
    ['by the bank’s reference', { clientRef: 'unheard of' }, {}, 'matched'],
    ['by amount, day and mask', { clientRef: undefined, bankRef: 'other' }, { bankRef: null }, 'matched'],
    ['not by another mask', { clientRef: undefined, bankRef: 'x', payerMask: '****9999' }, {}, 'missing_here'],
    ['not by another day', { clientRef: undefined, bankRef: 'x' }, { day: '2026-03-04' }, 'missing_here'],
    ['not by its looks when it names itself', { clientRef: 'else', bankRef: 'x' }, {}, 'missing_here'],
    ['of another amount', { amount: money('128.01', 'CNY') }, {}, 'amount_differs'],
    ['of another currency', { amount: money('128.00', 'USD') }, {}, 'amount_differs'],
    ['that is booked of an order that failed', {}, { state: 'ended' }, 'state_differs'],
    ['that is booked of an order in conflict', {}, { state: 'conflicted' }, 'state_differs'],
    ['that is not booked of one that succeeded', { status: 'pending' }, {}, 'state_differs'],
    ['that is not booked of one that is open', { status: 'pending' }, { state: 'open' }, 'matched'],
    ['that takes another back', { reversalOf: 'pay_1' }, {}, 'state_differs'],
    ['that returns it', { kind: 'return' }, {}, 'state_differs'],
    ['of a fee', { kind: 'fee', amount: money('0.77', 'CNY') }, {}, 'matched'],
    ['of another fee', { kind: 'fee', amount: money('0.78', 'CNY') }, {}, 'amount_differs'],
    ['of a fee in another currency', { kind: 'fee', amount: money('0.77', 'USD') }, {}, 'amount_differs'],
    ['of a fee that is not booked', { kind: 'fee', amount: money('9.00', 'CNY'), status: 'pending' }, {}, 'matched'],
    ['of money that went back without a refund of ours', { kind: 'refund' }, {}, 'state_differs'],
    ['of a payout', { kind: 'payout', clientRef: undefined, bankRef: 'out_1' }, {}, 'matched'],
  ])('%s', (_what, change, item, result) => {
    expect(judge(change, item).results).toEqual([result])
  })

  it('is doubled when its like was there before, that day or another', () => {
    expect(match([line(), line({ seq: 2 })], [own()]).results).toEqual(['matched', 'duplicate'])
    expect(match([line()], [own()], ['o1']).results).toEqual(['duplicate'])
    const withFee = [line(), line({ seq: 2, kind: 'fee', amount: money('0.77', 'CNY') })]
    expect(match(withFee, [own()]).results).toEqual(['matched', 'matched'])
  })

  it('is not doubled by one that was not booked, before it or after', () => {
    const [pending, booked] = [line({ status: 'pending' }), line({ seq: 2 })]
    expect(match([pending, booked], [own({ state: 'open' })]).found.map(({ decides }) => decides)).toEqual([
      false,
      true,
    ])
    expect(match([pending, booked], [own()]).results).toEqual(['state_differs', 'matched'])
    expect(match([pending], [own()], ['o1']).results).toEqual(['matched'])
  })

  it('gives again what went back, when it names the return and not the payment', () => {
    const [paid, gone] = [line(), line({ seq: 2, bankRef: 'ret_1', kind: 'return', reversalOf: 'pay_1' })]
    const again = line({ seq: 3, bankRef: 'adj_1', kind: 'return', reversalOf: 'ret_1' })
    const undone = line({ seq: 4, bankRef: 'adj_2', kind: 'return', reversalOf: 'adj_1' })
    const { found } = match([paid, gone, again, undone], [own()])
    expect(found.map(({ result, back }) => [result, back])).toEqual([
      ['matched', false],
      ['state_differs', true],
      ['duplicate', false],
      ['state_differs', true],
    ])
    // On the next day, and where a payment and its return have one reference.
    const known = [{ bankRef: 'ret_1', kind: 'return', back: true }]
    const rest = { items: [own()], day, seen: new Set(['o1']), fees: new Map() }
    const backs = (refs: typeof known) =>
      matchStatement([again], { ...rest, known: refs }).lines.map(({ back }) => back)
    expect([backs(known), backs([...known, { ...known[0]!, kind: 'payment', back: false }])]).toEqual([[false], [true]])
    // It is no answer to what was still waited for.
    expect(match([gone, again], [own()]).missing).toEqual(['o1'])
    expect(match([gone, again], [own({ state: 'open' })]).found.some(({ decides }) => decides)).toBe(false)
  })

  it('of a refund under the reference of its payment is of a refund of that payment', () => {
    const lines = [line({ kind: 'refund', clientRef: undefined, amount: money('50.00', 'CNY') })]
    const refund = own({
      kind: 'refund',
      id: 'r1',
      bankRef: null,
      amountMinor: 5000n,
      booked: new Map([['CNY', 5000n]]),
    })
    expect(match(lines, [own(), refund]).found.map(({ item, result }) => [item?.id, result])).toEqual([
      ['r1', 'matched'],
    ])
    expect(match(lines, [own(), { ...refund, orderId: 'o2' }]).found[0]?.item?.id).toBe('o1')
  })

  it('adds up the parts of a fee, in each currency', () => {
    const parts = ['0.50', '0.27'].map((amount, seq) => line({ seq, kind: 'fee', amount: money(amount, 'CNY') }))
    expect(match(parts, [own()]).results).toEqual(['matched', 'matched'])
    const more = line({ seq: 3, kind: 'fee', amount: money('0.10', 'USD') })
    expect(match([...parts, more], [own()]).results).toEqual(['matched', 'matched', 'amount_differs'])
  })

  it('does not choose between two that look the same', () => {
    const alike = [own({ bankRef: null }), own({ id: 'o2', bankRef: null })]
    expect(match([line({ clientRef: undefined, bankRef: 'x' })], alike).results).toEqual(['missing_here'])
  })

  it('decides what was open, and nothing else', () => {
    const decides = (...asked: Parameters<typeof judge>) => judge(...asked).found[0]?.decides
    expect(decides({}, { state: 'open' })).toBe(true)
    expect(decides({ amount: money('1.00', 'CNY') }, { state: 'open' })).toBe(true)
    expect(decides({ kind: 'fee' }, { state: 'open' })).toBe(false)
    expect(decides({ status: 'pending' }, { state: 'open' })).toBe(false)
    expect(decides({ status: 'rejected', amount: money('1.00', 'CNY') }, { state: 'open' })).toBe(false)
    expect(decides({ kind: 'return' }, { state: 'open' })).toBe(false)
    expect(decides({}, {})).toBe(false)
  })
})

describe('what the book has and the bank does not', () => {
  it('is what was settled that day and is on no line, of this day or another', () => {
    expect(match([], [own()]).missing).toEqual(['o1'])
    expect(match([line()], [own()]).missing).toEqual([])
    expect(match([], [own()], ['o1']).missing).toEqual([])
    // What takes it back says nothing of where it is.
    expect(match([line({ kind: 'return' })], [own()], ['back o1']).missing).toEqual(['o1'])
    expect(match([line({ reversalOf: 'x' }), line({ seq: 2 })], [own()]).results).toEqual(['state_differs', 'matched'])
    expect(match([], [own({ day: '2026-03-04' }), own({ state: 'open', day: undefined })]).missing).toEqual([])
  })

  it('and every line has one result: nothing is lost, whatever comes', () => {
    const drawn = fc.array(
      fc.record({
        clientRef: fc.constantFrom('o1', 'o2', 'r1', 'zz', undefined),
        bankRef: fc.constantFrom('pay_1', 'pay_2', 'b3'),
        kind: fc.constantFrom('payment', 'refund', 'fee', 'return', 'payout', 'adjustment'),
        amount: fc.constantFrom(money('128.00', 'CNY'), money('1.00', 'CNY')),
        status: fc.constantFrom('booked', 'pending'),
      }),
      { maxLength: 8 },
    )
    const items = [own(), own({ id: 'o2', bankRef: 'pay_2', state: 'open' }), own({ kind: 'refund', id: 'r1' })]
    fc.assert(
      fc.property(drawn, (parts) => {
        const lines = parts.map((part, seq) => line({ ...part, seq }))
        const { results, missing, found } = match(lines, items)
        expect(results).toHaveLength(lines.length)
        // Whatever is missing is on no line, and of two lines of one kind about one thing only one matched.
        const spoken = found.flatMap(({ item, line, back }) => (item && line.kind !== 'fee' && !back ? [item.id] : []))
        expect(missing.filter((id) => spoken.includes(id))).toEqual([])
        const names = found.flatMap(({ result, item, line: { kind, status } }) =>
          item && kind !== 'fee' && status === 'booked' && result === 'matched' ? [item.id] : [],
        )
        expect(new Set(names).size).toBe(names.length)
      }),
      { seed: getTestSeed() },
    )
  })
})

describe('the days of a bank', () => {
  const at = (text: string): number => Date.parse(text) * 1000
  it('begin and end in its own zone, and are ready at six the next morning', () => {
    expect(dayOf(at('2026-03-04T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-03-05')
    expect(lastReadyDay(at('2026-03-06T05:59:00+08:00'), 'Asia/Shanghai')).toBe('2026-03-04')
    expect(lastReadyDay(at('2026-03-06T06:00:00+08:00'), 'Asia/Shanghai')).toBe('2026-03-05')
    expect([shiftDay('2026-03-01', -1), shiftDay('2028-02-28', 1)]).toEqual(['2026-02-28', '2028-02-29'])
  })
})
