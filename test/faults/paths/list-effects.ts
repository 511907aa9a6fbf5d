import type { Final } from '../kit/modes.ts'
import type { HouseRows } from '../kit/rows.store.ts'
import type { AskedKind, Due, Story } from './money-path.ts'

/** Our rows about what was asked of the bank. */
export interface Effects {
  readonly ids: readonly string[]
  readonly states: readonly string[]
  /** Those that attempts were sent under. */
  readonly keys: readonly string[]
  /** Whether our book reserves what it is about. */
  readonly holds: boolean
  readonly endsAs: (final: Final) => string
}

export function listEffects(kind: Due['kind'], { rows, before }: Pick<Story, 'rows' | 'before'>): Effects {
  if (kind === 'refund') return listRefunds(rows)
  if (kind === 'claim') return listClaims(rows)
  if ('asked' in kind) return listAsked(kind, rows)
  const { capability, operation } = kind
  const earlier = new Set(before.transfers.map(({ clientRef }) => clientRef))
  const orders = rows.bank_order.filter(
    (row) => row.capability === capability && row.operation === operation && !earlier.has(row.id),
  )
  const ids = orders.map(({ id }) => id)
  return {
    ids,
    states: orders.map(({ state }) => state),
    keys: rows.attempt.filter((attempt) => ids.includes(attempt.order_id)).map((attempt) => attempt.bank_key),
    // Where nothing is paid there is nothing to reserve.
    holds: orders.some((row) => row.amount_minor > 0n),
    endsAs: (final) => final,
  }
}

/** The bank keeps what came of it; we have the calls, one for each time that the customer asked, and none may wait. */
function listAsked({ asked, within }: AskedKind, { effect, run }: HouseRows): Effects {
  const runs = new Set(run.filter(({ flow }) => flow === within).map(({ id }) => id))
  const own = effect.filter(({ operation, run_id: by }) => operation === asked && runs.has(by))
  const calls = own.toSorted((one, other) => Number(other.state === 'new') - Number(one.state === 'new')).slice(0, 1)
  return {
    ids: calls.map(({ id }) => id),
    states: calls.map(({ state }) => state),
    keys: [],
    holds: false,
    endsAs: () => 'done',
  }
}

function listRefunds({ refund }: HouseRows): Effects {
  return {
    ids: refund.map(({ id }) => id),
    states: refund.map(({ state }) => state),
    keys: [],
    holds: false,
    endsAs: (final) => final,
  }
}

/** An envelope that was opened is a product: the bank pays it, and we mirror that. */
function listClaims({ product }: HouseRows): Effects {
  const claims = product.filter(({ capability, operation }) => capability === 'envelopes' && operation === 'open')
  return {
    ids: claims.map((claim) => claim.client_ref),
    states: claims.map(({ state }) => state),
    keys: [],
    holds: false,
    endsAs: () => 'paid',
  }
}
