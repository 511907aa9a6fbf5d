import { expect, test } from 'vitest'
import machine from '../vectors/confirmation-machine.json' with { type: 'json' }
import { confirmationStates, findNextState, judgeAnswer, type ConfirmationEvent } from './machine.ts'

const events: readonly ConfirmationEvent[] = [
  'answer_ok',
  'answer_wrong',
  'answer_wrong_last',
  'expire',
  'token_expired',
  'payload_changed',
  'consumed',
]

test('the states are those of the published machine', () => {
  expect(confirmationStates.toSorted()).toEqual(machine.states.toSorted())
  expect(events.toSorted()).toEqual([...new Set(machine.transitions.map(({ event }) => event))].toSorted())
})

test('each state takes the published events, leads where it should, and refuses the rest', () => {
  for (const from of confirmationStates) {
    for (const event of events) {
      const wanted = machine.transitions.find(
        (transition) => transition.from === from && transition.event === event,
      )?.to
      expect([from, event, findNextState(from, event)]).toEqual([from, event, wanted])
    }
  }
})

test('nothing leads out of a state that is called terminal', () => {
  for (const from of machine.terminal) {
    expect(
      events.some((event) => confirmationStates.some((state) => state === from && findNextState(state, event))),
    ).toBe(false)
  }
})

test('a right answer costs nothing, wrong ones cost a try each until none is left', () => {
  expect(judgeAnswer(true, 1)).toEqual({ event: 'answer_ok', triesLeft: 1 })
  expect(judgeAnswer(false, 3)).toEqual({ event: 'answer_wrong', triesLeft: 2 })
  expect(judgeAnswer(false, 1)).toEqual({ event: 'answer_wrong_last', triesLeft: 0 })
})
