import { pino, type Logger } from 'pino'
import type { Settings } from '../boot/settings.ts'

/**
 * What may be written of an event: the platform's own ids, codes and counts. Anything else stays out, whoever passes
 * it.
 */
const allowed: ReadonlySet<string> = new Set([
  'afterMs',
  'answer',
  'attempt',
  'bank',
  'break',
  'breaks',
  'code',
  'collection',
  'connection',
  'consent',
  'conversations',
  'day',
  'detail',
  'documents',
  'durationMs',
  'effect',
  'epoch',
  'flow',
  'item',
  'judgement',
  'kind',
  'lines',
  'message',
  'operation',
  'operator',
  'order',
  'part',
  'path',
  'plugin',
  'reason',
  'reference',
  'refund',
  'result',
  'spans',
  'status',
  'task',
  'tenant',
  'version',
])

export interface EventLog {
  event(name: string, facts?: Readonly<Record<string, string | number | boolean>>): void
}

export function createLog(mode: Settings['log'], write?: (line: string) => void): EventLog {
  const logger = createLogger(mode, write)
  return {
    event: (name, facts = {}) =>
      logger.info({ event: name, ...Object.fromEntries(Object.entries(facts).filter(([key]) => allowed.has(key))) }),
  }
}

function createLogger(mode: Settings['log'], write: ((line: string) => void) | undefined): Logger {
  const options = { base: null, level: mode === 'silent' ? 'silent' : 'info' }
  if (write) return pino(options, { write })
  if (mode !== 'pretty') return pino(options)
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { colorize: true, messageKey: 'event', ignore: 'level' } },
  })
}
