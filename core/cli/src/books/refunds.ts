import { randomUUID } from 'node:crypto'
import { CommandError, exits, type Output } from '../commands/output.ts'
import { gatherPages } from '../office/gather-pages.ts'
import { callPlatform, type BookOptions } from './call-platform.ts'

export interface RefundOptions extends BookOptions {
  readonly amount?: string
  readonly reason?: string
  readonly ref?: string
}

export interface RefundCall {
  readonly action: string
  readonly order: string | undefined
}

export const refundsHelp = `
list             the tenant's refunds, the latest first; of one order when it is named
give <order>     gives back what is left of an order, or --amount of it; above the tenant's
                 limit somebody else has to approve it with "proposals"`

/** Money that goes back. */
export async function runRefunds(
  { action, order }: RefundCall,
  options: RefundOptions,
  output: Output,
): Promise<number> {
  const { tenant } = options
  if (action === 'list') {
    const found = await callPlatform(options, (api) =>
      gatherPages((page) => api.orders.refunds.query({ tenant, order, ...page })),
    )
    output.result(found)
    for (const { id, state, amount, orderNumber } of found)
      output.line(`${id}  ${state}  ${amount.value} ${amount.currency}  order ${orderNumber}`)
    return exits.ok
  }
  if (action !== 'give') throw new CommandError(`There is no "refunds ${action}": use list or give.`, exits.badInput)
  if (order === undefined) throw new CommandError('Name the order: its number or its id.', exits.badInput)
  const { amount, reason, ref = randomUUID() } = options
  const { refund, waiting } = await callPlatform(options, (api) =>
    api.orders.refund.mutate({ tenant, order, amount, reason, ref }),
  )
  output.result({ refund, waiting })
  output.line(`${refund.id}, ${refund.state}, ${refund.amount.value} ${refund.amount.currency} in minor units`)
  if (waiting) output.line(`It waits for a second person: proposals approve ${waiting.proposal} --tenant ${tenant}`)
  return exits.ok
}
