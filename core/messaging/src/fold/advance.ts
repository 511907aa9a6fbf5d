import type { Command, RunEvent } from '@inthread/sdk/engine'
import { Fault, isFault } from '@inthread/sdk/fault'
import { callCapability } from '../step/call.ts'
import { readOwn, holdUnit, writeOwn } from '../step/documents.ts'
import { endRun } from '../step/end.ts'
import { fetchOutside } from '../step/fetch.ts'
import { emitEvent } from '../step/emit.ts'
import { askUser, confirmOrder, remindUser, say } from '../step/say.ts'
import { startSubFlow } from '../step/sub-flow.ts'
import { makeWay } from '../stack/suspend.ts'
import { chargeCommand } from './charge.ts'
import type { DraftRun, Entry, TurnDraft } from './draft.ts'
import { foldEntry } from './guest-fold.ts'
import type { Folding } from './need.ts'

/** Runs that read and reserve so often without waiting for anybody go round in a circle. */
const entriesPerTurn = 100

/**
 * Puts an entry into a run's journal and carries out what the run then wants, and so on with what follows from that at
 * once, in this run or in another one, until everybody waits for somebody else.
 */
export function* advanceRun(draft: TurnDraft, run: DraftRun, event: RunEvent): Folding<void> {
  let next: Entry | undefined = { run, event }
  for (let entries = 0; next; entries += 1) next = yield* takeEntry(draft, next, entries)
}

/**
 * One entry, and the one that follows from it at once. Whatever goes wrong on the way, in the plugin's functions or
 * with what the run wants, is known as that run's: the others of the turn need not suffer for it.
 */
function* takeEntry(draft: TurnDraft, entry: Entry, entries: number): Folding<Entry | undefined> {
  const { run } = entry
  try {
    if (entries >= entriesPerTurn)
      throw new Fault('flow.loop', { data: { flow: run.program.flow.id, step: run.state.step } })
    let next: Entry | undefined
    for (const command of yield* addEntry(draft, entry)) {
      chargeCommand(draft, run, command)
      next = yield* carryOut(draft, entry, command)
    }
    return next
  } catch (cause) {
    throw blameRun(draft, run, cause)
  }
}

/** One that this turn has begun is nobody's yet to stop: whoever called it has stumbled. */
function blameRun(draft: TurnDraft, run: DraftRun, cause: unknown): Fault {
  const { id, version } = run.plugin.contract.declaration
  const known = isFault(cause) ? cause : undefined
  let stored: DraftRun | undefined = run
  while (stored && !stored.stored) stored = stored.parentId === undefined ? undefined : draft.runs.get(stored.parentId)
  const data = { ...known?.data, plugin: id, version, run: (stored ?? run).id }
  return new Fault(known?.code ?? 'plugin.threw', { data, cause })
}

/** What the run then wants. A guest that cannot be asked now gets the entry in the next turn. */
function* addEntry(draft: TurnDraft, { run, event }: Entry): Folding<readonly Command[]> {
  const advance = yield* foldEntry(draft, run, event)
  if (advance === 'later') {
    draft.deferred.push({ run: run.id, event })
    return []
  }
  draft.journal.push({ run, seq: run.seq, event, from: run.state.step, to: advance.state.step })
  run.seq += 1
  run.state = advance.state
  // An entry that came too late wants nothing, and what the run waits for still has its limit.
  if (advance.commands.length > 0) {
    run.due = undefined
    run.suspended = false
  }
  return advance.commands
}

/** Carries out one command; the entry that follows from it at once, if any. */
function* carryOut(draft: TurnDraft, { run, event }: Entry, command: Command): Folding<Entry | undefined> {
  switch (command.kind) {
    case 'say':
      return void say(draft, run, command)
    case 'emit':
      return void emitEvent(draft, run, command)
    case 'ask':
      return run.urgent && !makeWay(draft, run) ? undefined : void askUser(draft, run, command)
    case 'remind':
      return void remindUser(draft, run, command)
    case 'confirm':
      return yield* confirmOrder(draft, run, command)
    case 'call':
      return yield* callCapability(draft, run, command)
    case 'read':
      return yield* readOwn(draft, run, command)
    case 'write':
      return yield* writeOwn(draft, run, command)
    case 'fetch':
      return void fetchOutside(draft, run, command)
    case 'run':
      return startSubFlow(draft, run, command)
    case 'reserve':
    case 'take':
    case 'release':
      return yield* holdUnit(draft, run, command)
    case 'wait':
      return void (run.due = { at: command.until, kind: 'wait' })
    case 'end':
      return yield* endRun(draft, { run, event }, command)
  }
}
