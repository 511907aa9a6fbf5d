import { describe, expect, it } from 'vitest'
import { bookMachines } from '../../test/vectors.ts'
import { breakMachine, consentMachine, findStep, moveBy, refundMachine, type Step } from './machines.ts'

const machines: readonly (readonly ['refund' | 'consent' | 'break', readonly Step[]])[] = [
  ['refund', refundMachine],
  ['consent', consentMachine],
  ['break', breakMachine],
]
const sorted = (list: readonly object[]): string[] => list.map((each) => JSON.stringify(each)).toSorted()

describe.each(machines)('the machine of a %s', (name, machine) => {
  const agreed = bookMachines[name]

  it('is the one that was agreed', () => {
    expect(sorted(machine)).toEqual(sorted(agreed.transitions.map(({ from, event, to }) => ({ from, event, to }))))
    const named = new Set(machine.flatMap(({ from, to }) => [from, to]))
    expect([...named].toSorted()).toEqual(agreed.states.toSorted())
  })

  it('refuses every step that is not listed, and leaves no end', () => {
    const events = [...new Set(machine.map(({ event }) => event))]
    const refused = agreed.states.flatMap((from) =>
      events.filter((event) => findStep(machine, { from, event }) === undefined).map((event) => ({ from, event })),
    )
    for (const step of refused)
      expect(() => moveBy(machine, step)).toThrow(expect.objectContaining({ code: 'books.step_refused', data: step }))
    for (const from of agreed.terminal) expect(machine.filter((step) => step.from === from)).toEqual([])
  })
})
