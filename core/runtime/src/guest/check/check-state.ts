import { listOptions, type Command, type Flow, type RunEvent, type RunState, type Slots } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { refuseUnless } from './refusal.ts'

export interface Change {
  readonly flow: Flow
  readonly before: RunState | undefined
  readonly event: RunEvent
  readonly after: RunState
  readonly commands: readonly Command[]
  readonly stateBytes: number
}

const stepsPerEntry = 100

/** A state is what the fold makes of the one before: own names, a visit that only grows, and nothing of its own. */
export function checkState(change: Change): void {
  const { flow, before, event, after, commands, stateBytes } = change
  const input = event.kind === 'started' ? event.input : before?.input
  refuseUnless(Object.hasOwn(flow.steps, after.step), 'state.step')
  refuseUnless(same(after.input, input), 'state.input')
  checkSlots(flow, after.slots, stateBytes)
  const known = new Set((before?.trail ?? []).map((waypoint) => encodeJson(waypoint)))
  for (const waypoint of after.trail ?? []) {
    if (known.has(encodeJson(waypoint))) continue
    const { step, slots } = waypoint
    refuseUnless(isPlainQuestion(flow, step), 'state.trail')
    checkSlots(flow, slots, stateBytes)
  }
  const last = commands.at(-1)
  refuseUnless(after.ended === (last?.kind === 'end'), 'state.ended')
  refuseUnless(same(after.options, last?.kind === 'ask' ? listOptions(last.content) : []), 'state.options')
  refuseUnless(after.since === event.at, 'state.since')
  const first = event.kind === 'started' ? 1 : (before?.visit ?? 0) + 1
  refuseUnless(after.visit >= first && after.visit <= first + stepsPerEntry, 'state.visit')
  checkVisits(commands, first, after.visit)
  checkSecrets(change)
}

/** An entry that changes nothing leaves the state as it was. */
export function checkUnchanged({ before, after }: Pick<Change, 'before' | 'after'>): void {
  refuseUnless(before !== undefined && same(before, after), 'state.changed')
}

function checkSlots(flow: Flow, slots: Slots, stateBytes: number): void {
  const known = Object.keys(flow.state.shape)
  refuseUnless(
    Object.keys(slots).every((name) => known.includes(name)),
    'state.slots',
  )
  refuseUnless(Buffer.byteLength(encodeJson(slots)) <= stateBytes, 'state.bytes')
}

function isPlainQuestion(flow: Flow, name: string): boolean {
  const step = Object.hasOwn(flow.steps, name) ? flow.steps[name] : undefined
  return step?.kind === 'ask' && step.confidential !== true
}

/** Commands come from visits one after the other, the last one from the present visit. */
function checkVisits(commands: readonly Command[], first: number, last: number): void {
  const visits = commands.map(({ visit }) => visit)
  const ascending = visits.every((visit, index) => index === 0 || visit > (visits[index - 1] ?? visit))
  refuseUnless(ascending && (visits[0] ?? last) >= first && visits.at(-1) === last, 'command.visit')
}

/** Confidential answers are known by their references, and only those that the run was given. */
function checkSecrets({ before, event, after, commands }: Change): void {
  const given = new Set(listSecrets([before?.slots, before?.input, event]))
  if (event.kind === 'answered_in_confidence') given.add(event.secret)
  refuseUnless(
    listSecrets([after.slots, commands]).every((secret) => given.has(secret)),
    'secret.foreign',
  )
}

function listSecrets(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const items = Object.values(value)
  if ('secret' in value && typeof value.secret === 'string' && items.length === 1) return [value.secret]
  return items.flatMap(listSecrets)
}

function same(left: unknown, right: unknown): boolean {
  return encodeJson(left ?? null) === encodeJson(right ?? null)
}
