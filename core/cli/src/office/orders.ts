import { callPlatform } from '../books/call-platform.ts'
import { CommandError, exits, type Output } from '../commands/output.ts'
import { readLimit, tellNext, type ListOptions } from './list-options.ts'
import { readTime, tellTime } from './moment.ts'

export interface OrderOptions extends ListOptions {
  readonly tenant: string
  readonly state?: string
  readonly bank?: string
  readonly capability?: string
  readonly conversation?: string
  readonly number?: string
  readonly from?: string
  readonly until?: string
}

export interface OrderCall {
  readonly action: string
  readonly order: string | undefined
}

export const ordersHelp = `
list             the tenant's orders, the newest first, a page at a time
show <order>     one of them by its number or id, with what was asked of the bank and what was booked
`

/** Orders as operators see them: no account, no name, no code. */
export async function runOrders({ action, order }: OrderCall, options: OrderOptions, output: Output): Promise<number> {
  if (action === 'list') return listPage(options, output)
  if (action !== 'show') throw new CommandError(`There is no "orders ${action}": use list or show.`, exits.badInput)
  if (order === undefined) throw new CommandError('Name the order: its number or its id.', exits.badInput)
  const { tenant } = options
  const found = await callPlatform(options, (api) => api.orders.get.query({ tenant, order }))
  output.result(found)
  output.line(`${found.number}  ${found.state}  ${found.display}  ${found.capability}  ${tellTime(found.createdAt)}`)
  for (const { n, sentAt, outcome } of found.attempts)
    output.line(`attempt ${n}  ${tellTime(sentAt)}  ${outcome ?? 'no answer'}`)
  for (const { kind, dr, cr, amount } of found.movements)
    output.line(`${kind}  ${dr} to ${cr}  ${amount.value} ${amount.currency} in minor units`)
  return exits.ok
}

async function listPage(options: OrderOptions, output: Output): Promise<number> {
  const { tenant, state, bank, capability, conversation, number, cursor } = options
  const limit = readLimit(options.limit)
  const from = readTime('--from', options.from)
  const until = readTime('--until', options.until)
  const filters = { tenant, state, bank, capability, conversation, number, from, until }
  const page = await callPlatform(options, (api) => api.orders.list.query({ ...filters, cursor, limit }))
  output.result(page)
  for (const { number: each, state: now, display, capability: what, createdAt } of page.items)
    output.line(`${each}  ${now}  ${display}  ${what}  ${tellTime(createdAt)}`)
  tellNext(page.next, output)
  return exits.ok
}
