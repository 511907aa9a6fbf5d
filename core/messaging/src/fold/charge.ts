import { defaultLimits, type Command } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { highestLimits } from '@inthread/sdk/manifest'
import type { Charge, DraftRun, TurnDraft } from './draft.ts'

const talks: ReadonlySet<Command['kind']> = new Set(['say', 'ask', 'remind'])
const reachesOut: ReadonlySet<Command['kind']> = new Set(['call', 'fetch'])

/** Counts a command against the limits of its plugin, in whatever tier it runs. */
export function chargeCommand(draft: TurnDraft, run: DraftRun, { kind }: Command): void {
  const charge = chargeOf(draft, run)
  draft.charges.set(run.id, charge)
  if (talks.has(kind)) charge.messages += 1
  if (reachesOut.has(kind)) charge.calls += 1
  assertBelow(run, 'messagesPerTurn', charge.messages)
  assertBelow(run, 'callsPerRun', charge.calls)
}

export function chargeOf(draft: TurnDraft, run: DraftRun): Charge {
  return draft.charges.get(run.id) ?? { messages: 0, calls: run.stored?.calls ?? 0 }
}

/** A contract may ask for another limit than the usual one, and for no more than the platform gives anybody. */
function assertBelow({ plugin }: DraftRun, name: 'messagesPerTurn' | 'callsPerRun', count: number): void {
  const { id, limits } = plugin.contract.declaration
  const limit = Math.min(limits?.[name] ?? defaultLimits[name], highestLimits[name])
  if (count > limit) throw new Fault('flow.limit_passed', { data: { plugin: id, limit: name } })
}
