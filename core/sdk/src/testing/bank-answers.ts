import type { Act } from './act.ts'
import { deliver } from './deliver.ts'
import { instantToIso, type Instant } from '../time.ts'
import { assertStory, describeIssue, StoryFailure } from './story-failure.ts'
import type { Thread } from './thread.ts'
import { rootOf, type BankCall } from './thread-run.ts'

/**
 * The open call ends like this. What comes with it has to be what the capability promises. Confirming, handing over and
 * the bank's answer are one moment here: until then a hold may lapse, from then on it cannot.
 */
export function takeOutcome(thread: Thread, { outcome, data }: Extract<Act, { kind: 'answers' }>): void {
  const call = thread.openCall
  if (!call) throw new StoryFailure(`nothing was asked of the bank that could end as "${outcome}"`)
  const parsed = parseOutcome(thread, call, { outcome, data })
  assertInTime(thread, call, outcome)
  call.outcome = outcome
  const root = rootOf(call.run).id
  if (call.moves && !movesNothing.has(outcome)) thread.shelf.lock(root, thread.now)
  else if (call.moves) thread.shelf.unlock(root)
  deliver(thread, call.run, { kind: 'outcome', visit: call.visit, outcome, data: parsed, at: thread.now })
}

/** After any other outcome the money has moved, may have, or is on its way. */
const movesNothing = new Set(['declined', 'cancelled', 'expired', 'unavailable'])

/** Outcomes that need a user who still can confirm or cancel. */
const needConfirming = new Set(['succeeded', 'unknown', 'cancelled'])

export function isOver({ expiresAt }: BankCall, now: Instant): boolean {
  return expiresAt !== undefined && expiresAt <= now
}

/** An order that is over is not handed over: on the platform this flow would have heard `expired`. */
function assertInTime({ now }: Thread, call: BankCall, outcome: string): void {
  assertStory(
    !isOver(call, now) || !needConfirming.has(outcome),
    () =>
      `${call.need}.${call.operation} cannot end as "${outcome}" at ${instantToIso(now)}: the order expired at ` +
      `${instantToIso(call.expiresAt ?? now)}, and after that it ends as "expired" (bank.expires())`,
  )
}

function parseOutcome(thread: Thread, call: BankCall, { outcome, data }: { outcome: string; data: unknown }): unknown {
  const need = thread.plugin.contract.declaration.needs[call.need]
  const outcomes = need?.capability.operations[call.operation]?.outcomes ?? {}
  if (outcome === 'unavailable' && need?.optional) return {}
  const schema = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined
  const known = Object.keys(outcomes).join(', ')
  if (!schema) throw new StoryFailure(`${call.need}.${call.operation} cannot end as "${outcome}", only as ${known}`)
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  throw new StoryFailure(
    `"${outcome}" of ${call.need}.${call.operation} comes with other data: ${describeIssue(parsed.error)}`,
  )
}

/** How an `unknown` ended; a run that waits for it hears it. Holds follow what it says. */
export function takeSettlement(thread: Thread, data: unknown): void {
  const run = thread.open.findLast((candidate) => {
    const step = thread.stepOf(candidate)
    return step.kind === 'wait' && 'event' in step
  })
  const call = thread.calls.findLast(isUndecided)
  if (!run && !call) throw new StoryFailure('nothing waits for an event of the bank')
  if (call) call.settled = true
  const paid = isPaid(data)
  const root = call && rootOf(call.run).id
  if (root !== undefined && !paid) thread.shelf.unlock(root)
  if (run)
    return deliver(thread, run, {
      kind: 'happened',
      visit: run.state.visit,
      data: parseEvent(thread, run.state.step, data),
      at: thread.now,
    })
  if (root !== undefined) thread.shelf.settle(root, paid)
}

/** Told to be unknown, or by a name of its own for what the bank is still at. */
function isUndecided({ commits, outcome, settled }: BankCall): boolean {
  const told = outcome !== undefined && outcome !== 'succeeded' && !movesNothing.has(outcome)
  return (outcome === 'unknown' || (commits && told)) && settled !== true
}

function parseEvent(thread: Thread, stepName: string, data: unknown): unknown {
  const steps = thread.open.map((run) => thread.stepOf(run))
  const step = steps.findLast((candidate) => candidate.kind === 'wait' && 'event' in candidate)
  if (step?.kind !== 'wait' || !('event' in step)) return data
  const schema = thread.plugin.contract.declaration.needs[step.need]?.capability.events[step.event]
  const parsed = schema?.safeParse(data)
  if (parsed?.success) return parsed.data
  throw new StoryFailure(
    `"${step.event}" at step "${stepName}" comes with other data: ${parsed ? describeIssue(parsed.error) : ''}`,
  )
}

function isPaid(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'result' in data && data.result === 'succeeded'
}
