import { getStep } from '@inthread/sdk/engine'
import type { DraftRun, TurnDraft } from '../fold/draft.ts'
import type { LoadedRun, TurnInput } from '../fold/turn.ts'

export type OpenRun = Pick<
  DraftRun,
  'id' | 'parentId' | 'plugin' | 'program' | 'state' | 'bankId' | 'suspended' | 'askedAt' | 'urgent'
>

/** The open runs as this turn has them so far. */
export function listOpenRuns(draft: TurnDraft): readonly OpenRun[] {
  const untouched = draft.input.runs.filter(({ row }) => !draft.runs.has(row.id)).map(openRunOf)
  return [...untouched, ...[...draft.runs.values()].filter(({ state }) => !state.ended)]
}

function openRunOf(run: LoadedRun): OpenRun {
  const { id, parent_id: parentId, bank_id: bankId } = run.row
  return { ...run, id, parentId: parentId ?? undefined, bankId: bankId ?? undefined }
}

/** Somebody is asked something, waits for the bank or a host, the bank is at work, or a guest has still to be asked. */
export function isBusy(draft: TurnDraft): boolean {
  const busy = (run: OpenRun): boolean =>
    run.bankId !== undefined || (!run.suspended && ['ask', 'confirm', 'call', 'fetch'].includes(kindOf(run)))
  return draft.deferred.length > 0 || listOpenRuns(draft).some(busy)
}

/**
 * Somebody is asked something, or is about to be told what they wanted to know. A bank that only waits, and a scene
 * that waits for it, are in nobody's way.
 */
export function isTalking(draft: TurnDraft): boolean {
  const open = listOpenRuns(draft)
  const calledBank = (run: OpenRun): boolean => open.some(({ parentId }) => parentId === run.id)
  const talks = (run: OpenRun): boolean => {
    if (run.bankId !== undefined) return isAskingAsBank(run) || kindOf(run) === 'ask'
    if (run.suspended) return false
    return ['ask', 'confirm'].includes(kindOf(run)) || (isAskingOutside(run) && !calledBank(run))
  }
  return draft.deferred.length > 0 || open.some(talks)
}

/** The bank's dialogue in which nobody else may speak. */
export function findAskingBank(draft: TurnDraft): OpenRun | undefined {
  return listOpenRuns(draft).find(isAskingAsBank)
}

/** A consent or a code is open, or on its way to the user. */
export function isAskingAsBank(run: Pick<OpenRun, 'plugin' | 'program' | 'state' | 'bankId'>): boolean {
  if (run.bankId === undefined) return false
  const step = getStep(run.program, run.state.step)
  if (step.kind === 'ask') return step.confidential === true
  return step.kind === 'confirm' || (step.kind === 'call' && !isCommitted(run))
}

/** From its commit on, a dialogue waits for the bank alone. */
export function isCommitted({ plugin, program, state }: Pick<OpenRun, 'plugin' | 'program' | 'state'>): boolean {
  const step = getStep(program, state.step)
  if (step.kind === 'wait') return true
  if (step.kind !== 'call') return false
  const need = plugin.contract.declaration.needs[step.need]
  return need?.capability.operations[step.operation]?.class === 'commit'
}

/**
 * It waits for the bank or for a host, and nothing above it does. A refund is waited for as well, but may take days:
 * somebody may want something in between.
 */
export function isAtWork(input: TurnInput, run: LoadedRun): boolean {
  return !input.runs.some((other) => other.row.parent_id === run.row.id) && isAskingOutside(run)
}

function isAskingOutside({ plugin, program, state }: Pick<OpenRun, 'plugin' | 'program' | 'state'>): boolean {
  const step = getStep(program, state.step)
  if (step.kind !== 'call') return step.kind === 'fetch'
  return plugin.contract.declaration.needs[step.need]?.capability.operations[step.operation]?.dialogue !== false
}

function kindOf({ program, state }: Pick<OpenRun, 'program' | 'state'>): string {
  return getStep(program, state.step).kind
}
