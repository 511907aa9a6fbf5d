import type { BankRoute, BookDeclaration, ConfirmDeclaration } from '@inthread/sdk/capability'
import type { OrderRow } from '../schema/tables.ts'
import type { NewOrder } from './new-order.ts'

/** How an order is carried out and confirmed, as its capability said when it was opened. */
export interface OrderRoute {
  readonly bank?: BankRoute
  readonly confirm?: ConfirmDeclaration
  readonly book?: BookDeclaration
}

/** null for a payment, which the platform knows by itself. */
export function encodeRoute({ route, confirm, book }: Pick<NewOrder, 'route' | 'confirm' | 'book'>): string | null {
  if (!route && !confirm && !book) return null
  return JSON.stringify({ bank: route, confirm, book })
}

export function routeOf({ route }: Pick<OrderRow, 'route'>): OrderRoute {
  return route === null ? {} : (JSON.parse(route) as OrderRoute)
}

/** The bank's proof that it was the user is all that was asked for: there is nothing to carry out afterwards. */
export function isProofOnly(order: Pick<OrderRow, 'route'>): boolean {
  return order.route !== null && routeOf(order).bank === undefined
}

export interface FilledPath {
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
  /** Members of the input that the path took up. */
  readonly used: ReadonlySet<string>
  /** Names in the path for which there was nothing. */
  readonly missing: readonly string[]
}

/** What may stand in a path: nothing that a URL would read as more than one name. */
const plainValue = /^(?!\.{1,2}$)[A-Za-z0-9_.:,+*@-]{1,190}$/

/** Puts the values into a route's path. A member of the query for which there is no value is left out. */
export function fillPath(template: string, values: Readonly<Record<string, unknown>>): FilledPath {
  const used = new Set<string>()
  const missing: string[] = []
  const [path = '', query = ''] = template.split('?')
  const fill = (text: string): string | undefined => {
    const name = /^\{([A-Za-z][A-Za-z0-9]*)\}$/.exec(text)?.[1]
    if (name === undefined) return text
    used.add(name)
    const value = String(values[name] ?? '')
    return plainValue.test(value) ? value : undefined
  }
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) => fill(segment) ?? (missing.push(segment), ''))
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('='))
  const filled = pairs.map(([name = '', value = '']) => [name, fill(value)] as const)
  return {
    path: segments,
    query: Object.fromEntries(filled.filter((pair): pair is [string, string] => pair[1] !== undefined)),
    used,
    missing,
  }
}
