import type { Surroundings } from './surroundings.ts'

/** A timer that only ever moves nearer: frequent calls cannot push the work away. */
export interface Alarm {
  readonly ringIn: (delayMs: number) => void
  readonly close: () => void
}

export function createAlarm({ now, after }: Surroundings, work: () => void): Alarm {
  let pending: { readonly at: number; readonly cancel: () => void } | undefined
  let closed = false
  const ring = (): void => {
    pending = undefined
    work()
  }
  return {
    ringIn: (delayMs) => {
      const at = now() + Math.max(delayMs, 0)
      if (closed || (pending && pending.at <= at)) return
      pending?.cancel()
      pending = { at, cancel: after(Math.max(delayMs, 0), ring) }
    },
    close: () => {
      closed = true
      pending?.cancel()
    },
  }
}
