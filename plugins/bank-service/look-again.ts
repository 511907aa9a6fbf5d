import { addMs, minutes, seconds, type ContextOf, type Instant, type StepOf } from '@inthread/sdk'
import type { contract } from './contract.ts'

const pauses = [seconds(20), minutes(2), minutes(10)]

/** News comes once: a bank that does not answer is asked this often before it is told without its details. */
const looksAtMost = pauses.length + 1

/** When the bank is asked again that has not answered so many times. */
function nextLookAt(now: Instant, missed: number): Instant {
  return addMs(now, pauses[missed - 1] ?? minutes(10))
}

/** How often the bank has not said what it told of. */
interface Looks {
  readonly missed?: number | undefined
}
type Context = ContextOf<typeof contract, Looks>

interface FindMissed {
  readonly declined: {
    readonly to: 'isMissed'
    readonly set: (refusal: { readonly reason: string }) => { missed?: number }
  }
  readonly unknown: {
    readonly to: 'isMissed'
    readonly set: (nothing: unknown, context: Context) => { missed: number }
  }
}

/** How `find`, which looks for what the bank has told of, goes on without it. */
export const findMissed: FindMissed = {
  // What the bank does not know, nobody is told of. Where nobody may ask now, asking again is of no use.
  declined: { to: 'isMissed', set: ({ reason }) => (reason === 'try_later' ? { missed: looksAtMost } : {}) },
  unknown: { to: 'isMissed', set: (_none, { state: { missed = 0 } }) => ({ missed: missed + 1 }) },
}

type LookStep = StepOf<typeof contract, Looks, 'find' | 'pause' | 'sayUnclear' | 'end'>

/** After `findMissed`: the bank is asked again, and in the end it is said that there is something it told of. */
export const lookAgainSteps = {
  isMissed: {
    kind: 'branch',
    when: [
      { is: ({ state: { missed = 0 } }) => missed >= looksAtMost, to: 'sayUnclear' },
      { is: ({ state: { missed } }) => missed !== undefined, to: 'pause' },
    ],
    otherwise: 'end',
  },
  pause: { kind: 'wait', until: ({ now, state: { missed = 1 } }) => nextLookAt(now, missed), next: 'find' },
} as const satisfies Readonly<Record<'isMissed' | 'pause', LookStep>>
