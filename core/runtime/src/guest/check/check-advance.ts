import type { GuestAdvance } from '@inthread/messaging/ports'
import {
  getStep,
  type Advance,
  type Command,
  type Flow,
  type Limits,
  type Plugin,
  type RunState,
} from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { addMs } from '@inthread/sdk/time'
import { checkContent } from './check-content.ts'
import { checkLast, checkPassing } from './check-command.ts'
import { checkState, checkUnchanged } from './check-state.ts'
import { advanceShape } from './advance-shape.ts'
import { Refusal, refuseUnless } from './refusal.ts'

/** One command, with its message or its document, as JSON. */
const commandBytes = 64 * 1024

export interface AdvanceCheck {
  readonly plugin: Plugin
  readonly limits: Limits
  readonly call: Omit<GuestAdvance, 'tenantId'>
}

/**
 * Nothing of what a guest answers is believed: its form, its names, its amounts of everything, and that it follows
 * from the state and the entry as far as the manifest can tell. What passes is taken as it came, so that it is the
 * same, byte for byte, as what the fold gives in process.
 */
export function checkAdvance(check: AdvanceCheck, answer: unknown): Advance {
  assertShape(answer)
  const { plugin, limits, call } = check
  const { state, commands } = answer
  for (const command of commands) refuseUnless(Buffer.byteLength(encodeJson(command)) <= commandBytes, 'command.bytes')
  const flow = getFlow(plugin, call.setup.flow)
  const before = call.state
  const [only] = commands
  if (before && (commands.length === 0 || only?.kind === 'remind')) return checkRemark(check, { flow, before, answer })
  checkState({ flow, before, event: call.event, after: state, commands, stateBytes: limits.stateBytes })
  const program = { ...call.setup, flow }
  const setting = { plugin, step: getStep(program, state.step), state, event: call.event }
  const [passing, last] = [commands.slice(0, -1), commands.at(-1)]
  refuseUnless(passing.filter(({ kind }) => kind === 'say').length < limits.messagesPerTurn, 'messages.count')
  for (const command of passing) checkPassing(setting, command)
  if (last) checkLast(setting, last)
  return answer
}

interface Remark {
  readonly flow: Flow
  readonly before: RunState
  readonly answer: Advance
}

/** The reminder of an open question, or nothing at all: the run stays where it is. */
function checkRemark({ plugin, call }: AdvanceCheck, { flow, before, answer }: Remark): Advance {
  checkUnchanged({ before, after: answer.state })
  refuseUnless(answer.commands.length <= 1, 'command.order')
  const [command] = answer.commands as readonly (Command | undefined)[]
  if (command?.kind !== 'remind') return answer
  const step = getStep({ ...call.setup, flow }, before.step)
  refuseUnless(step.kind === 'ask' && step.reminder !== undefined && call.event.kind === 'reminded', 'remind.step')
  const limitMs = step.kind === 'ask' ? step.timeout.afterMs : 0
  refuseUnless(command.visit === before.visit, 'command.visit')
  refuseUnless(command.timeoutAt === addMs(before.since ?? call.event.at, limitMs), 'ask.timeout')
  checkContent(plugin, command.content)
  return answer
}

function getFlow(plugin: Plugin, id: string): Flow {
  const flow = Object.hasOwn(plugin.flows, id) ? plugin.flows[id] : undefined
  if (!flow) throw new Refusal('flow.unknown')
  return flow
}

function assertShape(answer: unknown): asserts answer is Advance {
  refuseUnless(advanceShape.safeParse(answer).success, 'command.shape')
}
