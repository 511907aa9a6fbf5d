import { parentPort, workerData } from 'node:worker_threads'
import type { GuestFailure, WorkerReply, WorkerRequest } from '../guest-call.ts'
import { GuestInstance, type InstanceAnswer } from './guest-instance.ts'

/** Instances are kept up to this many bytes, the least recently asked one goes first. */
const bytesAtMost = 320 * 1024 * 1024
/** A bundle that could not be loaded is not tried again before this long. */
const brokenForMs = 10_000

const prelude = (workerData as { readonly prelude: string }).prelude
const instances = new Map<string, GuestInstance>()
const broken = new Map<string, { readonly failure: GuestFailure; readonly untilMs: number }>()

/** One call at a time; nothing but text goes in and out. */
parentPort?.on('message', (request: WorkerRequest) => {
  void handle(request).then((reply) => {
    parentPort?.postMessage(reply)
    instances.get(request.digest)?.restore()
  })
})

async function handle(request: WorkerRequest): Promise<WorkerReply> {
  const { id, digest, text, limits } = request
  const known = instances.get(digest)
  if (!known && request.bundle === undefined) return { id, kind: 'no_bundle' }
  const instance = known ?? (await load(request))
  if ('failure' in instance) return { id, kind: 'failed', failure: instance.failure }
  const answer = callOnce(instance, text, limits.stepMs)
  // At the end of the map is what was asked last. What ran out of memory has grown, and starts again small.
  instances.delete(digest)
  if ('failure' in answer && answer.failure === 'memory') return { id, kind: 'failed', failure: 'memory' }
  instances.set(digest, instance)
  return 'failure' in answer
    ? { id, kind: 'failed', failure: answer.failure }
    : { id, kind: 'answer', text: answer.text }
}

/** An engine that breaks down altogether has run out of its stack or its memory. */
function callOnce(instance: GuestInstance, text: string, stepMs: number): InstanceAnswer {
  try {
    return instance.call(text, stepMs)
  } catch {
    return { failure: 'memory' }
  }
}

async function load({
  digest,
  bundle = '',
  limits,
}: WorkerRequest): Promise<GuestInstance | { readonly failure: GuestFailure }> {
  const refused = broken.get(digest)
  if (refused && refused.untilMs > performance.now()) return refused
  makeRoom()
  const opened = await GuestInstance.open({ prelude, bundle, limits })
  if ('failure' in opened) broken.set(digest, { ...opened, untilMs: performance.now() + brokenForMs })
  return opened
}

function makeRoom(): void {
  const total = (): number => [...instances.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  for (const digest of instances.keys()) {
    if (total() <= bytesAtMost) return
    instances.delete(digest)
  }
}
