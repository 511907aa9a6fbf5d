import type { Command, Plugin, RunEvent, RunState, Slots } from '@inthread/sdk/engine'
import { sampleValue } from './sample-value.ts'

/** Documents of the plugin's collections, for its reads. */
export type Shelf = Readonly<Record<string, readonly Slots[]>>

interface Standing {
  readonly plugin: Plugin
  readonly state: RunState
  readonly last: Command | undefined
  readonly at: number
  readonly shelf: Shelf
}

type Late = Exclude<RunEvent, { kind: 'started' | 'cancelled' }>

/** What may come next in a journal, by chance: mostly an answer, now and then silence or second thoughts. */
export function drawEvent({ plugin, state, last, at, shelf }: Standing, chance: () => number): RunEvent {
  const { visit } = state
  if (chance() < 0.02) return { kind: 'cancelled', at }
  const base = { visit, at }
  if (last?.kind === 'ask' && chance() < 0.3) {
    const kinds = ['not_read', 'timed_out', 'reminded', 'corrected', 'resumed'] as const
    return { ...base, kind: kinds[Math.floor(chance() * kinds.length)] ?? 'not_read' }
  }
  return drawAnswer({ plugin, state, last, at, shelf }, chance)
}

function drawAnswer({ plugin, state, last, at, shelf }: Standing, chance: () => number): Late {
  const base = { visit: state.visit, at }
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(chance() * values.length)]
  switch (last?.kind) {
    case 'ask':
      if (last.digits !== undefined) return { ...base, kind: 'answered_in_confidence', secret: 'a-row' }
      return { ...base, kind: 'answered', value: pick(state.options)?.value ?? 'free words' }
    case 'confirm':
      return { ...base, kind: 'decided', answer: pick(['confirmed', 'cancelled', 'expired'] as const) ?? 'expired' }
    case 'call': {
      const need = plugin.contract.declaration.needs[last.need]
      const outcomes = Object.entries(need?.capability.operations[last.operation]?.outcomes ?? {})
      const [outcome, schema] = pick(outcomes) ?? []
      return { ...base, kind: 'outcome', outcome: outcome ?? '', data: schema && sampleValue(schema, chance) }
    }
    case 'read':
      return { ...base, kind: 'read', documents: chance() < 0.2 ? [] : readShelf(shelf[last.from] ?? [], last) }
    case 'write':
      return { ...base, kind: 'written', written: chance() < 0.8 }
    case 'fetch':
      return { ...base, kind: 'fetched', answer: { kind: 'failed', reason: 'late' } }
    case 'run':
      return { ...base, kind: 'returned', result: null }
    case 'reserve':
      return { ...base, kind: 'held', hold: chance() < 0.8 ? { id: 'hold-1', unit: 7, until: at + 600_000_000 } : null }
    case 'take':
      return { ...base, kind: 'taken', taken: chance() < 0.8 }
    case 'release':
      return { ...base, kind: 'released' }
    case 'wait':
      return chance() < 0.7
        ? { ...base, kind: 'happened', data: { result: 'succeeded' } }
        : { ...base, kind: 'timed_out' }
    default:
      return { ...base, kind: 'timed_out' }
  }
}

function readShelf(documents: readonly Slots[], command: Extract<Command, { kind: 'read' }>): readonly Slots[] {
  if (!('where' in command)) return documents.slice(0, 1)
  const fits = (document: Slots): boolean =>
    Object.entries(command.where).every(([name, value]) => value === undefined || document[name] === value)
  return documents.filter(fits).slice(0, command.limit)
}
