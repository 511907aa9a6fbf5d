import type { Need } from '../src/fold/need.ts'
import type { Outcome } from '../src/ports.ts'

/** A bank's side that a test can change between turns, and that remembers what it was asked. */
export class Counter {
  readonly asked: Need[] = []
  closing: Outcome = { name: 'cancelled', data: {} }
  consent: 'consented' | 'expired' = 'consented'
  presented: 'presented' | 'expired' = 'presented'
  committed: { kind: 'accepted' } | { kind: 'ended'; outcome: Outcome } = { kind: 'accepted' }

  answer(need: Need) {
    this.asked.push(need)
    switch (need.kind) {
      case 'open':
        return { kind: 'opened' } as const
      case 'present':
        return this.presented === 'expired' ? ({ kind: 'expired' } as const) : presentation(need.now)
      case 'consent':
        return this.consent
      case 'commit':
        return this.committed
      case 'close':
        return this.closing
      case 'documents':
        return []
      default:
        return undefined
    }
  }

  kinds(): string[] {
    return this.asked.splice(0).map(({ kind }) => kind)
  }
}

function presentation(now: number) {
  const text = { title: 'Confirm', description: 'rows', confirm: 'Confirm payment', cancel: 'Cancel' }
  return { kind: 'presented', text, expiresAt: now + 900_000_000 } as const
}
