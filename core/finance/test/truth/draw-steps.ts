import fc from 'fast-check'

/** How a bank answers a request or a question; what it does about it, it does once. */
const moods = [
  ...(['well', 'well', 'well', 'lost after', 'lost after', 'lost before', 'slow'] as const),
  ...(['declines', 'later', 'pending', 'dies', 'other amount'] as const),
] as const
export type Mood = (typeof moods)[number]

const capabilities = ['payment', 'payment', 'payment', 'points', 'loan', 'bill'] as const
export type Capability = (typeof capabilities)[number]

const on = fc.nat(9)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('open'),
      capability: fc.constantFrom(...capabilities),
      /** Presented, consented, proved, committed. */
      upTo: fc.constantFrom(4, 4, 4, 4, 4, 0, 1, 2, 3),
      amount: fc.constantFrom('128.00', '5.00', '400.00'),
      user: fc.nat(1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ step: fc.constantFrom('present', 'consent', 'prove', 'commit', 'commit', 'close'), on }),
  },
  { weight: 6, arbitrary: fc.record({ step: fc.constant('pump'), ms: fc.constantFrom(0, 3000, 20_000, 400_000) }) },
  {
    weight: 6,
    arbitrary: fc.record({ step: fc.constant('refund'), on, part: fc.constantFrom(undefined, 300n, 5000n) }),
  },
  { weight: 2, arbitrary: fc.record({ step: fc.constantFrom('approve', 'reject'), on }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constant('day'), twice: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constantFrom('people', 'decide', 'charge back'), on: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('notice'), on, old: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constantFrom('lapse', 'leases'), on }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

export const drawnHistory = fc.record({
  moods: fc.array(fc.constantFrom(...moods), { minLength: 3, maxLength: 14, size: 'max' }),
  /** In which of two processes, and whether what was begun so far is waited for. */
  steps: fc.array(fc.tuple(step, fc.constantFrom(0, 1), fc.boolean()), { minLength: 20, maxLength: 50, size: 'max' }),
  ceilings: fc.constantFrom({}, { perDay: '600.00' }, { perUserDay: '500.00', perMinute: 30 }),
})
export type History = typeof drawnHistory extends fc.Arbitrary<infer T> ? T : never
