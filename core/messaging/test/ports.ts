import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { Ground } from '../../../test/kit/ground.ts'
import type { FinanceDesk, MessagingPorts, Tenancies, Timers } from '../src/ports.ts'

/** Real timers; what is repeated ends with `stop`. */
export const timers: Timers = {
  elapsedMs: () => performance.now(),
  breathe: async () => {
    await breathe()
  },
  pause: async (durationMs) => {
    await sleep(durationMs)
  },
  every: (intervalMs, work) => {
    let stopped = false
    const loop = async (): Promise<void> => {
      while (!stopped) {
        await work()
        await sleep(Math.min(intervalMs, 20))
      }
    }
    const running = loop()
    return {
      stop: () => {
        stopped = true
        return running
      },
    }
  },
}

const nobody = (): never => {
  throw new Error('there is no bank in this test')
}

/** A desk for conversations that buy nothing. */
export const closedDesk: FinanceDesk = {
  open: nobody,
  allow: nobody,
  refund: nobody,
  present: nobody,
  consent: nobody,
  commit: nobody,
  close: nobody,
  refuse: nobody,
  perform: nobody,
  describe: () => Promise.resolve(undefined),
  wake: () => undefined,
}

export interface LoggedEvent {
  readonly name: string
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

export interface PortsOptions {
  readonly tenancies?: Tenancies
  readonly desk?: FinanceDesk
  readonly log?: LoggedEvent[]
}

export function portsOf(ground: Ground, { tenancies, desk, log }: PortsOptions = {}): MessagingPorts {
  return {
    ...ground,
    timers,
    tenancies: tenancies ?? { find: () => undefined, tenants: () => [] },
    desk: desk ?? closedDesk,
    log: { event: (name, facts) => void log?.push({ name, facts }) },
  }
}
