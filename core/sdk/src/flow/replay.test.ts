import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyStep } from '../plugin/erased.ts'
import { decodeJson, encodeJson } from '../json.ts'
import { minutes } from '../time.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { contentOf, end, now, programOf, started } from '../../test/program.ts'
import { applyEvent, foldJournal, startRun } from './fold.ts'
import type { Advance, Command, RunEvent } from './run-state.ts'

/** A scene with every kind of step, and with ways back. */
const timeout = { afterMs: minutes(5), to: 'sayBye' }
const steps: Readonly<Record<string, AnyStep>> = {
  askCity: {
    kind: 'ask',
    slot: 'city',
    prompt: ({ state }) => contentOf(`where? (${String(state['tries'] ?? 0)})`, 'beijing', 'xian'),
    timeout,
    retries: 1,
    giveUp: 'sayBye',
    next: { to: 'find', set: (_city, { state }) => ({ tries: Number(state['tries'] ?? 0) + 1, fare: 55350n }) },
  },
  find: {
    kind: 'read',
    from: 'trains',
    by: 'route',
    where: ({ state }) => ({ from: state['city'] }),
    limit: 5,
    on: {
      found: { to: 'hold', set: (documents) => ({ documents }) },
      none: { to: 'askCity', set: () => ({ city: undefined }) },
    },
  },
  hold: {
    kind: 'reserve',
    from: 'seats',
    counter: 'places',
    of: ({ state }) => ({ key: String(state['city']), part: '2026-03-06' }),
    holdMs: minutes(10),
    on: { held: { to: 'which', set: (hold) => ({ hold }) }, none_left: 'sayBye' },
  },
  which: { kind: 'branch', when: [{ is: ({ state }) => state['city'] === 'xian', to: 'code' }], otherwise: 'pay' },
  code: {
    kind: 'ask',
    slot: 'code',
    confidential: true,
    shape: { digits: 6 },
    prompt: () => contentOf('the code?'),
    timeout,
    next: 'pay',
  },
  pay: {
    kind: 'call',
    need: 'pay',
    operation: 'pay',
    input: ({ state }) => ({ amount: state['fare'] }),
    on: { succeeded: 'confirm', declined: 'giveBack', unknown: 'wait' },
  },
  confirm: {
    kind: 'confirm',
    order: () => 'o',
    method: () => 'm',
    on: { confirmed: 'take', cancelled: 'giveBack', expired: 'giveBack' },
  },
  wait: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: minutes(60),
    on: { happened: { to: 'take', set: (result) => ({ result }) }, limit: 'sayBye' },
  },
  take: {
    kind: 'take',
    hold: ({ state }) => state['hold'] as { id: string; unit: number; until: number },
    on: { taken: 'rest', lapsed: 'sayBye' },
  },
  rest: { kind: 'wait', until: ({ now: at }) => at + 1000, next: 'sayBye' },
  giveBack: {
    kind: 'release',
    hold: ({ state }) => state['hold'] as { id: string; unit: number; until: number },
    next: 'sayAgain',
  },
  sayAgain: { kind: 'say', message: () => contentOf('once more'), next: 'clear' },
  clear: {
    kind: 'ask',
    slot: 'never',
    prompt: () => contentOf('again?', 'yes'),
    timeout,
    next: { to: 'askCity', set: () => ({ never: undefined, city: undefined, hold: undefined }) },
  },
  sayBye: { kind: 'say', message: () => contentOf('bye'), next: 'end' },
  end,
}
const program = programOf(steps)

/** What may be answered to a command, by a number that chance has drawn. */
function answerTo(command: Command, draw: number, at: number): RunEvent {
  const { visit } = command
  const pick = <T>(...choices: readonly T[]): T => choices[draw % choices.length] as T
  const late: RunEvent = { kind: 'timed_out', visit, at }
  switch (command.kind) {
    case 'ask': {
      const value = pick('beijing', 'xian')
      const answered: RunEvent =
        command.digits === undefined
          ? { kind: 'answered', visit, value, at }
          : { kind: 'answered_in_confidence', visit, secret: `row ${draw}`, at }
      return pick<RunEvent>(answered, answered, answered, { kind: 'not_read', visit, at }, late)
    }
    case 'read':
      return {
        kind: 'read',
        visit,
        documents: pick([{ number: 'G1', fare: 1n }], [{ number: 'G1', fare: 1n }], []),
        at,
      }
    case 'reserve':
      return { kind: 'held', visit, hold: pick({ id: `h${draw}`, unit: draw, until: at }, null), at }
    case 'take':
      return { kind: 'taken', visit, taken: pick(true, false), at }
    case 'release':
      return { kind: 'released', visit, at }
    case 'call':
      return {
        kind: 'outcome',
        visit,
        outcome: pick('succeeded', 'declined', 'unknown'),
        data: { n: BigInt(draw) },
        at,
      }
    case 'confirm':
      return { kind: 'decided', visit, answer: pick('confirmed', 'cancelled', 'expired'), at }
    case 'wait':
      return command.event ? pick<RunEvent>({ kind: 'happened', visit, data: { draw }, at }, late) : late
    default:
      return { kind: 'cancelled', at }
  }
}

interface Played {
  readonly journal: readonly RunEvent[]
  readonly advances: readonly Advance[]
}

/** Plays a run whose user, bank and time act by chance, until it ends or chance is over. */
function play(draws: readonly number[]): Played {
  const journal: RunEvent[] = [started]
  const advances = [startRun(program, { kind: 'started', input: {}, at: now })]
  for (const [index, draw] of draws.entries()) {
    const last = advances.at(-1)
    const command = last?.commands.at(-1)
    if (!last || !command || last.state.ended) break
    const event = answerTo(command, draw, now + (index + 1) * 1_000_000)
    journal.push(event)
    advances.push(applyEvent(program, last.state, event))
  }
  return { journal, advances }
}

const throughJson = <T>(value: T): T => decodeJson(encodeJson(value)) as T
const chance = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 })
const check = (property: (draws: readonly number[]) => void): void =>
  fc.assert(fc.property(chance, property), { seed: getTestSeed(), numRuns: 200 })

describe('the replay of a journal', () => {
  it('gives the same commands, after storage too', () => {
    check((draws) => {
      const { journal, advances } = play(draws)
      expect(foldJournal(program, journal)).toEqual(advances)
      expect(foldJournal(program, throughJson(journal))).toEqual(advances)
    })
  })

  it('gives the same commands from wherever it was cut, with the state out of storage', () => {
    check((draws) => {
      const { journal, advances } = play(draws)
      for (const [cut, advance] of advances.entries()) {
        let state = throughJson(advance.state)
        for (const [index, event] of journal.entries()) {
          if (index <= cut) continue
          const next = applyEvent(program, state, throughJson(event))
          expect(next).toEqual(advances[index])
          state = throughJson(next.state)
        }
      }
    })
  })

  it('is not moved by entries that come late or twice', () => {
    check((draws) => {
      const { journal, advances } = play(draws)
      for (const [index, advance] of advances.entries()) {
        const past = journal.slice(1, index + 1).filter((event) => 'visit' in event)
        for (const event of past)
          expect(applyEvent(program, advance.state, event)).toEqual({ state: advance.state, commands: [] })
      }
    })
  })

  it('names every visit once, in growing order', () => {
    check((draws) => {
      const visits = play(draws).advances.flatMap(({ commands }) => commands.map(({ visit }) => visit))
      expect(visits.toSorted((left, right) => left - right)).toEqual(visits)
      expect(new Set(visits).size).toBe(visits.length)
    })
  })

  it('reaches every kind of step in the runs of this test', () => {
    const kinds = new Set<string>()
    check((draws) => {
      for (const { commands } of play(draws).advances) for (const { kind } of commands) kinds.add(kind)
    })
    const all = ['ask', 'call', 'confirm', 'end', 'read', 'release', 'reserve', 'say', 'take', 'wait']
    expect([...kinds].toSorted()).toEqual(all)
  })
})
