import { Fault } from '../fault.ts'
import type {
  AnyAsk,
  AnyContext,
  AnyFetch,
  AnyInsert,
  AnyPut,
  AnyRead,
  AnyRemove,
  AnyReserve,
  AnyStep,
  AnyWaitEvent,
  AnyWaitUntil,
} from '../plugin/erased.ts'
import { addMs } from '../time.ts'
import type { Blocking, FetchCommand, ReadCommand, RunState, WriteCommand } from './run-state.ts'

const documentsAtMost = 50
const fetchDeadlineMs = { usual: 10_000, most: 15_000 }

/** What a step that waits for something from outside wants done. */
export function buildBlocking(step: AnyStep, context: AnyContext, { visit, unread }: RunState): Blocking {
  switch (step.kind) {
    case 'ask':
      return buildAsk(step, context, { visit, again: unread > 0 })
    case 'confirm':
      return { kind: 'confirm', visit, order: step.order(context), method: step.method(context) }
    case 'call':
      return { kind: 'call', visit, need: step.need, operation: step.operation, input: step.input(context) }
    case 'read':
      return buildRead(step, context, visit)
    case 'write':
      return buildWrite(step, context, visit)
    case 'fetch':
      return buildFetch(step, context, visit)
    case 'run':
      return { kind: 'run', visit, flow: step.flow, input: step.input(context) }
    case 'reserve':
      return buildReserve(step, context, visit)
    case 'take':
      return { kind: 'take', visit, hold: step.hold(context) }
    case 'release':
      return { kind: 'release', visit, hold: step.hold(context) }
    case 'wait':
      return buildWait(step, context, visit)
    case 'end':
      return { kind: 'end', visit, ...(step.result ? { result: step.result(context) } : {}) }
    case 'say':
    case 'emit':
    case 'branch':
      throw new Fault('flow.step_unknown', { data: { step: step.kind } })
  }
}

function buildAsk(step: AnyAsk, context: AnyContext, { visit, again }: { visit: number; again: boolean }): Blocking {
  const timeoutAt = addMs(context.now, step.timeout.afterMs)
  const remindAt = step.reminder && addMs(context.now, step.reminder.afterMs)
  const digits = step.confidential ? step.shape?.digits : undefined
  return { kind: 'ask', visit, content: step.prompt(context), timeoutAt, remindAt, again, digits }
}

function buildRead(step: AnyRead, context: AnyContext, visit: number): ReadCommand {
  if (step.key) return { kind: 'read', visit, from: step.from, by: 'key', key: step.key(context) }
  return {
    kind: 'read',
    visit,
    from: step.from,
    by: step.by,
    where: step.where?.(context) ?? {},
    limit: Math.min(step.limit ?? documentsAtMost, documentsAtMost),
  }
}

function buildWrite(step: AnyPut | AnyInsert | AnyRemove, context: AnyContext, visit: number): WriteCommand {
  const { to } = step
  if ('put' in step) return { kind: 'write', visit, to, act: 'put', document: step.put(context) }
  if ('insert' in step) return { kind: 'write', visit, to, act: 'insert', document: step.insert(context) }
  return { kind: 'write', visit, to, act: 'remove', key: step.remove(context) }
}

function buildFetch(step: AnyFetch, context: AnyContext, visit: number): FetchCommand {
  const deadlineMs = Math.min(step.deadlineMs ?? fetchDeadlineMs.usual, fetchDeadlineMs.most)
  return { kind: 'fetch', visit, from: step.from, request: step.request(context), deadlineMs }
}

function buildReserve(step: AnyReserve, context: AnyContext, visit: number): Blocking {
  const { key, part } = step.of(context)
  return {
    kind: 'reserve',
    visit,
    from: step.from,
    counter: step.counter,
    key,
    part: part ?? '',
    until: addMs(context.now, step.holdMs),
  }
}

function buildWait(step: AnyWaitUntil | AnyWaitEvent, context: AnyContext, visit: number): Blocking {
  if ('until' in step) return { kind: 'wait', visit, until: step.until(context), event: undefined }
  return { kind: 'wait', visit, until: addMs(context.now, step.limitMs), event: { need: step.need, name: step.event } }
}
