import type { BankResource } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import type { Outcome, Standing } from '../desk/desk.ts'
import type { Offer } from '../orders/sheet.ts'
import type { OrderRow } from '../schema/tables.ts'
import type { Promised } from './promises.ts'

/** An order of a thread that is only tried. */
export interface KeptOrder {
  readonly row: OrderRow
  readonly purpose: string
  /** What its caller handed in beside amount and purpose. */
  readonly extra: BankResource
  readonly promised: Promised | undefined
  readonly offer: Offer | undefined
  readonly state: 'created' | 'asked' | 'agreed' | 'handed' | 'succeeded' | 'failed' | 'cancelled' | 'expired'
  /** What its scene hears of it; undefined before the bank has said anything. */
  readonly told: Outcome | undefined
}

export interface SimulatedStanding {
  readonly number: string
  readonly state: Standing
  readonly pays: boolean
}

const ends = { succeeded: 'succeeded', declined: 'failed', cancelled: 'cancelled', expired: 'expired' } as const

/** What is no end leaves it with the bank. */
export function moveKept(kept: KeptOrder, told: Outcome): KeptOrder {
  const state = Object.entries(ends).find(([name]) => name === told.name)?.[1] ?? 'handed'
  return { ...kept, state, told }
}

/** The dialogue is over: what was not handed over ends, what was tells where it stands. */
export function closeKept(kept: KeptOrder, now: Instant): { readonly outcome: Outcome; readonly kept: KeptOrder } {
  if (!isBefore(kept)) return { outcome: kept.told ?? { name: 'unknown', data: {} }, kept }
  const outcome = { name: kept.row.expires_at <= now ? 'expired' : 'cancelled', data: {} }
  return { outcome, kept: moveKept(kept, outcome) }
}

function isBefore({ state }: KeptOrder): boolean {
  return state === 'created' || state === 'asked' || state === 'agreed'
}

export function standingOf(kept: KeptOrder): Standing {
  if (isBefore(kept)) return 'open'
  return kept.state === 'handed' ? 'checking' : (kept.state as Standing)
}
