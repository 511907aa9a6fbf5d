import { createAlarm } from '../boot/alarm.ts'
import type { Parts } from '../boot/parts.ts'
import type { Callback } from './callback.store.ts'
import { pushWithFault } from './faulty-push.ts'
import type { FaultyResult } from './faulty-push.ts'
import { findRetryDelayMs, nonceLifeMs } from './retry-plan.ts'

export interface Pump {
  /** Looks for due callbacks soon; safe to call from inside a transaction. */
  readonly wake: () => void
  /** Ends open pushes (they are tried again after the next start) and waits for them. */
  readonly close: () => Promise<void>
}

const longestSleepMs = 60_000
const mostAtOnce = 100

/** Sends what the outbox holds: lanes side by side, the callbacks of one lane in order. */
export function startPump(parts: Parts): Pump {
  const stop = new AbortController()
  const busy = new Map<string, Promise<void>>()
  const sendDue = (): void => {
    const now = parts.clock.system()
    parts.held.listOverdue(now).forEach(parts.held.release)
    for (const { id, lane } of parts.callbacks.listDue(now)) {
      if (busy.size < mostAtOnce && !busy.has(lane)) start(parts.callbacks.get(id))
    }
    alarm.ringIn(Math.min(findNextAt(parts, busy) - now, longestSleepMs))
  }
  const alarm = createAlarm(parts.surroundings, sendDue)
  const start = (callback: Callback): void => {
    const work = runCallback(parts, callback, stop.signal)
      .catch(() => postpone(parts, callback))
      .finally(() => {
        busy.delete(callback.lane)
        alarm.ringIn(0)
      })
    busy.set(callback.lane, work)
  }
  alarm.ringIn(0)
  return {
    wake: () => alarm.ringIn(0),
    close: async () => {
      stop.abort()
      alarm.close()
      await Promise.allSettled(busy.values())
    },
  }
}

/** A fault of our own, such as a full disk: the callback keeps its place and is tried again a little later. */
function postpone(parts: Parts, callback: Callback): void {
  parts.log('callback_error', { chatbot: callback.chatbotId })
  parts.callbacks.retry(callback.id, callback.tries, parts.clock.system() + 5000)
}

const busyLookMs = 250

/** The head of a busy lane is due already: going by due times would spin, so while one is busy we go by the clock. */
function findNextAt(parts: Parts, busy: ReadonlyMap<string, unknown>): number {
  const heldUntil = parts.held.findNextUntil() ?? Infinity
  const dueAt = busy.size > 0 ? parts.clock.system() + busyLookMs : (parts.callbacks.findNextDueAt() ?? Infinity)
  return Math.min(heldUntil, dueAt)
}

async function runCallback(parts: Parts, callback: Callback, signal: AbortSignal): Promise<void> {
  const chatbot = parts.chatbots.find(callback.chatbotId)
  if (!chatbot) return parts.callbacks.finish(callback.id, 'failed')
  const { nonce, signedAt } = signOnce(parts, callback)
  const fault = parts.faults.take('callback', (kind) => kind !== 'reorder-callbacks')
  const timestamp = String(Math.floor(signedAt / 1000))
  const at = parts.clock.now()
  const result = await pushWithFault(parts, { chatbot, callback, nonce, timestamp, signal }, fault)
  if (signal.aborted) return
  parts.db.transact(() => {
    parts.attempts.add(callback.id, { at, nonce, timestamp, ...result })
    commitResult(parts, callback, result)
  })
}

function signOnce(parts: Parts, callback: Callback): { nonce: string; signedAt: number } {
  const now = parts.clock.now()
  const { nonce, signedAt } = callback
  if (nonce !== undefined && signedAt !== undefined && now - signedAt < nonceLifeMs) return { nonce, signedAt }
  const fresh = { nonce: parts.ids.uuid(), signedAt: now }
  parts.callbacks.sign(callback.id, fresh.nonce, fresh.signedAt)
  return fresh
}

function commitResult(parts: Parts, callback: Callback, result: FaultyResult): void {
  if (result.problem === undefined) {
    parts.callbacks.finish(callback.id, 'done')
    return reportOwnMessage(parts, callback, 'delivered')
  }
  if (result.dropped) return parts.callbacks.finish(callback.id, 'dropped')
  const tries = callback.tries + 1
  const delayMs = findRetryDelayMs(parts.timings.retryDelaysMs, tries)
  if (delayMs === undefined) {
    parts.callbacks.finish(callback.id, 'failed')
    parts.log('callback_given_up', { chatbot: callback.chatbotId, tries })
    return reportOwnMessage(parts, callback, 'failed')
  }
  parts.callbacks.retry(callback.id, tries, parts.clock.system() + delayMs)
  for (const seq of parts.callbacks.listWaitingMessages(callback.lane)) reportMessage(parts, seq, 'retrying')
}

function reportOwnMessage(parts: Parts, { messageSeq }: Callback, status: 'delivered' | 'failed'): void {
  if (messageSeq !== undefined) reportMessage(parts, messageSeq, status)
}

/** A user's message shows on the phone how far it got. */
function reportMessage(parts: Parts, messageSeq: number, status: 'delivered' | 'retrying' | 'failed'): void {
  if (parts.states.has(messageSeq, status)) return
  parts.states.add(messageSeq, { status, at: parts.clock.now() })
  const thread = parts.threads.get(parts.messages.get(messageSeq).threadId)
  parts.changes.announceThread(thread.phone, thread.id)
}
