import { machines } from '@inthread/sdk/capabilities'
import { describe, expect, it } from 'vitest'
import { paymentVector } from '../../test/vectors.ts'
import {
  findTransition,
  moveOrder,
  paymentMachine,
  terminalStates,
  type OrderEvent,
  type OrderState,
} from './machine.ts'

const states = paymentVector.states as readonly OrderState[]
const events = [...new Set(paymentVector.transitions.map(({ event }) => event))] as readonly OrderEvent[]
const pairs = states.flatMap((from) => events.map((event) => [from, event] as const))
const sorted = (list: readonly object[]): string[] => list.map((each) => JSON.stringify(each)).toSorted()

describe('the payment machine', () => {
  it('is the one that was agreed: its steps, its states and its ends', () => {
    const agreed = paymentVector.transitions.map(({ from, event, to }) => ({ from, event, to }))
    expect(sorted(paymentMachine)).toEqual(sorted(agreed))
    expect([...terminalStates].toSorted()).toEqual(paymentVector.terminal.toSorted())
    const named = new Set(paymentMachine.flatMap(({ from, to }) => [from, to]))
    expect([...named].toSorted()).toEqual(states.toSorted())
  })

  it('is the one that the sdk gives to everybody', () => {
    const given = machines.payment.transitions.map(({ from, event, to }) => ({ from, event, to }))
    expect(sorted(paymentMachine)).toEqual(sorted(given))
    expect([...terminalStates].toSorted()).toEqual(machines.payment.terminal.toSorted())
  })

  it('goes where it is listed and nowhere else', () => {
    const listed = new Map(paymentVector.transitions.map(({ from, event, to }) => [`${from} ${event}`, to]))
    expect(pairs.length).toBe(states.length * events.length)
    const found = pairs.map(([from, event]) => [`${from} ${event}`, findTransition(from, event)] as const)
    expect(found.filter(([pair, to]) => to !== listed.get(pair))).toEqual([])
    expect(found.filter(([, to]) => to !== undefined)).toHaveLength(paymentVector.transitions.length)
  })

  it('refuses every pair that is not listed with a fault that names it', () => {
    const refusals = pairs.filter(([from, event]) => findTransition(from, event) === undefined)
    expect(refusals.length).toBeGreaterThan(100)
    for (const [from, event] of refusals) {
      const fault = { code: 'order.transition_refused', data: { from, event } }
      expect(() => moveOrder(from, event)).toThrow(expect.objectContaining(fault))
    }
  })

  it('never leaves an end', () => {
    expect(paymentMachine.filter(({ from }) => terminalStates.has(from))).toEqual([])
  })

  it('reaches every state from its beginning, and an end from every state', () => {
    const walk = (from: readonly string[], next: (state: string) => readonly string[]): string[] => {
      const seen = new Set(from)
      for (const state of seen) for (const other of next(state)) seen.add(other)
      return [...seen].toSorted()
    }
    const after = (state: string): string[] => paymentMachine.filter(({ from }) => from === state).map(({ to }) => to)
    const before = (state: string): string[] => paymentMachine.filter(({ to }) => to === state).map(({ from }) => from)
    expect(walk([paymentVector.initial], after)).toEqual(states.toSorted())
    expect(walk([...terminalStates], before)).toEqual(states.toSorted())
  })
})
