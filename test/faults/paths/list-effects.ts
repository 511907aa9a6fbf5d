import type { Final } from '../kit/modes.ts'
import type { HouseRows } from '../kit/rows.store.ts'
import type { Due, Story } from './money-path.ts'

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
    holds: true,
    endsAs: (final) => final,
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
