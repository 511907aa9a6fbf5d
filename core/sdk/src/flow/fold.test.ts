import { describe, expect, it } from 'vitest'
import type { AnyStep } from '../plugin/erased.ts'
import { minutes } from '../time.ts'
import { briefOf, contentOf, end, now, programOf, started, wordsOf, type ProgramOptions } from '../../test/program.ts'
import { applyEvent, foldJournal, startRun } from './fold.ts'
import type { Advance, RunEvent } from './run-state.ts'

type Steps = Readonly<Record<string, AnyStep>>
/** An entry of a journal, with the time left to the helper. */
type Entry = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never

/** Plays these entries, each a minute after the last, and gives what followed from every one of them. */
function play(steps: Steps, entries: readonly Entry[], options: ProgramOptions = {}): readonly Advance[] {
  const journal = entries.map((entry, index) => ({ ...entry, at: now + (index + 1) * 60_000_000 }) as RunEvent)
  return foldJournal(programOf(steps, options), [started, ...journal])
}

const lastOf = (advances: readonly Advance[]): Advance => advances.at(-1) ?? { state: advances[0]!.state, commands: [] }
const said = (advances: readonly Advance[]): string[] => lastOf(advances).commands.map(briefOf)
const faultOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  return 'no fault'
}

const timeout = { afterMs: minutes(5), to: 'gaveUp' }
const ask: AnyStep = {
  kind: 'ask',
  slot: 'city',
  prompt: () => contentOf('where?', 'beijing', 'xian'),
  timeout,
  next: 'done',
}
const say = (words: string, next = 'end'): AnyStep => ({ kind: 'say', message: () => contentOf(words), next })
const around = { done: say('done'), gaveUp: say('gave up'), end }

describe('say and branch', () => {
  it('are gone through at once, in order, each a visit of its own', () => {
    const steps = {
      hello: say('hello', 'which'),
      which: {
        kind: 'branch',
        when: [
          { is: () => false, to: 'end' },
          { is: () => true, to: 'more' },
          { is: () => true, to: 'end' },
        ],
        otherwise: 'end',
      },
      more: say('more', 'ask'),
      ask,
      ...around,
    } satisfies Steps
    expect(said(play(steps, []))).toEqual(['say 1 hello', 'say 3 more', 'ask 4 where?'])
  })

  it('take the other way when no arm holds', () => {
    const which: AnyStep = { kind: 'branch', when: [{ is: () => false, to: 'end' }], otherwise: 'more' }
    expect(said(play({ which, more: say('otherwise'), end }, []))).toEqual(['say 2 otherwise', 'end 3'])
  })

  it('see input, config, slots, time and place', () => {
    const seen: unknown[] = []
    const look: AnyStep = {
      kind: 'say',
      message: ({ state, input, config, now: at, locale, timeZone, t }) => {
        seen.push({ state, input, config, at, locale, timeZone, text: t('words', { words: 'x' }) })
        return contentOf('')
      },
      next: 'end',
    }
    play({ look, end }, [], { config: { most: 5 }, begin: () => ({ city: 'beijing' }) })
    const text = { template: 'words', vars: { words: 'x' } }
    const place = { locale: 'en', timeZone: 'Asia/Shanghai' }
    expect(seen).toEqual([{ state: { city: 'beijing' }, input: {}, config: { most: 5 }, at: now, ...place, text }])
  })
})

describe('ask', () => {
  it('waits with its time-out and its replies', () => {
    const [{ commands, state } = lastOf([])] = play({ ask, ...around }, [])
    expect(commands).toMatchObject([{ kind: 'ask', visit: 1, timeoutAt: now + 300_000_000, again: false }])
    expect(state.options).toEqual([
      { label: wordsOf('beijing'), value: 'beijing' },
      { label: wordsOf('xian'), value: 'xian' },
    ])
  })

  it('counts the replies of cards before the chips, and buttons that are no replies not at all', () => {
    const reply = (value: string) => ({ kind: 'reply' as const, label: wordsOf(value), value })
    const open = { kind: 'open' as const, label: wordsOf('site'), url: 'https://a.example' }
    const cards = [
      { title: wordsOf('one'), suggestions: [open, reply('a')] },
      { title: wordsOf('two'), suggestions: [reply('b')] },
    ]
    const prompt = () => ({ kind: 'carousel' as const, cards, chips: [open, reply('c')] })
    const [advance] = play({ ask: { ...ask, prompt }, ...around }, [])
    expect(advance?.state.options.map(({ value }) => value)).toEqual(['a', 'b', 'c'])
  })

  it('fills its slot and goes on, remembering what the route wants', () => {
    const next = { to: 'done', set: (city: unknown) => ({ length: String(city).length }) }
    const advances = play({ ask: { ...ask, next }, ...around }, [{ kind: 'answered', visit: 1, value: 'xian' }])
    expect(said(advances)).toEqual(['say 2 done', 'end 3'])
    expect(lastOf(advances).state).toMatchObject({ slots: { city: 'xian', length: 4 }, ended: true, options: [] })
  })

  it.each(['beijing', '', 0, false])('is passed over when its slot is filled, with %j too', (city) => {
    expect(said(play({ ask, ...around }, [], { begin: () => ({ city }) }))).toEqual(['say 2 done', 'end 3'])
  })

  it.each([undefined, null])('is not passed over when its slot holds %s', (city) => {
    expect(said(play({ ask, ...around }, [], { begin: () => ({ city }) }))).toEqual(['ask 1 where?'])
  })

  it('runs the route of a question that it passes over', () => {
    const next = { to: 'done', set: (city: unknown) => ({ seen: city }) }
    const [advance] = play({ ask: { ...ask, next }, ...around }, [], { begin: () => ({ city: 'xian' }) })
    expect(advance?.state.slots).toEqual({ city: 'xian', seen: 'xian' })
  })

  it('asks again twice, and then gives up', () => {
    const notRead = [1, 2, 3].map((visit) => ({ kind: 'not_read', visit }) as const)
    const steps = { ask: { ...ask, giveUp: 'done' }, ...around }
    const advances = play(steps, notRead)
    expect(advances.map(({ commands }) => commands.map(briefOf))).toEqual([
      ['ask 1 where?'],
      ['ask 2 where?'],
      ['ask 3 where?'],
      ['say 4 done', 'end 5'],
    ])
    const asked = advances.slice(0, 3).map(({ commands: [command] }) => command?.kind === 'ask' && command.again)
    expect(asked).toEqual([false, true, true])
    expect(advances[2]?.commands).toMatchObject([{ timeoutAt: now + 420_000_000 }])
  })

  it('goes where its time-out goes when nobody said where giving up leads', () => {
    const advances = play({ ask: { ...ask, retries: 0 }, ...around }, [{ kind: 'not_read', visit: 1 }])
    expect(said(advances)).toEqual(['say 2 gave up', 'end 3'])
  })

  it('forgets how often it was not understood when it is asked anew', () => {
    const other: AnyStep = { ...ask, slot: 'other', prompt: () => contentOf('which?'), next: 'ask' }
    const entries: Entry[] = [
      { kind: 'not_read', visit: 1 },
      { kind: 'not_read', visit: 2 },
      { kind: 'answered', visit: 3, value: 'x' },
      { kind: 'not_read', visit: 4 },
    ]
    const advances = play({ other, ask, ...around }, entries)
    expect(said(advances)).toEqual(['ask 5 where?'])
    expect(lastOf(advances).state.unread).toBe(1)
  })

  it('ends with its time', () => {
    expect(said(play({ ask, ...around }, [{ kind: 'timed_out', visit: 1 }]))).toEqual(['say 2 gave up', 'end 3'])
  })

  it('in confidence keeps a reference and never the words', () => {
    const code: AnyStep = { ...ask, slot: 'code', confidential: true, shape: { digits: 6 } }
    const entry: Entry = { kind: 'answered_in_confidence', visit: 1, secret: 'row-7' }
    const advances = play({ code, ...around }, [entry])
    expect(advances[0]?.commands).toMatchObject([{ kind: 'ask', digits: 6 }])
    expect(lastOf(advances).state.slots).toEqual({ code: { secret: 'row-7' } })
  })
})

describe('what goes outside', () => {
  const call: AnyStep = {
    kind: 'call',
    need: 'desk',
    operation: 'prepare',
    input: ({ state }) => ({ order: state['order'] }),
    on: { ready: { to: 'done', set: (data) => ({ ready: data }) }, declined: 'gaveUp' },
  }

  it('call: every outcome has its way', () => {
    const begin = () => ({ order: 'o1' })
    const [first] = play({ call, ...around }, [], { begin })
    expect(first?.commands).toEqual([
      { kind: 'call', visit: 1, need: 'desk', operation: 'prepare', input: { order: 'o1' } },
    ])
    const ready = play({ call, ...around }, [{ kind: 'outcome', visit: 1, outcome: 'ready', data: { n: 1n } }], {
      begin,
    })
    expect(lastOf(ready).state.slots).toEqual({ order: 'o1', ready: { n: 1n } })
    const declined = play({ call, ...around }, [{ kind: 'outcome', visit: 1, outcome: 'declined', data: {} }])
    expect(said(declined)).toEqual(['say 2 gave up', 'end 3'])
  })

  it.each(['unknown', 'constructor', '__proto__', 'toString'])('call: has no way for %s', (outcome) => {
    const entries: Entry[] = [{ kind: 'outcome', visit: 1, outcome, data: {} }]
    expect(faultOf(() => play({ call, ...around }, entries))).toMatchObject({
      code: 'flow.outcome_unrouted',
      data: { outcome },
    })
  })

  it.each(['confirmed', 'cancelled', 'expired'] as const)('confirm: %s', (answer) => {
    const on = { confirmed: 'yes', cancelled: 'no', expired: 'late' }
    const confirm: AnyStep = { kind: 'confirm', order: () => 'o1', method: () => 'm1', on }
    const steps = { confirm, yes: say('confirmed'), no: say('cancelled'), late: say('expired'), end }
    expect(play(steps, [])[0]?.commands).toEqual([{ kind: 'confirm', visit: 1, order: 'o1', method: 'm1' }])
    expect(said(play(steps, [{ kind: 'decided', visit: 1, answer }]))[0]).toBe(`say 2 ${answer}`)
  })

  it('wait: for a moment', () => {
    const wait: AnyStep = { kind: 'wait', until: ({ now: at }) => at + 5, next: 'done' }
    expect(play({ wait, ...around }, [])[0]?.commands).toEqual([
      { kind: 'wait', visit: 1, until: now + 5, event: undefined },
    ])
    expect(said(play({ wait, ...around }, [{ kind: 'timed_out', visit: 1 }]))).toEqual(['say 2 done', 'end 3'])
  })

  it('wait: for an event, but not for ever', () => {
    const on = { happened: { to: 'done', set: (data: unknown) => ({ data }) }, limit: 'gaveUp' }
    const wait: AnyStep = { kind: 'wait', need: 'pay', event: 'settled', limitMs: 1000, on }
    const command = { kind: 'wait', visit: 1, until: now + 1_000_000, event: { need: 'pay', name: 'settled' } }
    expect(play({ wait, ...around }, [])[0]?.commands).toEqual([command])
    const happened = play({ wait, ...around }, [{ kind: 'happened', visit: 1, data: { result: 'succeeded' } }])
    expect(lastOf(happened).state.slots).toEqual({ data: { result: 'succeeded' } })
    expect(said(play({ wait, ...around }, [{ kind: 'timed_out', visit: 1 }]))[0]).toBe('say 2 gave up')
  })
})

describe('what a plugin keeps', () => {
  const hold = { id: 'h1', unit: 3, until: now + 9 }
  const on = { found: { to: 'done', set: (documents: unknown) => ({ documents }) }, none: 'gaveUp' }

  it('read: by key or by index, never more than fifty', () => {
    const byKey: AnyStep = { kind: 'read', from: 'trains', by: 'key', key: () => 'G1', on }
    expect(play({ byKey, ...around }, [])[0]?.commands).toEqual([
      { kind: 'read', visit: 1, from: 'trains', by: 'key', key: 'G1' },
    ])
    const limits = [5, 50, 51, 1000, undefined].map((limit) => {
      const read: AnyStep = { kind: 'read', from: 'trains', by: 'route', where: () => ({ from: 'x' }), on }
      return play({ read: limit === undefined ? read : { ...read, limit }, ...around }, [])[0]?.commands[0]
    })
    expect(limits.map((command) => command?.kind === 'read' && 'limit' in command && command.limit)).toEqual([
      5, 50, 50, 50, 50,
    ])
    expect(limits[0]).toMatchObject({ from: 'trains', by: 'route', where: { from: 'x' } })
  })

  it('read: something or nothing', () => {
    const read: AnyStep = { kind: 'read', from: 'trains', by: 'route', on }
    const documents = [{ number: 'G1' }]
    const found = play({ read, ...around }, [{ kind: 'read', visit: 1, documents }])
    expect(lastOf(found).state.slots).toEqual({ documents })
    expect(said(play({ read, ...around }, [{ kind: 'read', visit: 1, documents: [] }]))[0]).toBe('say 2 gave up')
  })

  it('reserve: a unit of its part, until a moment, or none', () => {
    const routes = { held: { to: 'done', set: (held: unknown) => ({ hold: held }) }, none_left: 'gaveUp' }
    const reserve: AnyStep = {
      kind: 'reserve',
      from: 'seats',
      counter: 'places',
      of: () => ({ key: 'G1' }),
      holdMs: 1000,
      on: routes,
    }
    const command = {
      kind: 'reserve',
      visit: 1,
      from: 'seats',
      counter: 'places',
      key: 'G1',
      part: '',
      until: now + 1_000_000,
    }
    expect(play({ reserve, ...around }, [])[0]?.commands).toEqual([command])
    const held = play({ reserve, ...around }, [{ kind: 'held', visit: 1, hold }])
    expect(lastOf(held).state.slots).toEqual({ hold })
    expect(said(play({ reserve, ...around }, [{ kind: 'held', visit: 1, hold: null }]))[0]).toBe('say 2 gave up')
  })

  it('take and release: what is held', () => {
    const take: AnyStep = { kind: 'take', hold: () => hold, on: { taken: 'done', lapsed: 'gaveUp' } }
    expect(play({ take, ...around }, [])[0]?.commands).toEqual([{ kind: 'take', visit: 1, hold }])
    expect(said(play({ take, ...around }, [{ kind: 'taken', visit: 1, taken: true }]))[0]).toBe('say 2 done')
    expect(said(play({ take, ...around }, [{ kind: 'taken', visit: 1, taken: false }]))[0]).toBe('say 2 gave up')
    const release: AnyStep = { kind: 'release', hold: () => hold, next: 'done' }
    expect(play({ release, ...around }, [])[0]?.commands).toEqual([{ kind: 'release', visit: 1, hold }])
    expect(said(play({ release, ...around }, [{ kind: 'released', visit: 1 }]))[0]).toBe('say 2 done')
  })

  it('slots: what is set to undefined is empty', () => {
    const next = { to: 'ask', set: () => ({ city: undefined, other: 1 }) }
    const first: AnyStep = { ...ask, slot: 'first', next }
    const advances = play({ first, ask, ...around }, [{ kind: 'answered', visit: 1, value: 'x' }], {
      begin: () => ({ city: 'xian' }),
    })
    expect(said(advances)).toEqual(['ask 2 where?'])
    expect(lastOf(advances).state.slots).toEqual({ first: 'x', other: 1 })
  })
})

describe('an entry', () => {
  it.each<Entry>([
    { kind: 'answered', visit: 1, value: 'late' },
    { kind: 'not_read', visit: 1 },
    { kind: 'timed_out', visit: 1 },
    { kind: 'outcome', visit: 9, outcome: 'ready', data: {} },
    { kind: 'happened', visit: 0, data: {} },
  ])('of another visit comes too late and changes nothing: %j', (entry) => {
    const other: AnyStep = { ...ask, slot: 'other', next: 'ask' }
    const advances = play({ other, ask, ...around }, [{ kind: 'answered', visit: 1, value: 'x' }, entry])
    expect(lastOf(advances)).toEqual({ state: advances[1]?.state, commands: [] })
  })

  it.each<Entry>([{ kind: 'answered', visit: 3, value: 'x' }, { kind: 'timed_out', visit: 3 }, { kind: 'cancelled' }])(
    'after the end changes nothing: %j',
    (entry) => {
      const advances = play({ ask, ...around }, [{ kind: 'timed_out', visit: 1 }, entry])
      expect(lastOf(advances)).toEqual({ state: advances[1]?.state, commands: [] })
    },
  )

  it('cancels wherever the run stands', () => {
    const advances = play({ ask, ...around }, [{ kind: 'cancelled' }])
    expect(said(advances)).toEqual(['end 1'])
    expect(lastOf(advances).state).toMatchObject({ ended: true, options: [] })
  })

  it.each<Entry>([
    { kind: 'outcome', visit: 1, outcome: 'ready', data: {} },
    { kind: 'read', visit: 1, documents: [] },
    { kind: 'held', visit: 1, hold: null },
    { kind: 'taken', visit: 1, taken: true },
    { kind: 'released', visit: 1 },
    { kind: 'decided', visit: 1, answer: 'confirmed' },
    { kind: 'happened', visit: 1, data: {} },
  ])('that belongs to another kind of step breaks the journal: %j', (entry) => {
    expect(faultOf(() => play({ ask, ...around }, [entry]))).toMatchObject({ code: 'flow.journal_broken' })
  })

  it('before the start breaks the journal', () => {
    const journal: RunEvent[] = [{ kind: 'cancelled', at: now }]
    expect(faultOf(() => foldJournal(programOf({ ask, ...around }), journal))).toMatchObject({
      code: 'flow.journal_broken',
    })
  })

  it('starts the run anew when it is a start', () => {
    const program = programOf({ ask, ...around })
    const { state } = startRun(program, { ...started, kind: 'started', input: 1 })
    expect(applyEvent(program, state, started)).toEqual(startRun(program, { ...started, kind: 'started', input: {} }))
  })
})

describe('a flow', () => {
  it.each([
    ['a say', { a: say('a', 'b'), b: say('b', 'a'), end }],
    ['a branch', { a: { kind: 'branch', when: [], otherwise: 'a' }, end }],
    ['a question that is answered already', { a: { ...ask, next: 'a' }, ...around }],
  ] satisfies [string, Steps][])('that goes round without waiting is refused: %s', (_name, steps) => {
    const fault = faultOf(() => play(steps, [], { begin: () => ({ city: 'xian' }) }))
    expect(fault).toMatchObject({ code: 'flow.loop', data: { flow: 'sample' } })
  })

  it('may say a lot at once, within reason', () => {
    const chain = (length: number): Steps =>
      Object.fromEntries([
        ...Array.from({ length }, (_, index) => [
          `s${index}`,
          say('x', index === length - 1 ? 'end' : `s${index + 1}`),
        ]),
        ['end', end],
      ])
    expect(play(chain(99), [])[0]?.commands).toHaveLength(100)
    expect(faultOf(() => play(chain(100), []))).toMatchObject({ code: 'flow.loop' })
  })

  it.each(['nowhere', 'constructor', '__proto__'])('that leads to %s is refused, whoever wrote it', (next) => {
    const fault = faultOf(() => play({ a: say('a', next), end }, []))
    expect(fault).toMatchObject({ code: 'flow.step_unknown', data: { flow: 'sample', step: next } })
  })
})
