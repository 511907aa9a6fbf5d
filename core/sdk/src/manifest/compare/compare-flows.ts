import type { Said } from '../../fault/saying.ts'
import type { ManifestFlow } from '../manifest-schema.ts'
import {
  isSame,
  pairChanged,
  type Difference,
  type Named,
  type OpenRuns,
  type Verdict,
  type Versions,
} from './difference.ts'
import { sayDifference as say } from './say-difference.ts'

/** What runs do: a flow that changed says so by its revision, and open runs can go on somewhere. */
export function compareFlows({ before, after, openRuns }: Versions): Difference[] {
  const changed = pairChanged(before.flows, after.flows).flatMap(compareFlow)
  const dialogues: Difference[] = isSame(before.dialogues, after.dialogues)
    ? []
    : [{ path: '$.dialogues', verdict: 'review', reason: say('upgrade.dialogues') }]
  return [...changed, ...dialogues, ...(openRuns ?? []).flatMap((open) => compareRuns(after.flows, open))]
}

function compareFlow({ name, before, after }: Named<ManifestFlow>): Difference[] {
  const tell = (verdict: Verdict, reason: Said): Difference => ({ path: `$.flows.${name}`, verdict, reason })
  if (!after) return [tell('notify', say('upgrade.flow_gone', { name }))]
  if (!before) return [tell('notify', say('upgrade.flow_new', { name }))]
  if (after.revision < before.revision)
    return [tell('refused', say('upgrade.flow_back', { name, before: before.revision, after: after.revision }))]
  const parts = describeChange(before, after)
  const { revision } = after
  if (after.revision > before.revision)
    return [
      tell(
        'notify',
        say(parts === '' ? 'upgrade.flow_raised_alone' : 'upgrade.flow_raised', { name, revision, parts }),
      ),
      ...findLostMoves(name, before, after),
    ]
  if (parts === '') return [tell('silent', say('upgrade.flow_moves', { name }))]
  return [tell('refused', say('upgrade.flow_same_revision', { name, revision, parts }))]
}

/** By the names that the manifest has for its parts. */
function describeChange(before: ManifestFlow, after: ManifestFlow): string {
  const steps = pairChanged(before.steps, after.steps).map(({ name }) => name)
  const parts = [
    steps.length > 0 ? `steps ${steps.slice(0, 5).join(', ')}${steps.length > 5 ? ', …' : ''}` : '',
    before.start === after.start ? '' : 'start',
    isSame([before.input, before.state, before.result], [after.input, after.state, after.result]) ? '' : 'schemas',
    before.code === after.code ? '' : 'functions',
  ]
  return parts.filter((part) => part !== '').join('; ')
}

/** A map from steps that the old revision did not have would move nobody. */
function findLostMoves(name: string, before: ManifestFlow, after: ManifestFlow): Difference[] {
  const move = after.moves[String(before.revision)]
  return Object.keys(move?.steps ?? {})
    .filter((step) => before.steps[step]?.kind !== 'ask')
    .map((step) => ({
      path: `$.flows.${name}.moves.${before.revision}.steps.${step}`,
      verdict: 'refused',
      reason: say('upgrade.flow_move_lost', { step, revision: before.revision }),
    }))
}

/** Runs stay pinned to what they began with. Only where the old version goes away they need a way on. */
function compareRuns(flows: Readonly<Record<string, ManifestFlow>>, { flow, revision, runs }: OpenRuns): Difference[] {
  const now = Object.hasOwn(flows, flow) ? flows[flow] : undefined
  if (now?.revision === revision || now?.moves[String(revision)]) return []
  const path = `$.flows.${flow}`
  if (now) {
    const reason = say('upgrade.runs_stay', { runs, flow, revision, now: now.revision })
    return [{ path, verdict: 'notify', reason }]
  }
  const reason = say('upgrade.runs_lost', { runs, flow, revision })
  return [{ path, verdict: 'refused', reason }]
}
