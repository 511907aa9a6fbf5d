import type { Traces } from '@inthread/store/trace'
import type { InternalItem } from '../inbox/accept.store.ts'

/** Each is a span below the work that tells it, and the turn that reads it goes on from there. */
export function traceLetters(letters: readonly InternalItem[], traces: Traces): readonly InternalItem[] {
  return letters.map((letter) => {
    const { scope, runId, body } = letter
    const outcome = body.kind === 'order' ? body.outcome?.name : body.kind === 'refund' ? body.outcome : undefined
    const facts = { tenant: scope.tenantId, run: runId, kind: body.kind, outcome }
    const span = traces.open('letter', { kind: 'producer', facts })
    span.end()
    return { ...letter, traceparent: span.traceparent }
  })
}
