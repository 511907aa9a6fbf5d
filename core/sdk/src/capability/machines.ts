import { creditMachines } from './machines/credit-machines.ts'
import type { Machine } from './machines/machine.ts'
import { moneyMachines } from './machines/money-machines.ts'
import { platformMachines } from './machines/platform-machines.ts'
import { serviceMachines } from './machines/service-machines.ts'

/** Every machine that was agreed, by its name. */
export const machines = { ...platformMachines, ...creditMachines, ...moneyMachines, ...serviceMachines }

export type MachineName = keyof typeof machines
export type StateOf<M extends Machine> = M['states'][number]
export type EventOf<M extends Machine> = M['transitions'][number]['event']

/** The step that an event makes from a state; undefined where the machine refuses it. */
export function findMove<M extends Machine>(
  machine: M,
  from: StateOf<M>,
  event: EventOf<M>,
): M['transitions'][number] | undefined {
  return machine.transitions.find((move) => move.from === from && move.event === event)
}

/** A repeated event that leads where one is already is answered with that state; it has no effect a second time. */
export type EventVerdict<M extends Machine> =
  | { readonly kind: 'moved'; readonly move: M['transitions'][number] }
  | { readonly kind: 'repeated'; readonly state: StateOf<M> }
  | { readonly kind: 'refused' }

export function judgeEvent<M extends Machine>(machine: M, from: StateOf<M>, event: EventOf<M>): EventVerdict<M> {
  const move = findMove(machine, from, event)
  if (move !== undefined) return { kind: 'moved', move }
  const repeated = machine.transitions.some(({ event: other, to }) => other === event && to === from)
  return repeated ? { kind: 'repeated', state: from } : { kind: 'refused' }
}

/**
 * How far on a state is: no step leads to a lower rank, and only steps within a circle (`processing` and
 * `requires_action`) keep it. Ends rank above all others. What is told late and ranks lower is history.
 *
 * @throws RangeError for a state that the machine does not have
 */
export function rankOf<M extends Machine>(machine: M, state: StateOf<M>): number {
  const rank = ranksOf(machine).get(state)
  if (rank === undefined) throw new RangeError('the machine has no such state')
  return rank
}

/**
 * What it means that somebody tells a state, when another one is known: the `same`; `forward`, it may have become that
 * since; `late`, it was that before; or a `contradiction`, neither leads to the other. In a circle both lead to each
 * other: then it is `forward`, and the version decides.
 */
export type StateVerdict = 'same' | 'forward' | 'late' | 'contradiction'

export function judgeState<M extends Machine>(machine: M, known: StateOf<M>, told: StateOf<M>): StateVerdict {
  if (known === told) return 'same'
  if (listReachable(machine, known).has(told)) return 'forward'
  return listReachable(machine, told).has(known) ? 'late' : 'contradiction'
}

/** Everything that a state can become, and itself only in a circle. */
export function listReachable(machine: Machine, from: string): ReadonlySet<string> {
  const reached = new Set(stepsFrom(machine, from))
  for (const state of reached) for (const next of stepsFrom(machine, state)) reached.add(next)
  return reached
}

function stepsFrom({ transitions }: Machine, state: string): readonly string[] {
  return transitions.filter(({ from }) => from === state).map(({ to }) => to)
}

const known = new WeakMap<Machine, ReadonlyMap<string, number>>()

function ranksOf(machine: Machine): ReadonlyMap<string, number> {
  const ranks = known.get(machine) ?? buildRanks(machine)
  known.set(machine, ranks)
  return ranks
}

/** The longest way from the beginning, where states of one circle count as one. */
function buildRanks(machine: Machine): ReadonlyMap<string, number> {
  const reach = new Map(machine.states.map((state) => [state, listReachable(machine, state)]))
  const ranks = new Map<string, number>()
  const measure = (state: string): number => {
    const done = ranks.get(state)
    if (done !== undefined) return done
    const circle = machine.states.filter((other) => isOneCircle(reach, state, other))
    const before = machine.transitions.filter(({ from, to }) => circle.includes(to) && !circle.includes(from))
    const rank = Math.max(0, ...before.map(({ from }) => measure(from) + 1))
    for (const other of circle) ranks.set(other, rank)
    return rank
  }
  for (const state of machine.states) measure(state)
  const top = Math.max(...machine.states.filter((state) => !machine.terminal.includes(state)).map(measure)) + 1
  for (const state of machine.terminal) ranks.set(state, top)
  return ranks
}

function isOneCircle(reach: ReadonlyMap<string, ReadonlySet<string>>, left: string, right: string): boolean {
  return left === right || (reach.get(left)?.has(right) === true && reach.get(right)?.has(left) === true)
}
