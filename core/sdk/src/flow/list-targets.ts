import type { AnyStep } from '../plugin/erased.ts'

/** Where a step may lead. */
export function listTargets(step: AnyStep): readonly string[] {
  switch (step.kind) {
    case 'say':
    case 'emit':
    case 'release':
      return [step.next]
    case 'ask':
      return [targetOf(step.next), step.timeout.to, ...(step.giveUp === undefined ? [] : [step.giveUp])]
    case 'branch':
      return [...step.when.map(({ to }) => to), step.otherwise]
    case 'write':
      return 'next' in step ? [step.next] : Object.values(step.on).map(targetOf)
    case 'call':
    case 'confirm':
    case 'read':
    case 'fetch':
    case 'run':
    case 'reserve':
    case 'take':
      return Object.values(step.on).map(targetOf)
    case 'wait':
      return 'until' in step ? [step.next] : Object.values(step.on).map(targetOf)
    case 'end':
      return []
  }
}

function targetOf(route: string | { readonly to: string }): string {
  return typeof route === 'string' ? route : route.to
}
