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

/** What runs do: a flow that changed says so by its revision, and open runs can go on somewhere. */
export function compareFlows({ before, after, openRuns }: Versions): Difference[] {
  const changed = pairChanged(before.flows, after.flows).flatMap(compareFlow)
  const dialogues: Difference[] = isSame(before.dialogues, after.dialogues)
    ? []
    : [{ path: '$.dialogues', verdict: 'review', reason: "the bank's dialogue is held by other flows" }]
  return [...changed, ...dialogues, ...(openRuns ?? []).flatMap((open) => compareRuns(after.flows, open))]
}

function compareFlow({ name, before, after }: Named<ManifestFlow>): Difference[] {
  const tell = (verdict: Verdict, reason: string): Difference => ({ path: `$.flows.${name}`, verdict, reason })
  if (!after) return [tell('notify', `the flow "${name}" is gone: no run begins any more`)]
  if (!before) return [tell('notify', `the flow "${name}" is new`)]
  if (after.revision < before.revision)
    return [tell('refused', `the flow "${name}" goes back from revision ${before.revision} to ${after.revision}`)]
  const differing = describeChange(before, after)
  if (after.revision > before.revision)
    return [
      tell('notify', `the flow "${name}" is revision ${after.revision} (${differing || 'nothing changed'})`),
      ...findLostMoves(name, before, after),
    ]
  if (differing === '') return [tell('silent', `the flow "${name}" declares other moves`)]
  return [
    tell('refused', `the flow "${name}" changed (${differing}) and is revision ${after.revision} still: raise it`),
  ]
}

function describeChange(before: ManifestFlow, after: ManifestFlow): string {
  const steps = pairChanged(before.steps, after.steps).map(({ name }) => name)
  const parts = [
    steps.length > 0 ? `steps ${steps.slice(0, 5).join(', ')}${steps.length > 5 ? ' and more' : ''}` : '',
    before.start === after.start ? '' : 'its start',
    isSame([before.input, before.state, before.result], [after.input, after.state, after.result]) ? '' : 'its schemas',
    before.code === after.code ? '' : 'its functions',
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
      reason: `it moves runs at "${step}", and revision ${before.revision} asks nothing there`,
    }))
}

/** Runs stay pinned to what they began with. Only where the old version goes away they need a way on. */
function compareRuns(flows: Readonly<Record<string, ManifestFlow>>, { flow, revision, runs }: OpenRuns): Difference[] {
  const now = Object.hasOwn(flows, flow) ? flows[flow] : undefined
  if (now?.revision === revision || now?.moves[String(revision)]) return []
  const path = `$.flows.${flow}`
  if (now) {
    const reason = `${runs} open runs of "${flow}" stay on revision ${revision}, which has no move to ${now.revision}`
    return [{ path, verdict: 'notify', reason }]
  }
  const reason = `${runs} open runs of "${flow}" (revision ${revision}) have nowhere to go: the flow is gone`
  return [{ path, verdict: 'refused', reason }]
}
