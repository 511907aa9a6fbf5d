import type { HoldCommand, ReadCommand, WriteCommand } from '@inthread/sdk/engine'
import { deriveId } from '@inthread/store'
import { pluginIdOf, type DraftRun, type Entry, type TurnDraft } from '../fold/draft.ts'
import { isCallKilled } from '../halt/subject.ts'
import { ask, type Folding, type Holder } from '../fold/need.ts'

/** What a run does with its plugin's own documents: in the turn, never by an effect. */
export function* readOwn(draft: TurnDraft, run: DraftRun, command: ReadCommand): Folding<Entry> {
  const { tenancy, now } = draft.input
  const { tenantId } = tenancy.scope
  const documents = yield* ask({ kind: 'documents', tenantId, plugin: run.plugin, command })
  return { run, event: { kind: 'read', visit: command.visit, documents, at: now } }
}

export function* writeOwn(draft: TurnDraft, run: DraftRun, command: WriteCommand): Folding<Entry> {
  const { written } = yield* ask({ kind: 'write', plugin: run.plugin, command })
  return { run, event: { kind: 'written', visit: command.visit, written, at: draft.input.now } }
}

export function* holdUnit(draft: TurnDraft, run: DraftRun, command: HoldCommand): Folding<Entry> {
  const { now, tenancy } = draft.input
  const nobody = { run, capability: undefined, provider: undefined }
  if (command.kind === 'reserve' && isCallKilled(draft, 'money', nobody))
    return { run, event: { kind: 'held', visit: command.visit, hold: null, at: now } }
  const { collections } = run.plugin.contract.declaration
  const goods = command.kind === 'reserve' ? collections[command.from] : undefined
  const capacityField = command.kind === 'reserve' ? (goods?.counters[command.counter]?.capacity ?? '') : ''
  const holder: Holder = {
    tenantId: tenancy.scope.tenantId,
    plugin: pluginIdOf(run),
    runId: run.rootId,
    holdId: deriveId(run.id, 'hold', command.visit),
    capacityField,
    goods,
    now,
  }
  const answer = yield* ask({ kind: 'hold', holder, command })
  const { visit } = command
  if ('hold' in answer) return { run, event: { kind: 'held', visit, hold: answer.hold, at: now } }
  if ('taken' in answer) return { run, event: { kind: 'taken', visit, taken: answer.taken, at: now } }
  return { run, event: { kind: 'released', visit, at: now } }
}
