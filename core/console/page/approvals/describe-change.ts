import type { AdminApi } from '@inthread/client'
import { formatMoney } from '../parts/amount.tsx'

export type Proposal = Awaited<ReturnType<AdminApi['proposals']['get']['query']>>

/** A change in one line, by what there is to be said of its kind. */
export function describeChange({ subject, change }: Pick<Proposal, 'subject' | 'change'>, locale: string): string {
  const told = asRecord(change)
  if (subject === 'refund.approve' && typeof told['value'] === 'string' && typeof told['currency'] === 'string')
    return [formatMoney({ value: told['value'], currency: told['currency'] }, locale), told['order']].join(' · ')
  if (Array.isArray(told['grants']))
    return told['grants'].map((each) => String(asRecord(each)['place'] ?? '')).join(', ')
  const { refundLimit, refundCurrency = '', commission } = asRecord(told['terms'])
  if (refundLimit !== undefined)
    return [[refundLimit, refundCurrency].join(' ').trim(), asRecord(commission)['rate']].join(' · ')
  return listFacts(change)
    .slice(0, 3)
    .map(([, value]) => value)
    .join(' · ')
}

/** Every value in it with the way there: nothing of a change is hidden from who decides it. */
export function listFacts(change: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof change !== 'object' || change === null) return [[path, String(change)]]
  return Object.entries(change).flatMap(([name, value]) => listFacts(value, path === '' ? name : `${path}.${name}`))
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
