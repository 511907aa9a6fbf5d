import type {
  AnyAsk,
  AnyContext,
  AnyRead,
  AnyReserve,
  AnyStep,
  AnyWaitEvent,
  AnyWaitUntil,
  Slots,
} from '../plugin/erased.ts'
import { Fault } from '../fault.ts'
import { addMs, type Instant } from '../time.ts'
import { buildContext, followRoute, getStep, listOptions, type Program } from './program.ts'
import type { Advance, Blocking, Command, ReadCommand, RunState } from './run-state.ts'

/** A flow that goes on by itself for this many steps has a loop without a question or a wait. */
const stepsPerEntry = 100

/** Goes from step to step until one waits for something from outside, or the run ends. */
export function enterStep(program: Program, from: RunState, now: Instant): Advance {
  const commands: Command[] = []
  let state = from
  for (let count = 0; count < stepsPerEntry; count += 1) {
    const context = buildContext(program, state, now)
    const next = passThrough(getStep(program, state.step), context, state.visit)
    if (next === undefined) return openStep(program, { state, commands, context })
    if (next.say) commands.push(next.say)
    state = moveTo(state, next.step, next.slots)
  }
  throw new Fault('flow.loop', { data: { flow: program.flow.id, step: state.step } })
}

export function moveTo(state: RunState, step: string, slots = state.slots): RunState {
  return { ...state, step, slots, visit: state.visit + 1, unread: 0, options: [] }
}

/** The step after one that needs nothing from outside; undefined for one that does. */
function passThrough(step: AnyStep, context: AnyContext, visit: number): Passing | undefined {
  const slots = context.state
  switch (step.kind) {
    case 'say':
      return { step: step.next, slots, say: { kind: 'say', visit, content: step.message(context) } }
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
  readonly say?: Command
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null
}

interface Opening {
  readonly state: RunState
  readonly commands: Command[]
  readonly context: AnyContext
}

function openStep(program: Program, { state, commands, context }: Opening): Advance {
  const step = getStep(program, state.step)
  const command = buildBlocking(step, context, state)
  const options = command.kind === 'ask' ? listOptions(command.content) : []
  return { state: { ...state, options, ended: command.kind === 'end' }, commands: [...commands, command] }
}

function buildBlocking(step: AnyStep, context: AnyContext, { visit, unread }: RunState): Blocking {
  switch (step.kind) {
    case 'ask':
      return buildAsk(step, context, { visit, again: unread > 0 })
    case 'confirm':
      return { kind: 'confirm', visit, order: step.order(context), method: step.method(context) }
    case 'call':
      return { kind: 'call', visit, need: step.need, operation: step.operation, input: step.input(context) }
    case 'read':
      return buildRead(step, context, visit)
    case 'reserve':
      return buildReserve(step, context, visit)
    case 'take':
      return { kind: 'take', visit, hold: step.hold(context) }
    case 'release':
      return { kind: 'release', visit, hold: step.hold(context) }
    case 'wait':
      return buildWait(step, context, visit)
    case 'end':
      return { kind: 'end', visit }
    case 'say':
    case 'branch':
      throw new Fault('flow.step_unknown', { data: { step: step.kind } })
  }
}

function buildAsk(step: AnyAsk, context: AnyContext, { visit, again }: { visit: number; again: boolean }): Blocking {
  const timeoutAt = addMs(context.now, step.timeout.afterMs)
  const digits = step.confidential ? step.shape?.digits : undefined
  return { kind: 'ask', visit, content: step.prompt(context), timeoutAt, again, digits }
}

function buildRead(step: AnyRead, context: AnyContext, visit: number): ReadCommand {
  if (step.key) return { kind: 'read', visit, from: step.from, by: 'key', key: step.key(context) }
  return {
    kind: 'read',
    visit,
    from: step.from,
    by: step.by,
    where: step.where?.(context) ?? {},
    limit: Math.min(step.limit ?? 50, 50),
  }
}

function buildReserve(step: AnyReserve, context: AnyContext, visit: number): Blocking {
  const { key, part } = step.of(context)
  return {
    kind: 'reserve',
    visit,
    from: step.from,
    counter: step.counter,
    key,
    part: part ?? '',
    until: addMs(context.now, step.holdMs),
  }
}

function buildWait(step: AnyWaitUntil | AnyWaitEvent, context: AnyContext, visit: number): Blocking {
  if ('until' in step) return { kind: 'wait', visit, until: step.until(context), event: undefined }
  return { kind: 'wait', visit, until: addMs(context.now, step.limitMs), event: { need: step.need, name: step.event } }
}
