import { gatherPages } from '../office/gather-pages.ts'
import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface ProposalsOptions extends PlatformOptions {
  readonly tenant: string
}

interface ProposalsCall {
  readonly action: string
  readonly id: string | undefined
}

export const proposalsHelp = `
list             the tenant's proposals, the latest first
show <id>        the change that is proposed
approve <id>     carries out what "show" prints, with another key than it was proposed with
reject <id>
`

/** Changes that need a second person: to read one and to decide it. */
export async function runProposals(
  { action, id }: ProposalsCall,
  options: ProposalsOptions,
  output: Output,
): Promise<number> {
  const { api } = openPlatform(options)
  const { tenant } = options
  const call = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw toCommandError(error)
    })
  if (action === 'list') {
    const found = await call(gatherPages((page) => api.proposals.list.query({ tenant, ...page })))
    output.result(found)
    for (const { id: each, subject, state, maker } of found) output.line(`${each}  ${state}  ${subject}  by ${maker}`)
    return exits.ok
  }
  if (action !== 'show' && action !== 'approve' && action !== 'reject')
    throw new CommandError(`There is no "proposals ${action}": use list, show, approve or reject.`, exits.badInput)
  if (id === undefined) throw new CommandError('Name the proposal: "proposals list" shows them.', exits.badInput)
  const read = await call(api.proposals.get.query({ tenant, id }))
  const decision = { tenant, id, digest: read.digest }
  const found =
    action === 'show'
      ? read
      : await call(
          action === 'approve' ? api.proposals.approve.mutate(decision) : api.proposals.reject.mutate(decision),
        )
  output.result(found)
  output.line(`${found.subject}, ${found.state}, by ${found.maker}`)
  output.line(JSON.stringify(found.change, null, 2))
  return exits.ok
}
