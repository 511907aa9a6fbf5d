import { listTargets, type Target } from './list-steps.ts'
import type { Manifest, ManifestFlow } from '../manifest-schema.ts'
import { findCommitProblems } from './find-commit-problems.ts'
import { findLoops } from './find-loops.ts'
import { findStepProblems } from './find-step-problems.ts'
import { listWords, type ManifestProblem } from './problem.ts'

/** What a reviewer can read, and a check can walk through in no time. */
const stepsAtMost = 300

/** Every flow leads from its start through all of its steps to an end, with steps that name what there is. */
export function findFlowProblems(manifest: Manifest): ManifestProblem[] {
  return Object.entries(manifest.flows).flatMap(([id, flow]) => {
    const path = `$.flows.${id}`
    const count = Object.keys(flow.steps).length
    if (count > stepsAtMost) {
      const problem = `the flow "${id}" has ${count} steps, and room for ${stepsAtMost}`
      return [{ path, problem, remedy: 'make a flow of its own of a part, and run it (step kind "run")' }]
    }
    const lost = findLostSteps(path, flow)
    const steps = findStepProblems(manifest, id)
    // What leads nowhere makes the rest of the picture meaningless.
    if (lost.length > 0) return [...lost, ...steps]
    return [
      ...steps,
      ...findUnreachable(path, flow),
      ...findLoops(manifest, id),
      ...findCommitProblems(manifest, id),
      ...findMoveProblems(path, flow),
    ]
  })
}

function findLostSteps(path: string, { start, steps }: ManifestFlow): ManifestProblem[] {
  const names = Object.keys(steps)
  const problems: ManifestProblem[] = Object.entries(steps).flatMap(([step, written]) =>
    listTargets(written)
      .filter(({ to }) => !Object.hasOwn(steps, to))
      .map(({ to, by }: Target) => ({
        ...{ path: `${path}.steps.${step}`, step },
        problem: `the step "${step}" leads to "${to}"${by === '' ? '' : ` on ${by}`}, and there is no such step`,
        remedy: `add the step "${to}", or lead to one of ${names.join(', ')}`.slice(0, 300),
      })),
  )
  if (Object.hasOwn(steps, start)) return problems
  const problem = `it starts at "${start}", and there is no such step`
  return [...problems, { path: `${path}.start`, step: start, problem, remedy: 'start at a step that there is' }]
}

function findUnreachable(path: string, { start, steps }: ManifestFlow): ManifestProblem[] {
  const targets = new Map(Object.entries(steps).map(([name, step]) => [name, listTargets(step).map(({ to }) => to)]))
  const names = Object.keys(steps)
  const reached = walk([start], (name) => targets.get(name) ?? [])
  const ends = names.filter((name) => steps[name]?.kind === 'end')
  const leading = walk(ends, (name) => names.filter((other) => targets.get(other)?.includes(name)))
  return [
    ...names
      .filter((step) => !reached.has(step))
      .map((step) => ({
        ...{ path: `${path}.steps.${step}`, step, problem: `nothing leads to the step "${step}"` },
        remedy: 'lead to it, or take it out',
      })),
    ...names
      .filter((step) => !leading.has(step))
      .map((step) => ({
        ...{ path: `${path}.steps.${step}`, step, problem: `from the step "${step}" no way leads to an end` },
        remedy: 'lead it to a step of kind "end"',
      })),
  ]
}

/** All that can be reached, the beginnings too. */
export function walk(from: readonly string[], next: (name: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(from)
  for (const name of seen) for (const target of next(name)) seen.add(target)
  return seen
}

function findMoveProblems(path: string, { moves, revision, steps }: ManifestFlow): ManifestProblem[] {
  return Object.entries(moves).flatMap(([from, move]) => {
    const place = `${path}.moves.${from}`
    const late = {
      ...{ path: place, problem: `it moves runs of revision ${from}, and is revision ${revision} itself` },
      remedy: 'move runs of earlier revisions only, or raise the revision',
    }
    const lost = Object.entries(move.steps)
      .filter(([, to]) => steps[to]?.kind !== 'ask')
      .map(([old, to]) => ({
        ...{ path: `${place}.steps.${old}`, step: to },
        problem: `runs of revision ${from} at "${old}" move to "${to}", which ${describe(steps[to]?.kind)}`,
        remedy: `move them to a question: ${listWords(listQuestions(steps)) || 'this flow has none'}`,
      }))
    return [...(Number(from) >= revision ? [late] : []), ...lost]
  })
}

function describe(kind: string | undefined): string {
  return kind === undefined ? 'does not exist' : `is a step of kind "${kind}" and asks nothing`
}

function listQuestions(steps: ManifestFlow['steps']): string[] {
  return Object.keys(steps).filter((name) => steps[name]?.kind === 'ask')
}
