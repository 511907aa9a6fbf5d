import fc from 'fast-check'

/** What a bank says of an order or of a refund. */
const words = [
  ...(['succeeded', 'succeeded', 'failed', 'pending', 'unknown'] as const),
  ...(['other amount', 'other currency', 'other payee'] as const),
] as const
const drawnWord = fc.record({
  word: fc.constantFrom(...words),
  fee: fc.constantFrom(undefined, 0n, 77n),
  less: fc.boolean(),
})
export type Word = typeof drawnWord extends fc.Arbitrary<infer T> ? T : never

/** A line about one of those that there are by then, or about what nobody knows. */
const drawnLine = fc.record({
  about: fc.nat(7),
  kind: fc.constantFrom(
    ...(['payment', 'payment', 'payment', 'fee', 'fee'] as const),
    ...(['return', 'refund', 'adjustment', 'payout'] as const),
  ),
  size: fc.constantFrom('exact', 'exact', 'exact', 'less', 'more'),
  currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'USD'),
  status: fc.constantFrom('booked', 'booked', 'booked', 'booked', 'pending', 'rejected'),
  /** Which older line it takes back. */
  names: fc.constantFrom(...Array<'none'>(6).fill('none'), 'a stranger', 'the last', 'the last'),
})
export type DrawnLine = typeof drawnLine extends fc.Arbitrary<infer T> ? T : never

const drawnAct = fc.oneof(
  fc.record({ act: fc.constant('say'), about: fc.nat(7), word: drawnWord }),
  fc.record({ act: fc.constant('refund'), about: fc.nat(7), amount: fc.constantFrom(undefined, 2000n, 9000n) }),
  fc.record({ act: fc.constant('decide'), pick: fc.nat(99) }),
)
export type Act = typeof drawnAct extends fc.Arbitrary<infer T> ? T : never

const drawnDay = fc.record({
  before: fc.array(drawnAct, { maxLength: 4 }),
  lines: fc.array(drawnLine, { maxLength: 6 }),
  /** The import ends after so many writes; then the bank states the day anew, without the first lines, or as it was. */
  cut: fc.option(fc.record({ writes: fc.nat(3), drop: fc.option(fc.nat(3)) }), { freq: 4 }),
  decisions: fc.array(fc.nat(99), { maxLength: 6 }),
})
export type Day = typeof drawnDay extends fc.Arbitrary<infer T> ? T : never

const capabilities = ['payment', 'payment', 'loan', 'points', 'bill'] as const
const drawnOrder = fc.record({
  capability: fc.constantFrom(...capabilities),
  said: fc.array(drawnWord, { minLength: 1, maxLength: 2 }),
})

export const drawnStory = fc.record({
  orders: fc.array(drawnOrder, { minLength: 1, maxLength: 3 }),
  days: fc.array(drawnDay, { minLength: 1, maxLength: 4 }),
  /** Whether people explain away what they could correct. */
  explains: fc.nat(3).map((draw) => draw === 0),
})
export type Drawn = typeof drawnStory extends fc.Arbitrary<infer T> ? T : never
export type Capability = Drawn['orders'][number]['capability']
