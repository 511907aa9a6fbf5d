import { describe, expect, it } from 'vitest'
import { findAlarmProblems } from './alarm-problems.ts'
import { assertTidy } from './problem.ts'
import { buildProject, readProject } from './source/project.ts'

const files = {
  'core/runtime/src/ports/log.ts': "const allowed: ReadonlySet<string> = new Set(['code'])",
  'core/runtime/src/metrics/instruments.ts': "new Counter({ name: 'inthread_turns_total' })",
  'core/messaging/src/turn.ts': "log.event('turn.failed', { code })",
  'core/FAULTS.md': [
    '# Faults',
    '## Events',
    '| `turn.failed` | alarm | A turn failed. | Look. |',
    '## Metrics',
    '| `inthread_turns_total` | Turns. | Never. |',
  ].join('\n'),
}
const check = (changed: Readonly<Record<string, string>>) => findAlarmProblems(buildProject({ ...files, ...changed }))

describe('findAlarmProblems', () => {
  it('is content when code and guide agree', () => {
    expect(check({})).toEqual([])
  })

  it.each([
    ['an event without a row', { 'core/finance/src/a.ts': "\nports.log.event('order.lost', {})" }, 'alarm/event', 2],
    ['a row without an event', { 'core/messaging/src/turn.ts': '' }, 'alarm/event', 3],
    [
      'a metric without a row',
      { 'core/FAULTS.md': files['core/FAULTS.md'].replace('_turns', '_runs') },
      'alarm/metric',
      1,
    ],
    ['an empty cell', { 'core/FAULTS.md': files['core/FAULTS.md'].replace('Look.', '') }, 'alarm/event', 3],
    [
      'a fact that is dropped',
      { 'core/messaging/src/turn.ts': "log.event('turn.failed', { phone })" },
      'alarm/fact',
      1,
    ],
  ])('finds %s', (_, changed, rule, line) => {
    expect(check(changed)).toContainEqual(expect.objectContaining({ rule, line }))
  })
})

describe('the house', () => {
  it('explains its events and metrics, and writes what it says', () => {
    assertTidy('alarm', findAlarmProblems(readProject()))
  })
})
