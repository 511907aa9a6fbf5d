import { CommandError, exits, type Output } from '../commands/output.ts'
import { gatherPages } from '../office/gather-pages.ts'
import { callPlatform, type BookOptions } from './call-platform.ts'

export interface BreakOptions extends BookOptions {
  readonly all: boolean
  readonly decision?: string
  readonly note?: string
}

export interface BreakCall {
  readonly action: string
  readonly id: string | undefined
}

export const breaksHelp = `
list             what the bank and the book do not agree on, the oldest first; --all with those decided
take <id>        look after it
give-back <id>   leave it to somebody else
resolve <id>     proposes a --decision: paid or unpaid for what is in conflict, and nothing else; for all
                 others correct to let the book follow the bank, explained to book nothing. Somebody
                 else approves it with "proposals"`

const decisions = ['paid', 'unpaid', 'correct', 'explained'] as const

export async function runBreaks({ action, id }: BreakCall, options: BreakOptions, output: Output): Promise<number> {
  const { tenant, all } = options
  if (action === 'list') {
    const found = await callPlatform(options, (api) =>
      gatherPages((page) => api.books.breaks.query({ tenant, all, ...page })),
    )
    output.result(found)
    for (const { id: each, kind, state, order, detail } of found)
      output.line(`${each}  ${state}  ${kind}  order ${order ?? 'unknown'}  ${JSON.stringify(detail)}`)
    return exits.ok
  }
  if (id === undefined) throw new CommandError('Name the break: "breaks list" shows them.', exits.badInput)
  if (action === 'resolve') return propose(id, options, output)
  if (action !== 'take' && action !== 'give-back')
    throw new CommandError(`There is no "breaks ${action}": use list, take, give-back or resolve.`, exits.badInput)
  const input = { tenant, break: id }
  const done = await callPlatform(options, (api) =>
    action === 'take' ? api.books.takeBreak.mutate(input) : api.books.giveBreakBack.mutate(input),
  )
  output.result(done)
  output.line(action === 'take' ? 'It is yours.' : 'It is nobody’s again.')
  return exits.ok
}

async function propose(id: string, options: BreakOptions, output: Output): Promise<number> {
  const decision = decisions.find((each) => each === options.decision)
  if (!decision) throw new CommandError(`Say how: --decision ${decisions.join(', ')}.`, exits.badInput)
  const { tenant, note } = options
  const waiting = await callPlatform(options, (api) =>
    api.books.resolveBreak.mutate({ tenant, break: id, decision, note }),
  )
  output.result(waiting)
  output.line(`It waits for a second person: proposals approve ${waiting.proposal} --tenant ${tenant}`)
  return exits.ok
}
