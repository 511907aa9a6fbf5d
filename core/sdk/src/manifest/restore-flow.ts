import type { AnyRoute, AnyStep, Flow } from '../plugin/erased.ts'
import type { Contract } from '../plugin/contract.ts'
import { callInGuest } from './call-in-guest.ts'
import type { ManifestFlow, ManifestRoute, ManifestStep } from './manifest-schema.ts'
import { mapValues } from './map-values.ts'
import { readObjectSchema, readSchema } from './read-schema.ts'

export function restoreFlow(flow: ManifestFlow, id: string, contract: Contract): Flow {
  const { revision, start, steps, input, state, result, begins, moves } = flow
  return {
    ...{ contract, id, revision, start },
    input: readSchema(input),
    state: readObjectSchema(state),
    steps: mapValues(steps, restoreStep),
    ...(begins ? { begin: callInGuest } : {}),
    ...(result ? { result: readSchema(result) } : {}),
    moves: mapValues(moves, (move) => ({ steps: move.steps, ...(move.converts ? { slots: callInGuest } : {}) })),
  }
}

function restoreStep(step: ManifestStep): AnyStep {
  switch (step.kind) {
    case 'say':
      return { kind: 'say', message: callInGuest, next: step.next }
    case 'ask':
      return restoreAsk(step)
    case 'branch':
      return { ...step, when: step.when.map((to) => ({ is: callInGuest, to })) }
    case 'call':
      return { ...step, input: callInGuest, on: mapValues(step.on, restoreRoute) }
    case 'confirm':
      return { ...step, order: callInGuest, method: callInGuest }
    case 'run':
      return { ...step, input: callInGuest, on: { done: restoreRoute(step.on.done) } }
    case 'emit':
      return { ...step, data: callInGuest }
    case 'wait':
      return restoreWait(step)
    case 'end':
      return { kind: 'end', ...(step.returns ? { result: callInGuest } : {}) }
    default:
      return restoreDataStep(step)
  }
}

type DataKind = 'read' | 'write' | 'fetch' | 'reserve' | 'take' | 'release'

function restoreDataStep(step: Extract<ManifestStep, { kind: DataKind }>): AnyStep {
  switch (step.kind) {
    case 'read': {
      const { from, by, limit, filters, on } = step
      return {
        ...{ kind: 'read', from, by, on: { found: restoreRoute(on.found), none: restoreRoute(on.none) } },
        ...(limit === undefined ? {} : { limit }),
        ...(filters ? { where: callInGuest } : {}),
        ...(by === 'key' ? { key: callInGuest } : {}),
      }
    }
    case 'write':
      return restoreWrite(step)
    case 'fetch': {
      const { from, deadlineMs } = step
      const on = { answered: restoreRoute(step.on.answered), failed: restoreRoute(step.on.failed) }
      return { kind: 'fetch', from, request: callInGuest, ...(deadlineMs === undefined ? {} : { deadlineMs }), on }
    }
    case 'reserve': {
      const on = { held: restoreRoute(step.on.held), none_left: restoreRoute(step.on.none_left) }
      return { ...step, of: callInGuest, on }
    }
    case 'take': {
      const on = { taken: restoreRoute(step.on.taken), lapsed: restoreRoute(step.on.lapsed) }
      return { kind: 'take', hold: callInGuest, on }
    }
    case 'release':
      return { ...step, hold: callInGuest }
  }
}

function restoreAsk(step: Extract<ManifestStep, { kind: 'ask' }>): AnyStep {
  const { slot, confidential, shape, reads, timeout, reminderMs, retries, giveUp, next } = step
  return {
    ...{ kind: 'ask', slot, timeout, prompt: callInGuest, next: restoreRoute(next) },
    ...(confidential ? { confidential } : {}),
    ...(shape ? { shape } : {}),
    ...(reads ? { read: callInGuest } : {}),
    ...(reminderMs === undefined ? {} : { reminder: { afterMs: reminderMs, message: callInGuest } }),
    ...(retries === undefined ? {} : { retries }),
    ...(giveUp === undefined ? {} : { giveUp }),
  }
}

function restoreWrite(step: Extract<ManifestStep, { kind: 'write' }>): AnyStep {
  const { to } = step
  if (step.act === 'insert') {
    const on = { written: restoreRoute(step.on.written), present: restoreRoute(step.on.present) }
    return { kind: 'write', to, insert: callInGuest, on }
  }
  return step.act === 'put'
    ? { kind: 'write', to, put: callInGuest, next: step.next }
    : { kind: 'write', to, remove: callInGuest, next: step.next }
}

function restoreWait(step: Extract<ManifestStep, { kind: 'wait' }>): AnyStep {
  if (step.for === 'moment') return { kind: 'wait', until: callInGuest, next: step.next }
  const { need, event, limitMs } = step
  const on = { happened: restoreRoute(step.on.happened), limit: restoreRoute(step.on.limit) }
  return { kind: 'wait', need, event, limitMs, on }
}

function restoreRoute(route: ManifestRoute): AnyRoute {
  return typeof route === 'string' ? route : { to: route.to, set: callInGuest }
}
