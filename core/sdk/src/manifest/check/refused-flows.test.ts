import { describe, expect, it } from 'vitest'
import { ask, listProblemsAfter, next, paid, pay, put, type Spoil } from '../../../test/spoil-manifest.ts'

describe('a flow is refused', () => {
  it.each<[string, Spoil, string, string]>([
    ['with an unreachable step', put({ lost: next }), 'nothing leads to the step "lost"', 'lost'],
    [
      'with a step that leads nowhere',
      put({ pour: { kind: 'say', next: 'gone' } }),
      'the step "pour" leads to "gone", and there is no such step',
      'pour',
    ],
    [
      'with a start that is none',
      ({ flows }) => Object.assign(flows['order'] ?? {}, { start: 'begin' }),
      'it starts at "begin", and there is no such step',
      'begin',
    ],
    [
      'without a way to an end',
      put({ pour: { ...ask, timeout: { afterMs: 1, to: 'pour' }, next: 'pour' } }),
      'from the step "pour" no way leads to an end',
      'pour',
    ],
    [
      'with a loop that nothing slows down',
      put({ pour: { kind: 'branch', when: ['round'], otherwise: 'end' }, round: { kind: 'say', next: 'pour' } }),
      'the steps "pour" and "round" lead round without a question or a wait',
      'pour',
    ],
    [
      'that runs itself',
      put({ pour: { kind: 'run', flow: 'order', on: { done: 'end' } } }),
      'the step "pour" runs the flow "order", which runs "order" again',
      'pour',
    ],
    [
      'that pays again while nobody knows whether it was done',
      put({ pay: { ...pay, on: { ...paid, unknown: 'wait' } }, wait: { ...ask, timeout: { afterMs: 1, to: 'pour' } } }),
      'after "unknown" the step "pay" may be followed by "pay" again, while nobody knows',
      'pay',
    ],
    [
      'that pays again unasked',
      put({ pay: { ...pay, on: { ...paid, declined: 'pour', unknown: 'wait' } }, pour: { kind: 'say', next: 'pay' } }),
      'after "declined" the step "pay" may be followed by "pay" again, without anybody having asked for it',
      'pay',
    ],
    [
      'that sends one order of a dialogue twice',
      (manifest) => {
        Object.assign(manifest, { provides: { capability: 'gold', version: '1.0.0' } })
        Object.assign(manifest.needs['pay'] ?? {}, { capability: 'payment-desk' })
      },
      'after "declined" the step "pay" may be followed by "pay" again, with the same order',
      'pay',
    ],
    [
      'that does not route an outcome',
      put({ pay: { ...pay, on: { succeeded: 'pour', declined: 'wait', cancelled: 'end', expired: 'end' } } }),
      'the step "pay" does not say where "unknown" leads',
      'pay',
    ],
    [
      'that routes what never happens',
      put({ pay: { ...pay, on: { ...paid, succeeded: 'pour', unknown: 'wait', refunded: 'end' } } }),
      'the step "pay" routes "refunded", which never happens',
      'pay',
    ],
    ['that calls what is no need', put({ pour: { ...pay, need: 'lend', on: paid } }), 'calls the need "lend"', 'pour'],
    ['that calls no operation', put({ pour: { ...pay, operation: 'tip', on: paid } }), 'the operation "tip"', 'pour'],
    [
      'that confirms as a merchant',
      put({ pour: { kind: 'confirm', on: { confirmed: 'end', cancelled: 'end', expired: 'end' } } }),
      'the step "pour" confirms a payment, and the plugin provides no capability',
      'pour',
    ],
    [
      'that reads no collection',
      put({ pour: { kind: 'read', from: 'cakes', by: 'key', filters: false, on: { found: 'end', none: 'end' } } }),
      'the step "pour" reads the collection "cakes", which is not declared',
      'pour',
    ],
    [
      'that reads by no index',
      put({
        pour: { kind: 'read', from: 'teas', by: 'left', filters: true, limit: 5, on: { found: 'end', none: 'end' } },
      }),
      'the step "pour" reads "teas" by the index "left", which is not declared',
      'pour',
    ],
    [
      'that reads without a limit',
      put({ pour: { kind: 'read', from: 'teas', by: 'kind', filters: true, on: { found: 'end', none: 'end' } } }),
      'the step "pour" reads without a limit',
      'pour',
    ],
    [
      'that reserves no counter',
      put({
        pour: { kind: 'reserve', from: 'teas', counter: 'pots', holdMs: 1, on: { held: 'end', none_left: 'end' } },
      }),
      'the counter "pots", which is not declared',
      'pour',
    ],
    [
      'that writes no collection',
      put({ pour: { kind: 'write', act: 'put', to: 'cakes', next: 'end' } }),
      '"cakes"',
      'pour',
    ],
    [
      'that asks a host it may not',
      put({ pour: { kind: 'fetch', from: 'web', on: { answered: 'end', failed: 'end' } } }),
      'the step "pour" asks the host "web", which is not declared',
      'pour',
    ],
    ['that tells no event', put({ pour: { kind: 'emit', event: 'spilt', next: 'end' } }), 'the event "spilt"', 'pour'],
    [
      'that runs no flow',
      put({ pour: { kind: 'run', flow: 'cake', on: { done: 'end' } } }),
      'the step "pour" runs the flow "cake", which the plugin does not list',
      'pour',
    ],
    [
      'that waits for no event',
      put({
        wait: {
          kind: 'wait',
          for: 'event',
          need: 'pay',
          event: 'moon',
          limitMs: 1,
          on: { happened: 'pour', limit: 'end' },
        },
      }),
      'the step "wait" waits for "pay" to tell "moon", which is not declared',
      'wait',
    ],
    ['that asks for no slot', put({ which: { ...ask, slot: 'cake' } }), 'asks for the slot "cake"', 'which'],
    [
      'that reminds too late',
      put({ which: { ...ask, reminderMs: 60_000 } }),
      'the step "which" reminds after its time-out',
      'which',
    ],
    [
      'that times out at once',
      put({ which: { ...ask, timeout: { afterMs: 0, to: 'end' } } }),
      'the step "which" times out after 0 ms',
      'which',
    ],
    [
      'that moves runs to a step that is none',
      ({ flows }) => Object.assign(flows['order']?.moves ?? {}, { 1: { steps: { what: 'gone' }, converts: false } }),
      'runs of revision 1 at "what" move to "gone", which does not exist',
      'gone',
    ],
    [
      'that moves runs to a step that asks nothing',
      ({ flows }) => Object.assign(flows['order']?.moves ?? {}, { 1: { steps: { what: 'pour' }, converts: false } }),
      'move to "pour", which is a step of kind "emit" and asks nothing',
      'pour',
    ],
  ])('%s', (_title, spoil, problem, step) => {
    const found = listProblemsAfter(spoil).filter((each) => each.problem.includes(problem))
    expect(found.map((each) => each.step)).toEqual([step])
    expect(found[0]?.remedy).toMatch(/\w{4}/)
    expect(found[0]?.path).toContain('$.flows.order')
  })

  it('that moves runs of its own revision', () => {
    const spoil: Spoil = ({ flows }) =>
      Object.assign(flows['order']?.moves ?? {}, { 2: { steps: { what: 'which' }, converts: false } })
    expect(listProblemsAfter(spoil)).toMatchObject([{ path: '$.flows.order.moves.2' }])
  })

  it('that nobody could read', () => {
    const steps = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`s${index}`, next]))
    expect(listProblemsAfter(put(steps))).toMatchObject([{ problem: expect.stringContaining('room for 300') }])
  })
})
