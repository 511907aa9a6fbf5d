import { Fault } from '../fault.ts'
import type { AnyContext, AnyStep, Slots } from '../plugin/erased.ts'
import type { Instant } from '../time.ts'
import { buildBlocking } from './build-blocking.ts'
import { buildContext, followRoute, getStep, listOptions, type Program } from './program.ts'
import type { Advance, Command, PassingCommand, RunState, Waypoint } from './run-state.ts'

/** A flow that goes on by itself for this many steps has a loop without a question or a wait. */
const stepsPerEntry = 100
/** So far back can a user go. */
const waypointsAtMost = 8
/** Steps that leave everything outside as it was: a user may go back across them. */
const harmless: ReadonlySet<AnyStep['kind']> = new Set(['say', 'branch', 'ask', 'read'])

/** Goes from step to step until one waits for something from outside, or the run ends. */
export function enterStep(program: Program, from: RunState, now: Instant): Advance {
  const commands: Command[] = []
  let state = from
  for (let count = 0; count < stepsPerEntry; count += 1) {
    const context = buildContext(program, state, now)
    const step = getStep(program, state.step)
    if (!harmless.has(step.kind)) state = { ...state, trail: [] }
    const next = passThrough(step, context, state.visit)
    if (next === undefined) return openStep(step, { state, commands, context })
    if (next.command) commands.push(next.command)
    state = moveTo(state, next.step, next.slots)
  }
  throw new Fault('flow.loop', { data: { flow: program.flow.id, step: state.step } })
}

export function moveTo(state: RunState, step: string, slots = state.slots): RunState {
  return { ...state, step, slots, visit: state.visit + 1, unread: 0, options: [] }
}

/** Remembers an answered question, to be able to go back to it. */
export function addWaypoint({ trail = [] }: RunState, waypoint: Waypoint): readonly Waypoint[] {
  return [...trail, waypoint].slice(-waypointsAtMost)
}

/** The step after one that needs nothing from outside; undefined for one that does. */
function passThrough(step: AnyStep, context: AnyContext, visit: number): Passing | undefined {
  const slots = context.state
  switch (step.kind) {
    case 'say':
      return { step: step.next, slots, command: { kind: 'say', visit, content: step.message(context) } }
    case 'emit':
      return { step: step.next, slots, command: { kind: 'emit', visit, event: step.event, data: step.data(context) } }
    case 'branch':
      return { step: step.when.find((arm) => arm.is(context))?.to ?? step.otherwise, slots }
    case 'ask':
      return isFilled(slots[step.slot]) ? followRoute(step.next, slots[step.slot], context) : undefined
    default:
      return undefined
  }
}

interface Passing {
  readonly step: string
  readonly slots: Slots
  readonly command?: PassingCommand
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null
}

interface Opening {
  readonly state: RunState
  readonly commands: Command[]
  readonly context: AnyContext
}

function openStep(step: AnyStep, { state, commands, context }: Opening): Advance {
  const command = buildBlocking(step, context, state)
  const options = command.kind === 'ask' ? listOptions(command.content) : []
  const ended = command.kind === 'end'
  return { state: { ...state, options, ended, since: context.now }, commands: [...commands, command] }
}
