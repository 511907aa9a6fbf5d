import type { AdminApi } from '@inthread/client'
import { asGroup } from '../form/schema.ts'
import type { Money } from '../parts/amount.tsx'

export type Break = Awaited<ReturnType<AdminApi['books']['breaks']['query']>>['items'][number]

/** What one side says. */
export interface Told {
  readonly amount?: Money
  readonly state?: string
}

export interface BreakDetail {
  readonly bank: Told
  readonly book: Told
  /** What the bank booked more than we did. */
  readonly difference?: Money
  /** Likewise in other currencies. */
  readonly others: readonly Money[]
  readonly day?: string
  readonly bankRef?: string
}

/** Findings of a statement and of an order say the same in different words. */
export function readDetail(detail: unknown): BreakDetail {
  const told = asGroup(detail)
  const currency = typeof told['currency'] === 'string' ? told['currency'] : undefined
  const difference = readAmount(told['difference'], currency)
  // Of a conflict the bank's word stands by itself: an amount and what became of it.
  const word = { value: told['amount'], status: told['state'] }
  return {
    bank: readTold(told['bank'] ?? word, currency),
    book: readTold(told['here'], currency),
    ...(difference ? { difference } : {}),
    others: Array.isArray(told['others'])
      ? told['others'].flatMap((each) => readTold(each, undefined).amount ?? [])
      : [],
    ...(typeof told['day'] === 'string' ? { day: told['day'] } : {}),
    ...(typeof told['bankRef'] === 'string' ? { bankRef: told['bankRef'] } : {}),
  }
}

function readTold(side: unknown, currency: string | undefined): Told {
  if (typeof side === 'string') return { state: side }
  const { value, status, state, currency: own } = asGroup(side)
  const amount = readAmount(value, typeof own === 'string' ? own : currency)
  const word = typeof status === 'string' ? status : state
  return { ...(amount ? { amount } : {}), ...(typeof word === 'string' ? { state: word } : {}) }
}

function readAmount(value: unknown, currency: string | undefined): Money | undefined {
  return typeof value === 'string' && /^-?\d{1,18}$/.test(value) && currency !== undefined
    ? { value, currency }
    : undefined
}
