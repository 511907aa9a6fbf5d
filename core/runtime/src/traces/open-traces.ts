import { noTraces } from '@inthread/store/trace'
import type { EventLog } from '../ports/log.ts'
import type { OpenTraces } from './start-traces.ts'
import type { TraceSettings } from './trace-settings.ts'

export interface TraceParts {
  readonly log: EventLog
  /** This process among others, so that it is seen which of them did what. */
  readonly place: string
}

/** What makes and sends spans is loaded where somebody wants them, and nowhere else. */
export async function openTraces(settings: TraceSettings | undefined, parts: TraceParts): Promise<OpenTraces> {
  if (!settings) return { traces: noTraces, close: () => Promise.resolve() }
  const { startTraces } = await import('./start-traces.ts')
  return startTraces(settings, parts)
}
