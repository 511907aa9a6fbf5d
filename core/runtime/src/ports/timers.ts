import { setTimeout as wait } from 'node:timers/promises'
import type { Timers } from '@inthread/messaging/ports'
import type { WorkRegister } from '../works/work-register.ts'

/** Real time. A repeated work never overlaps itself, and one that fails is tried again at its next turn. */
export function createTimers(onError: (error: unknown) => void, register?: WorkRegister): Timers {
  return {
    elapsedMs: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    pause: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    every: (intervalMs, work, name) => repeat(intervalMs, register?.watch(name, intervalMs, work) ?? work, onError),
  }
}

/** Ends early, and without an error, when the signal says so. */
export function pauseUntil(durationMs: number, signal: AbortSignal): Promise<void> {
  return wait(durationMs, undefined, { signal }).catch(() => undefined)
}

function repeat(
  intervalMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const turn = (): void => {
    running = work()
      .catch(onError)
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, intervalMs)
      })
  }
  timer = setTimeout(turn, Math.min(intervalMs, 50))
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** What this thread has computed since it began, in milliseconds. */
export function workedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
