import type { Manifest, ManifestFlow } from '../manifest-schema.ts'
import { isAtOnce, listTargets } from './list-steps.ts'
import { listWords, type ManifestProblem } from './problem.ts'

/** Circles that nothing outside slows down, and flows that run themselves. */
export function findLoops(manifest: Manifest, id: string): ManifestProblem[] {
  const flow = manifest.flows[id]
  if (!flow) return []
  const path = `$.flows.${id}`
  const own = findOwnRun(manifest, id)
  if (own !== undefined) {
    const problem = `the step "${own.step}" runs the flow "${own.flow}", which runs "${id}" again`
    const remedy = 'lead back to an earlier step instead'
    return [{ path: `${path}.steps.${own.step}`, step: own.step, problem, remedy }]
  }
  return listCircles(flow, (name) => passesAtOnce(manifest, flow, name)).map((circle) => ({
    ...{ path: `${path}.steps.${circle[0]}`, step: circle[0] ?? '' },
    problem: `the steps ${listWords(circle.map((name) => `"${name}"`))} lead round without a question or a wait`,
    remedy: `put a step of kind "ask" or "wait" between them`,
  }))
}

function passesAtOnce(manifest: Manifest, flow: ManifestFlow, name: string): boolean {
  const step = flow.steps[name]
  if (!step) return false
  if (step.kind !== 'run') return isAtOnce(step)
  const inner = Object.hasOwn(manifest.flows, step.flow) ? manifest.flows[step.flow] : undefined
  return inner !== undefined && mayEndAtOnce(manifest, inner)
}

/**
 * Whether a sub-flow may come to an end without having asked or waited. Flows that run themselves are refused before.
 */
function mayEndAtOnce(manifest: Manifest, flow: ManifestFlow): boolean {
  const seen = new Set([flow.start])
  for (const name of seen) {
    const step = flow.steps[name]
    if (step?.kind === 'end') return true
    if (step && passesAtOnce(manifest, flow, name)) for (const { to } of listTargets(step)) seen.add(to)
  }
  return false
}

/** The smallest sets of steps that lead round among themselves, each once, in the order of their names. */
function listCircles(flow: ManifestFlow, passes: (name: string) => boolean): string[][] {
  const names = Object.keys(flow.steps).filter(passes)
  const reach = new Map(names.map((name) => [name, reachWithin(flow, name, new Set(names))]))
  const circles = names
    .filter((name) => reach.get(name)?.has(name))
    .map((name) => names.filter((other) => reach.get(name)?.has(other) && reach.get(other)?.has(name)))
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()]
}

function reachWithin(flow: ManifestFlow, from: string, allowed: ReadonlySet<string>): ReadonlySet<string> {
  const next = (name: string): string[] => {
    const step = flow.steps[name]
    return step ? listTargets(step).flatMap(({ to }) => (allowed.has(to) ? [to] : [])) : []
  }
  const seen = new Set(next(from))
  for (const name of seen) for (const to of next(name)) seen.add(to)
  return seen
}

function findOwnRun(manifest: Manifest, id: string): { readonly step: string; readonly flow: string } | undefined {
  for (const [step, written] of Object.entries(manifest.flows[id]?.steps ?? {})) {
    if (written.kind === 'run' && runsAgain(manifest, written.flow, id)) return { step, flow: written.flow }
  }
  return undefined
}

function runsAgain({ flows }: Manifest, from: string, wanted: string): boolean {
  const seen = new Set([from])
  for (const id of seen) {
    const steps = Object.hasOwn(flows, id) ? (flows[id]?.steps ?? {}) : {}
    for (const step of Object.values(steps)) if (step.kind === 'run') seen.add(step.flow)
  }
  return seen.has(wanted)
}
