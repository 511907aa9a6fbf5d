import { callPlatform } from '../books/call-platform.ts'
import { CommandError, exits, type Output } from '../commands/output.ts'
import { readLimit, tellNext, type ListOptions } from './list-options.ts'

export const tenantsHelp = `
list             the tenants of the platform by their ids, a page at a time; a tenant's key sees its own
`

/** Which tenants there are. */
export async function runTenants(action: string, options: ListOptions, output: Output): Promise<number> {
  if (action !== 'list') throw new CommandError(`There is no "tenants ${action}": use list.`, exits.badInput)
  const { cursor } = options
  const limit = readLimit(options.limit)
  const page = await callPlatform(options, (api) => api.tenants.list.query({ cursor, limit }))
  output.result(page)
  for (const { tenant, name, epoch } of page.items) output.line(`${tenant}  epoch ${epoch}  ${name}`)
  tellNext(page.next, output)
  return exits.ok
}
