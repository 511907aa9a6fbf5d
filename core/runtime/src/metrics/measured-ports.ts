import type { StoreObserver } from '@inthread/store'
import type { EventLog } from '../ports/log.ts'
import type { PortWrapper } from '../ports/wrapper.ts'
import type { Instruments } from './instruments.ts'

/** Counts what goes into the log: an alarm is an event of it. */
export function measureLog(log: EventLog, { events }: Instruments): EventLog {
  return {
    event: (name, facts) => {
      const code = facts?.['code']
      events.inc({ event: name, code: typeof code === 'string' ? code : '' })
      log.event(name, facts)
    },
  }
}

/** Measures at the ports that leave the engines, around whatever stands there already. */
export function measurePorts(inner: PortWrapper, instruments: Instruments, elapsedMs: () => number): PortWrapper {
  const { bankCalls, sends } = instruments
  const watch = { elapsedMs }
  return {
    ...inner,
    store: measureStore(inner.store, instruments),
    channel: (account) => {
      const wrapped = inner.channel(account)
      const onEnd = (call: string, outcome: string, seconds: number): void => {
        if (call === 'send') sends.observe({ outcome }, seconds)
      }
      return watchCalls(wrapped, { ...watch, onEnd })
    },
    bank: (connection) => {
      const onEnd = (call: string, outcome: string, seconds: number): void => {
        bankCalls.observe({ call, outcome }, seconds)
      }
      return watchCalls(inner.bank(connection), { ...watch, onEnd })
    },
  }
}

function measureStore(inner: StoreObserver | undefined, { transactions }: Instruments): StoreObserver {
  return {
    observe: (event) => {
      inner?.observe(event)
      const { call, phase, label } = event
      if (phase === 'after' && (call === 'commit' || call === 'rollback')) transactions.inc({ label, end: call })
    },
  }
}

export interface Watching {
  readonly elapsedMs: () => number
  readonly onEnd: (call: string, outcome: string, seconds: number) => void
}

/** The same object, whose calls that answer later are timed; how they ended is the kind of their answer. */
function watchCalls<T extends object>(target: T, { elapsedMs, onEnd }: Watching): T {
  return new Proxy(target, {
    get: (from, name) => {
      const member: unknown = Reflect.get(from, name, from)
      if (typeof member !== 'function') return member
      return (...given: readonly unknown[]): unknown => {
        const startedMs = elapsedMs()
        const result: unknown = Reflect.apply(member, from, given)
        if (!(result instanceof Promise)) return result
        const end = (outcome: string): void => onEnd(String(name), outcome, (elapsedMs() - startedMs) / 1000)
        result.then(
          (answer: unknown) => end(kindOf(answer)),
          () => end('thrown'),
        )
        return result
      }
    },
  })
}

/** The kind of an answer, as ports name what came of a call. */
export function kindOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || !('kind' in answer)) return 'answered'
  return typeof answer.kind === 'string' ? answer.kind : 'answered'
}
