import { describe, expect, it } from 'vitest'
import { teaHouse, teas } from '../../test/tea-house.ts'
import type { AnyStep, Plugin } from '../engine.ts'
import { compareJournal, readJournal, recordJournal, writeJournal } from './journal.ts'
import { story } from './story.ts'

const told = story('buys a tea', { plugin: teaHouse, documents: teas }, ({ user, bank }) => {
  user.says('tea')
  user.taps('Green tea')
  bank.accepts()
})

function reword(template: string, revision = 1): Plugin {
  const { order } = teaHouse.flows
  if (!order) throw new Error('no flow')
  const thank: AnyStep = {
    kind: 'say',
    message: () => ({ kind: 'text', text: { template, vars: {} }, chips: [] }),
    next: 'end',
  }
  const flow = { ...order, revision, steps: { ...order.steps, thank } }
  return { ...teaHouse, flows: { ...teaHouse.flows, order: flow } }
}

const price = '"price":{"amountMinor":{"$n":"1200"},"currency":"CNY"}'
const content = (template: string, vars: string): string =>
  `{"kind":"text","text":{"template":"${template}","vars":{${vars}}},"chips":[]}`

describe('a recorded journal', () => {
  it('is read as it was written, and gives the same commands', async () => {
    const journal = await recordJournal(told)
    const read = readJournal(writeJournal(journal))
    expect(writeJournal(read)).toBe(writeJournal(journal))
    expect(read.runs[0]?.entries.map(({ event }) => event.kind)).toEqual([
      'started',
      'answered',
      'held',
      'written',
      'outcome',
      'taken',
    ])
    expect(compareJournal(teaHouse, read)).toEqual([])
  })

  it('names the entry and the command that changed', async () => {
    const journal = await recordJournal(told)
    expect(compareJournal(reword('notPaid'), journal)).toEqual([
      'buys a tea, run 1 (order), entry 6 (taken), command 1:\n' +
        `  before say {"visit":6,"content":${content('paid', price)}}\n` +
        `  now    say {"visit":6,"content":${content('notPaid', '')}}`,
    ])
    expect(compareJournal(reword('paid', 2), journal)[0]).toContain('recorded with revision 1, now it is 2')
    expect(compareJournal({ ...teaHouse, flows: {} }, journal)).toEqual(['buys a tea, run 1 (order): the flow is gone'])
  })
})
