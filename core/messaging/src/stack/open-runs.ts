import { getStep } from '@inthread/sdk/engine'
import { addMs, type Instant } from '@inthread/sdk/time'
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

/** Whoever has been asked is left to answer for this long before anything urgent is said. */
export const answerMs = 5 * 60_000

/**
 * Somebody was just asked something, or is about to be told what they wanted to know. A bank that only waits, and a
 * scene that waits for it, are in nobody's way.
 */
export function isTalking(draft: TurnDraft): boolean {
  const open = listOpenRuns(draft)
  const calledBank = (run: OpenRun): boolean => open.some(({ parentId }) => parentId === run.id)
  const talks = (run: OpenRun): boolean => {
    if (run.suspended) return false
    if (['ask', 'confirm'].includes(kindOf(run))) return isFresh(run, draft.input.now)
    if (run.bankId !== undefined) return isAskingAsBank(run, draft.input.now)
    return isAskingOutside(run) && !calledBank(run)
  }
  return draft.deferred.length > 0 || open.some(talks)
}

/** The bank's dialogue in which nobody else may speak. */
export function findAskingBank(draft: TurnDraft): OpenRun | undefined {
  return listOpenRuns(draft).find((run) => isAskingAsBank(run, draft.input.now))
}

/** A consent or a code was just asked for, or the question is on its way to the user. */
export function isAskingAsBank(run: Omit<OpenRun, 'id' | 'parentId' | 'suspended' | 'urgent'>, now: Instant): boolean {
  if (run.bankId === undefined) return false
  return isProving(run) ? isFresh(run, now) : kindOf(run) === 'call' && !isCommitted(run)
}

/** The bank wants a consent or a code, however long ago it asked. */
export function isProving({ bankId, program, state }: Pick<OpenRun, 'bankId' | 'program' | 'state'>): boolean {
  const step = getStep(program, state.step)
  return bankId !== undefined && (step.kind === 'confirm' || (step.kind === 'ask' && step.confidential === true))
}

function isFresh({ askedAt }: Pick<OpenRun, 'askedAt'>, now: Instant): boolean {
  return addMs(askedAt, answerMs) > now
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
