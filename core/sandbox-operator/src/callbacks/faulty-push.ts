import type { Parts } from '../boot/parts.ts'
import type { Fault } from '../sandbox/fault.store.ts'
import { pushCallback } from './push-callback.ts'
import type { Push, PushResult } from './push-callback.ts'

const slowDelayMs = 3000

/** `dropped` says that the callback is lost on purpose and must not be tried again. */
export type FaultyResult = PushResult & { readonly dropped?: boolean }

/** Pushes as the fault wants it; without one, pushes. */
export async function pushWithFault(parts: Parts, push: Push, fault?: Fault): Promise<FaultyResult> {
  switch (fault?.kind) {
    case undefined:
      return pushCallback(parts, push)
    case 'timeout-before':
      return { problem: 'no answer in time (sandbox fault, not sent)' }
    case '500-before':
      return { status: 500, problem: 'refused (sandbox fault, not sent)' }
    case 'timeout-after':
      await pushCallback(parts, push)
      return { problem: 'no answer in time (sandbox fault, sent)' }
    case '500-after':
      await pushCallback(parts, push)
      return { status: 500, problem: 'refused (sandbox fault, sent)' }
    case 'drop-callback':
      return { dropped: true, problem: 'dropped (sandbox fault)' }
    case 'duplicate-callback':
      return pushTwice(parts, push)
    case 'slow':
      await pause(parts, fault.delayMs ?? slowDelayMs, push.signal)
      return pushCallback(parts, push)
    default:
      return pushMalformed(parts, push)
  }
}

async function pushTwice(parts: Parts, push: Push): Promise<PushResult> {
  const first = await pushCallback(parts, push)
  if (first.problem === undefined) await pushCallback(parts, push)
  return first
}

/** A truncated body under a nonce of its own: the receiver may not mistake the real one for a replay of this. */
async function pushMalformed(parts: Parts, push: Push): Promise<PushResult> {
  const { body } = push.callback
  const broken = { ...push, nonce: parts.ids.uuid() }
  const { status } = await pushCallback(parts, broken, body.slice(0, Math.ceil(body.length / 2)))
  return { ...(status === undefined ? {} : { status }), problem: 'sent malformed (sandbox fault)' }
}

function pause(parts: Parts, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = parts.surroundings.after(delayMs, resolve)
    signal.addEventListener('abort', () => {
      cancel()
      resolve()
    })
  })
}
