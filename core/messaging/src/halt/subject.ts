import type { Plugin } from '@inthread/sdk/engine'
import type { DraftRun, TurnDraft } from '../fold/draft.ts'
import type { LoadedRun, TurnInput } from '../fold/turn.ts'
import type { Provider } from '../tenancy/tenancy.ts'
import { isKilled, type KillLevel, type KillSubject } from '../tenancy/kill.ts'

/** Whether a switch stops what this plugin would do now. */
export function isPluginKilled(input: TurnInput, level: KillLevel, plugin: Plugin): boolean {
  return isKilled(input.kills, level, subjectOf(input, plugin))
}

/** A stored run is what it is pinned to, whatever was loaded for it. */
export function isRunKilled(input: TurnInput, level: KillLevel, { row }: LoadedRun): boolean {
  return isKilled(input.kills, level, { plugin: row.plugin, version: row.version, tenant: row.tenant_id })
}

interface CallSubject {
  readonly run: DraftRun
  readonly capability: string | undefined
  readonly provider: string | undefined
}

/**
 * Whether a switch stops what a run asks of a capability: thrown for the run's own plugin, for the scene it works for,
 * for the capability or for the bank.
 */
export function isCallKilled(draft: TurnDraft, level: KillLevel, call: CallSubject): boolean {
  const { input } = draft
  if (input.kills.length === 0) return false
  const target = {
    ...(call.capability === undefined ? {} : { capability: call.capability }),
    ...(call.provider === undefined ? {} : { provider: call.provider }),
  }
  const subjects = [subjectOf(input, call.run.plugin), ...findScene(draft, call.run)]
  return subjects.some((subject) => isKilled(input.kills, level, { ...subject, ...target }))
}

/** What a dialogue asks for concerns the capability it answers, at its bank. */
export function targetOf(run: DraftRun): CallSubject {
  return { run, capability: run.plugin.contract.declaration.provides?.id, provider: run.bankId }
}

/**
 * Whether a switch keeps a scene from a new dialogue with the bank: one for the dialogue, the capability or the bank,
 * or one that keeps the scene from moving money. The scene itself is under way and is no new run.
 */
export function isDialogueKilled(
  draft: TurnDraft,
  scene: DraftRun,
  { provider, capability }: { readonly provider: Provider; readonly capability: string },
): boolean {
  const { input } = draft
  const call = { run: scene, capability, provider: provider.bankId }
  const target = { capability, provider: provider.bankId }
  const targeted = input.kills.filter((kill) => kill.capability !== undefined || kill.provider !== undefined)
  return (
    isCallKilled(draft, 'money', call) ||
    isKilled(input.kills, 'runs', { ...subjectOf(input, provider.plugin), ...target }) ||
    isKilled(targeted, 'runs', { ...subjectOf(input, scene.plugin), ...target })
  )
}

function findScene({ input, runs }: TurnDraft, { rootId }: DraftRun): KillSubject[] {
  const draft = runs.get(rootId)
  if (draft) return [subjectOf(input, draft.plugin)]
  const row = [...input.runs, ...input.stopped].find((run) => run.row.id === rootId)?.row
  return row ? [{ plugin: row.plugin, version: row.version, tenant: row.tenant_id }] : []
}

function subjectOf({ conversation }: TurnInput, plugin: Plugin): KillSubject {
  const { id, version } = plugin.contract.declaration
  return { plugin: id, version, tenant: conversation.tenant_id }
}
