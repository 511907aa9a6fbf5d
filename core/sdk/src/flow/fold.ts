import type { AnyAsk, AnyFetch, AnyRoute, AnyStep } from '../plugin/erased.ts'
import { Fault } from '../fault.ts'
import { addMs } from '../time.ts'
import { addWaypoint, enterStep, moveTo } from './enter.ts'
import { buildContext, followRoute, getStep, mergeSlots, type Program } from './program.ts'
import type { Advance, FetchAnswer, RunEvent, RunPin, RunState, Waypoint } from './run-state.ts'

const retriesByDefault = 2

/** How a run begins: the input in its slots, before its first step. */
export function startRun(program: Program, event: Extract<RunEvent, { kind: 'started' }>): Advance {
  const { flow } = program
  const slots = mergeSlots({}, flow.begin?.(event.input) ?? {})
  const state: RunState = {
    step: flow.start,
    visit: 1,
    slots,
    input: event.input,
    unread: 0,
    options: [],
    ended: false,
  }
  return enterStep(program, state, event.at)
}

/**
 * One journal entry further: pure, so that the same journal gives the same commands on every machine. An entry that
 * speaks of another visit than the present one came too late and changes nothing.
 */
export function applyEvent(program: Program, state: RunState, event: RunEvent): Advance {
  if (event.kind === 'started') return startRun(program, event)
  if (state.ended) return { state, commands: [] }
  if (event.kind === 'cancelled')
    return { state: { ...state, ended: true, options: [] }, commands: [{ kind: 'end', visit: state.visit }] }
  if (event.visit !== state.visit) return { state, commands: [] }
  if (event.kind === 'moved')
    return enterStep(program, moveTo({ ...state, trail: [] }, event.step, event.slots), event.at)
  const step = getStep(program, state.step)
  switch (event.kind) {
    case 'not_read':
      return askAgain(program, { state, event, step })
    case 'reminded':
      return remind(program, { state, event, step })
    case 'corrected':
      return goBack(program, { state, event, step })
    case 'resumed':
      return step.kind === 'ask' ? enterStep(program, moveTo(state, state.step), event.at) : { state, commands: [] }
    default:
      return goOn(program, { state, event, step })
  }
}

function goOn(program: Program, { state, event, step }: Taken<Answering>): Advance {
  const { route, result, filled } = routeOf(step, event)
  const before = filled ? { ...state, slots: mergeSlots(state.slots, filled), trail: extendTrail(state, step) } : state
  const next = followRoute(route, result, buildContext(program, before, event.at))
  return enterStep(program, moveTo(before, next.step, next.slots), event.at)
}

/** Nobody goes back to a confidential answer. */
function extendTrail(state: RunState, step: AnyStep): readonly Waypoint[] {
  if (step.kind !== 'ask' || step.confidential) return []
  return addWaypoint(state, { step: state.step, slots: state.slots })
}

/**
 * Replays a whole journal. Used for audit and to prove that stored runs still fold to the same commands. `program` is
 * the one that the run began with; for a run that moved, `findProgram` brings the one it moved to.
 */
export function foldJournal(
  begun: Program,
  journal: readonly RunEvent[],
  findProgram?: (pin: RunPin) => Program,
): readonly Advance[] {
  const advances: Advance[] = []
  let program = begun
  for (const event of journal) {
    const last = advances.at(-1)
    if (event.kind === 'moved' && findProgram) program = findProgram(event.to)
    if (event.kind === 'started') advances.push(startRun(program, event))
    else if (last) advances.push(applyEvent(program, last.state, event))
    else throw new Fault('flow.journal_broken', { data: { flow: program.flow.id } })
  }
  return advances
}

interface Taken<E extends RunEvent> {
  readonly state: RunState
  readonly event: E
  readonly step: AnyStep
}

function remind(program: Program, { state, event, step }: Taken<RunEvent>): Advance {
  if (step.kind !== 'ask' || !step.reminder) return { state, commands: [] }
  const content = step.reminder.message(buildContext(program, state, event.at))
  const timeoutAt = addMs(state.since ?? event.at, step.timeout.afterMs)
  return { state, commands: [{ kind: 'remind', visit: state.visit, content, timeoutAt }] }
}

/** Everything is again as it was when the question before was asked; without one, the open question is asked again. */
function goBack(program: Program, { state, event, step }: Taken<RunEvent>): Advance {
  const last = state.trail?.at(-1)
  if (step.kind !== 'ask') return { state, commands: [] }
  if (!last) return enterStep(program, moveTo(state, state.step), event.at)
  const before = { ...state, trail: state.trail?.slice(0, -1) ?? [] }
  return enterStep(program, moveTo(before, last.step, last.slots), event.at)
}

function askAgain(program: Program, { state, event, step }: Taken<RunEvent>): Advance {
  if (step.kind !== 'ask') return { state, commands: [] }
  if (state.unread >= (step.retries ?? retriesByDefault)) {
    return enterStep(program, moveTo(state, step.giveUp ?? step.timeout.to), event.at)
  }
  return enterStep(program, { ...moveTo(state, state.step), unread: state.unread + 1 }, event.at)
}

interface Routed {
  readonly route: AnyRoute
  readonly result: unknown
  readonly filled?: Readonly<Record<string, unknown>>
}

type Answering = Exclude<
  RunEvent,
  { kind: 'started' | 'cancelled' | 'not_read' | 'reminded' | 'corrected' | 'resumed' | 'moved' }
>

/** Which way an entry sends a step. An entry that does not belong to the kind of step is a broken journal. */
function routeOf(step: AnyStep, event: Answering): Routed {
  if (step.kind === 'ask') return routeAsk(step, event)
  if (step.kind === 'confirm' && event.kind === 'decided') return { route: step.on[event.answer], result: event.answer }
  if (step.kind === 'read' && event.kind === 'read') {
    return event.documents.length > 0
      ? { route: step.on.found, result: event.documents }
      : { route: step.on.none, result: [] }
  }
  if (step.kind === 'write' && event.kind === 'written') {
    if ('next' in step) return { route: step.next, result: null }
    return { route: event.written ? step.on.written : step.on.present, result: null }
  }
  if (step.kind === 'fetch' && event.kind === 'fetched') return routeFetch(step, event.answer)
  if (step.kind === 'run' && event.kind === 'returned') return { route: step.on.done, result: event.result }
  if (step.kind === 'reserve' && event.kind === 'held') {
    return event.hold ? { route: step.on.held, result: event.hold } : { route: step.on.none_left, result: null }
  }
  if (step.kind === 'take' && event.kind === 'taken')
    return { route: event.taken ? step.on.taken : step.on.lapsed, result: event.taken }
  if (step.kind === 'release' && event.kind === 'released') return { route: step.next, result: null }
  if (step.kind === 'call' && event.kind === 'outcome')
    return { route: getRoute(step.on, event.outcome), result: event.data }
  if (step.kind === 'wait') return routeWait(step, event)
  throw new Fault('flow.journal_broken', { data: { step: step.kind, entry: event.kind } })
}

function routeFetch({ on }: AnyFetch, answer: FetchAnswer): Routed {
  if (answer.kind === 'answered') return { route: on.answered, result: answer.data }
  return { route: on.failed, result: { reason: answer.reason } }
}

function routeAsk(step: AnyAsk, event: Answering): Routed {
  if (event.kind === 'answered') return { route: step.next, result: event.value, filled: { [step.slot]: event.value } }
  if (event.kind === 'answered_in_confidence') {
    const value = { secret: event.secret }
    return { route: step.next, result: value, filled: { [step.slot]: value } }
  }
  if (event.kind === 'timed_out') return { route: step.timeout.to, result: null }
  throw new Fault('flow.journal_broken', { data: { step: step.kind, entry: event.kind } })
}

function routeWait(step: Extract<AnyStep, { kind: 'wait' }>, event: Answering): Routed {
  if ('until' in step) {
    if (event.kind === 'timed_out') return { route: step.next, result: null }
  } else {
    if (event.kind === 'timed_out') return { route: step.on.limit, result: null }
    if (event.kind === 'happened') return { route: step.on.happened, result: event.data }
  }
  throw new Fault('flow.journal_broken', { data: { step: step.kind, entry: event.kind } })
}

function getRoute(on: Readonly<Record<string, AnyRoute>>, outcome: string): AnyRoute {
  const route = Object.hasOwn(on, outcome) ? on[outcome] : undefined
  if (route === undefined) throw new Fault('flow.outcome_unrouted', { data: { outcome } })
  return route
}
