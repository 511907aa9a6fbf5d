import type { AnyRoute, AnyStep, Flow } from '../plugin/erased.ts'
import { findMessage } from './find-message.ts'
import { fingerprint } from './fingerprint.ts'
import { mapValues } from './map-values.ts'
import type { ManifestFlow, ManifestRoute, ManifestStep } from './manifest-schema.ts'
import { writeSchema } from './write-schema.ts'

export function buildManifestFlow(flow: Flow): ManifestFlow {
  const { revision, input, state, result, begin, start, steps, moves } = flow
  return {
    revision,
    input: writeSchema(input),
    state: writeSchema(state),
    result: result && writeSchema(result),
    begins: begin !== undefined,
    start,
    steps: mapValues(steps, (step) => buildStep(step)),
    moves: mapValues(moves ?? {}, (move) => ({ steps: move.steps, converts: move.slots !== undefined })),
    code: fingerprint(flow),
  }
}

function buildStep(step: AnyStep): ManifestStep {
  switch (step.kind) {
    case 'say':
      return { kind: 'say', shows: findMessage(step.message), next: step.next }
    case 'ask':
      return buildAsk(step)
    case 'branch':
      return { kind: 'branch', when: step.when.map(({ to }) => to), otherwise: step.otherwise }
    case 'call':
      return { kind: 'call', need: step.need, operation: step.operation, on: mapValues(step.on, buildRoute) }
    case 'confirm':
      return { kind: 'confirm', on: step.on }
    case 'run':
      return { kind: 'run', flow: step.flow, on: { done: buildRoute(step.on.done) } }
    case 'emit':
      return { kind: 'emit', event: step.event, next: step.next }
    case 'wait':
      return buildWait(step)
    case 'end':
      return { kind: 'end', returns: step.result !== undefined }
    default:
      return buildDataStep(step)
  }
}

type DataKind = 'read' | 'write' | 'fetch' | 'reserve' | 'take' | 'release'

function buildDataStep(step: Extract<AnyStep, { kind: DataKind }>): ManifestStep {
  switch (step.kind) {
    case 'read':
      return {
        ...{ kind: 'read', from: step.from, by: step.by, filters: step.where !== undefined, limit: step.limit },
        on: { found: buildRoute(step.on.found), none: buildRoute(step.on.none) },
      }
    case 'write':
      return buildWrite(step)
    case 'fetch': {
      const on = { answered: buildRoute(step.on.answered), failed: buildRoute(step.on.failed) }
      return { kind: 'fetch', from: step.from, deadlineMs: step.deadlineMs, on }
    }
    case 'reserve': {
      const on = { held: buildRoute(step.on.held), none_left: buildRoute(step.on.none_left) }
      return { kind: 'reserve', from: step.from, counter: step.counter, holdMs: step.holdMs, on }
    }
    case 'take':
      return { kind: 'take', on: { taken: buildRoute(step.on.taken), lapsed: buildRoute(step.on.lapsed) } }
    case 'release':
      return { kind: 'release', next: step.next }
  }
}

function buildAsk(step: Extract<AnyStep, { kind: 'ask' }>): ManifestStep {
  return {
    ...{ kind: 'ask', slot: step.slot, confidential: step.confidential ? true : undefined },
    shape: step.shape && { digits: step.shape.digits },
    shows: findMessage(step.prompt),
    reads: step.read !== undefined,
    timeout: { afterMs: step.timeout.afterMs, to: step.timeout.to },
    reminderMs: step.reminder?.afterMs,
    retries: step.retries,
    giveUp: step.giveUp,
    next: buildRoute(step.next),
  }
}

function buildWrite(step: Extract<AnyStep, { kind: 'write' }>): ManifestStep {
  if ('insert' in step) {
    const on = { written: buildRoute(step.on.written), present: buildRoute(step.on.present) }
    return { kind: 'write', act: 'insert', to: step.to, on }
  }
  return { kind: 'write', act: 'put' in step ? 'put' : 'remove', to: step.to, next: step.next }
}

function buildWait(step: Extract<AnyStep, { kind: 'wait' }>): ManifestStep {
  if ('until' in step) return { kind: 'wait', for: 'moment', next: step.next }
  const on = { happened: buildRoute(step.on.happened), limit: buildRoute(step.on.limit) }
  return { kind: 'wait', for: 'event', need: step.need, event: step.event, limitMs: step.limitMs, on }
}

function buildRoute(route: AnyRoute): ManifestRoute {
  return typeof route === 'string' ? route : { to: route.to, sets: true }
}
