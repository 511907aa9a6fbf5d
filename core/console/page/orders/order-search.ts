/** What the address says about the list of orders: its filters, and the order that is looked at. */
export interface OrderSearch {
  readonly state?: string
  readonly number?: string
  readonly capability?: string
  /** Dates in the tenant's time zone, both counted in. */
  readonly from?: string
  readonly until?: string
  readonly order?: string
}

const names = ['state', 'number', 'capability', 'from', 'until', 'order'] as const

export function readOrderSearch(raw: Record<string, unknown>): OrderSearch {
  const known = names.flatMap((name) => {
    const value = raw[name]
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [[name, String(value)]] : []
  })
  return Object.fromEntries(known) as OrderSearch
}

export const isFiltered = ({ order: _, ...filters }: OrderSearch): boolean => Object.keys(filters).length > 0
