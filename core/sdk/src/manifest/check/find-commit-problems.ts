import { paymentDesk } from '../../capability/payment.ts'
import type { Manifest, ManifestFlow, ManifestStep } from '../manifest-schema.ts'
import { listTargets, type Target } from './list-steps.ts'
import type { ManifestProblem } from './problem.ts'

type Call = Extract<ManifestStep, { kind: 'call' }>

/**
 * Nothing is bought twice for one wish. After `unknown` nothing is paid again before the bank has said what became of
 * it; after any other outcome not before the user was asked; and a bank's dialogue hands its one order in once. What
 * else a dialogue calls has an order of its own each time, like the calls of a scene. Giving back is no buying again.
 */
export function findCommitProblems(manifest: Manifest, id: string): ManifestProblem[] {
  const flow = manifest.flows[id]
  if (!flow) return []
  return Object.entries(flow.steps).flatMap(([name, step]) =>
    step.kind === 'call' && isCommit(manifest, step) ? findRepeats({ manifest, flow, id, name, step }) : [],
  )
}

export function isCommit({ needs }: Manifest, { need, operation }: Call): boolean {
  return needs[need]?.operations[operation]?.class === 'commit'
}

interface Commit {
  readonly manifest: Manifest
  readonly flow: ManifestFlow
  readonly id: string
  readonly name: string
  readonly step: Call
}

function findRepeats(commit: Commit): ManifestProblem[] {
  const { manifest, id, name, step } = commit
  const path = `$.flows.${id}.steps.${name}`
  for (const { to, by } of listTargets(step)) {
    const rule = handsInOwn(manifest, step) ? never : by === 'unknown' ? untilKnown(step) : untilAsked
    const again = findCommit(commit, to, rule.isOpen)
    if (again === undefined) continue
    const problem = `after "${by}" the step "${name}" may be followed by "${again}" again, ${rule.problem}`
    return [{ path, step: name, problem, remedy: rule.remedy }]
  }
  return []
}

interface Rule {
  /** Whether a way goes on here: behind a closed one everything is allowed. */
  readonly isOpen: (step: ManifestStep, target: Target) => boolean
  readonly problem: string
  readonly remedy: string
}

/** The calls of a dialogue that name the order it was opened for. */
function handsInOwn({ provides, needs }: Manifest, { need }: Call): boolean {
  return provides !== undefined && needs[need]?.capability === paymentDesk.id
}

const never: Rule = {
  isOpen: () => true,
  problem: 'with the same order',
  remedy: 'end the dialogue: an order is sent to the bank once',
}

const untilAsked: Rule = {
  isOpen: (step, { by }) => !(step.kind === 'ask' && by === 'answer'),
  problem: 'without anybody having asked for it',
  remedy: 'ask the user (step kind "ask") before it is done again',
}

/** `wait` for an event of the same need: what happened says whether money moved. */
function untilKnown({ need }: Call): Rule {
  return {
    isOpen: (step, { by }) =>
      !(step.kind === 'wait' && step.for === 'event' && step.need === need && by === 'happened'),
    problem: 'while nobody knows whether the first one was done',
    remedy: `wait for an event of "${need}" (step kind "wait") and go on from "happened"; from "limit" lead to an end`,
  }
}

/** The same commit, where it can be reached from here as long as the way is open. */
function findCommit({ flow, step }: Commit, from: string, isOpen: Rule['isOpen']): string | undefined {
  const seen = new Set([from])
  for (const name of seen) {
    const here = flow.steps[name]
    if (!here) continue
    if (here.kind === 'call' && here.need === step.need && here.operation === step.operation) return name
    for (const target of listTargets(here)) if (isOpen(here, target)) seen.add(target.to)
  }
  return undefined
}
