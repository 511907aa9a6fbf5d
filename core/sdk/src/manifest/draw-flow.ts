import { listTargets, type Target } from './check/list-steps.ts'
import type { Manifest, ManifestStep } from './manifest-schema.ts'

/** A step as somebody who reviews the flow sees it. */
export interface OutlinedStep {
  readonly name: string
  readonly kind: ManifestStep['kind']
  /** What it asks for, reads or calls; empty where the kind says it all. */
  readonly detail: string
  readonly weight: 'plain' | 'money' | 'outside' | 'confidential'
  readonly ways: readonly Target[]
}

/** A flow as its steps and the ways between them, for whoever draws it. */
export function outlineFlow(manifest: Manifest, id: string): readonly OutlinedStep[] {
  return Object.entries(getFlow(manifest, id).steps).map(([name, step]) => ({
    ...{ name, kind: step.kind, detail: describeStep(step), weight: weighStep(manifest, step) },
    ways: mergeTargets(step),
  }))
}

function getFlow(manifest: Manifest, id: string): Manifest['flows'][string] {
  const flow = Object.hasOwn(manifest.flows, id) ? manifest.flows[id] : undefined
  if (!flow) throw new RangeError(`the plugin ${manifest.id} has no flow ${id}`)
  return flow
}

/**
 * A flow as a Mermaid flowchart, for reviewers: every step with its kind, the ways between them with what leads there.
 * Time-outs and limits are dashed, steps that move money or hold something of the user's are marked.
 */
export function drawFlow(manifest: Manifest, id: string): string {
  const flow = getFlow(manifest, id)
  const names = new Map(Object.keys(flow.steps).map((name, index) => [name, `s${index}`]))
  const steps = Object.entries(flow.steps)
  const lines = [
    `flowchart TD`,
    `  start([${quote(`${id} · revision ${flow.revision}`)}]) --> ${names.get(flow.start) ?? 'start'}`,
    ...steps.map(([name, step]) => `  ${drawStep(names.get(name) ?? '', name, step)}${classOf(manifest, step)}`),
    ...steps.flatMap(([name, step]) =>
      mergeTargets(step).map(
        (target) => `  ${names.get(name)} ${drawArrow(target)} ${names.get(target.to) ?? 'start'}`,
      ),
    ),
    '  classDef money fill:#fde68a,stroke:#b45309,stroke-width:3px,color:#111',
    '  classDef outside fill:#dbeafe,stroke:#1d4ed8,color:#111',
    '  classDef confidential fill:#fee2e2,stroke:#b91c1c,color:#111',
  ]
  return `${lines.join('\n')}\n`
}

function quote(text: string): string {
  return `"${text.replace(/["<>&#`\\]/g, (sign) => `#${sign.codePointAt(0)};`)}"`
}

/** Shapes as flowcharts have them: questions lean, decisions are diamonds, data are drums, ends are round. */
const shapes: Readonly<Record<ManifestStep['kind'], readonly [string, string]>> = {
  say: ['[', ']'],
  ask: ['[/', '/]'],
  branch: ['{', '}'],
  call: ['[[', ']]'],
  confirm: ['[[', ']]'],
  read: ['[(', ')]'],
  write: ['[(', ')]'],
  fetch: ['[[', ']]'],
  run: ['[[', ']]'],
  emit: ['>', ']'],
  reserve: ['[(', ')]'],
  take: ['[(', ')]'],
  release: ['[(', ')]'],
  wait: ['([', '])'],
  end: ['((', '))'],
}

function drawStep(node: string, name: string, step: ManifestStep): string {
  const [open, close] = shapes[step.kind]
  const detail = describeStep(step)
  return `${node}${open}${quote(`${name} · ${step.kind}${detail === '' ? '' : ` ${detail}`}`)}${close}`
}

function describeStep(step: ManifestStep): string {
  switch (step.kind) {
    case 'ask':
      return `${step.slot}${step.confidential ? ' in confidence' : ''}`
    case 'call':
      return `${step.need}.${step.operation}`
    case 'read':
      return `${step.from} by ${step.by}`
    case 'write':
      return `${step.act} ${step.to}`
    case 'reserve':
      return `${step.from}.${step.counter}`
    case 'fetch':
      return step.from
    case 'run':
      return step.flow
    case 'emit':
      return step.event
    case 'wait':
      return step.for === 'moment' ? '' : `${step.need}.${step.event}`
    default:
      return ''
  }
}

function classOf(manifest: Manifest, step: ManifestStep): string {
  const weight = weighStep(manifest, step)
  return weight === 'plain' ? '' : `:::${weight}`
}

function weighStep({ needs }: Manifest, step: ManifestStep): OutlinedStep['weight'] {
  if (step.kind === 'confirm') return 'money'
  if (step.kind === 'ask' && step.confidential) return 'confidential'
  if (step.kind === 'fetch') return 'outside'
  if (step.kind !== 'call') return 'plain'
  return needs[step.need]?.operations[step.operation]?.class === 'commit' ? 'money' : 'outside'
}

/** Ways to the same step become one arrow, except that those of time stay apart. */
function mergeTargets(step: ManifestStep): Target[] {
  const merged = Map.groupBy(listTargets(step), (target) => `${isTime(target)} ${target.to}`)
  return [...merged.values()].map((group) => ({
    to: group[0]?.to ?? '',
    by: group.map(({ by }) => by).join(', '),
  }))
}

function isTime({ by }: Target): boolean {
  return by === 'time-out' || by === 'limit' || by === 'expired'
}

function drawArrow(target: Target): string {
  const arrow = isTime(target) ? '-.->' : '-->'
  return target.by === '' ? arrow : `${arrow}|${quote(target.by)}|`
}
