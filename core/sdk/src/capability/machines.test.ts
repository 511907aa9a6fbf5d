import { describe, expect, it } from 'vitest'
import { readVectors } from '../../test/credit-vectors.ts'
import { findMove, judgeEvent, judgeState, listReachable, machines, rankOf, type Machine } from '../capabilities.ts'

const agreed = (readVectors('state-machines.json') as { readonly machines: Readonly<Record<string, Machine>> }).machines
const all: readonly [string, Machine][] = Object.entries(machines)

describe('the machines', () => {
  it('are those that were agreed: homes, states, ends, steps with actor, guard and effect', () => {
    expect(machines).toEqual(agreed)
    expect([all.length, all.flatMap(([, { states }]) => states).length]).toEqual([20, 195])
    expect(all.flatMap(([, { transitions }]) => transitions)).toHaveLength(259)
  })

  it.each(all)('reach every state and get stuck in none: %s', (_name, machine) => {
    const { states, initial, terminal, transitions } = machine
    expect([...new Set([initial, ...listReachable(machine, initial)])].toSorted()).toEqual(states.toSorted())
    const stuck = states.filter((state) => transitions.every(({ from }) => from !== state))
    expect(stuck.toSorted()).toEqual(terminal.toSorted())
    const ending = states.filter((state) =>
      [state, ...listReachable(machine, state)].some((to) => terminal.includes(to)),
    )
    expect(ending).toEqual(states)
  })

  it.each(all)('have one result for an event, and refuse what is not listed: %s', (_name, machine) => {
    const { states, transitions } = machine
    const pairs = transitions.map(({ from, event }) => `${from} ${event}`)
    expect(new Set(pairs).size).toBe(pairs.length)
    const events = [...new Set(transitions.map(({ event }) => event))]
    const found = states.flatMap((from) => events.flatMap((event) => findMove(machine, from, event) ?? []))
    expect(found).toHaveLength(transitions.length)
  })

  it.each(all)('rank states as their steps go, ends above all others: %s', (_name, machine) => {
    const { states, terminal, transitions } = machine
    const circles = (from: string, to: string): boolean => listReachable(machine, to).has(from)
    const wrong = transitions.filter(({ from, to }) => {
      const [before, after] = [rankOf(machine, from), rankOf(machine, to)]
      return circles(from, to) ? before !== after : before >= after
    })
    expect(wrong).toEqual([])
    const highest = Math.max(
      ...states.filter((state) => !terminal.includes(state)).map((state) => rankOf(machine, state)),
    )
    expect(terminal.every((state) => rankOf(machine, state) > highest)).toBe(true)
  })
})

describe('what is told', () => {
  it('as an event moves, repeats or is refused', () => {
    const { payment } = machines
    expect(judgeEvent(payment, 'processing', 'bank_succeeded')).toMatchObject({
      kind: 'moved',
      move: { to: 'succeeded' },
    })
    expect(judgeEvent(payment, 'succeeded', 'bank_succeeded')).toEqual({ kind: 'repeated', state: 'succeeded' })
    expect(judgeEvent(payment, 'failed', 'bank_succeeded')).toEqual({ kind: 'refused' })
  })

  it('as a state is news, history or a contradiction', () => {
    const { phone_transfer: transfer, payment } = machines
    expect(judgeState(transfer, 'processing', 'succeeded')).toBe('forward')
    expect(judgeState(transfer, 'succeeded', 'processing')).toBe('late')
    expect(judgeState(transfer, 'succeeded', 'failed')).toBe('contradiction')
    expect(judgeState(transfer, 'succeeded', 'returned')).toBe('forward')
    expect(judgeState(payment, 'requires_action', 'processing')).toBe('forward')
    expect(judgeState(payment, 'cancelled', 'cancelled')).toBe('same')
  })

  it('names no state that a machine does not have', () => {
    const open: Machine = machines.payment
    expect(() => rankOf(open, 'paid')).toThrow(RangeError)
  })
})
