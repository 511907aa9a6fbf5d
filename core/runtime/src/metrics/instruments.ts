import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds: a door answers within a few milliseconds, a bank within seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export interface Instruments {
  readonly registry: Registry
  readonly events: Counter<'event' | 'code'>
  readonly requests: Histogram<'route' | 'status'>
  readonly transactions: Counter<'label' | 'end'>
  readonly bankCalls: Histogram<'call' | 'outcome'>
  readonly sends: Histogram<'outcome'>
  readonly backlog: Gauge<'what'>
  readonly oldest: Gauge<'what'>
  readonly scrapeFailed: Counter
  readonly streams: Gauge
}

/**
 * Everything that is measured, by name; `core/FAULTS.md` says what each tells. No label holds a tenant, a number or
 * anything that somebody wrote: the count of their values is bounded by the code.
 */
export function createInstruments(): Instruments {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    events: new Counter({
      name: 'inthread_events_total',
      help: 'Events of the log, by name and fault code',
      labelNames: ['event', 'code'],
      registers,
    }),
    requests: new Histogram({
      name: 'inthread_http_request_seconds',
      help: 'Answers of the platform, by route and status',
      labelNames: ['route', 'status'],
      buckets,
      registers,
    }),
    transactions: new Counter({
      name: 'inthread_transactions_total',
      help: 'Transactions of the database, by what they are for and how they ended',
      labelNames: ['label', 'end'],
      registers,
    }),
    bankCalls: new Histogram({
      name: 'inthread_bank_call_seconds',
      help: 'Calls of banks, by call and outcome',
      labelNames: ['call', 'outcome'],
      buckets,
      registers,
    }),
    sends: new Histogram({
      name: 'inthread_message_send_seconds',
      help: 'Messages handed to operators, by outcome',
      labelNames: ['outcome'],
      buckets,
      registers,
    }),
    backlog: new Gauge({
      name: 'inthread_backlog',
      help: 'What waits, over all processes, counted up to 10000',
      labelNames: ['what'],
      registers,
    }),
    oldest: new Gauge({
      name: 'inthread_backlog_oldest_seconds',
      help: 'For how long the oldest of what waits has waited',
      labelNames: ['what'],
      registers,
    }),
    scrapeFailed: new Counter({
      name: 'inthread_backlog_unread_total',
      help: 'How often the backlog could not be read',
      registers,
    }),
    streams: new Gauge({
      name: 'inthread_streams',
      help: 'Streams of the office that are open in this process',
      registers,
    }),
  }
}

export function measureAnswer({ requests }: Instruments): (route: string, status: number, durationMs: number) => void {
  return (route, status, durationMs) => requests.observe({ route, status: String(status) }, durationMs / 1000)
}
