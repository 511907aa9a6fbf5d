/**
 * The only facts a log line may carry. An allow-list, so that no phone number, name or code can slip in with an object
 * that happened to be at hand.
 */
export interface LogFacts {
  readonly method?: string
  /** The route's template, never the address itself: an address may hold a phone number. */
  readonly route?: string
  readonly status?: number
  readonly durationMs?: number
  readonly client?: string
  readonly code?: string
  readonly interactionId?: string
  readonly eventId?: string
  readonly attempt?: number
  readonly fault?: string
  readonly error?: string
}

export type LogLevel = 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string, facts?: LogFacts) => void

export interface LogOptions {
  readonly format: 'pretty' | 'json'
  readonly now: () => number
  readonly write: (line: string) => void
}

export function buildLog(options: LogOptions): Log {
  return (level, message, facts = {}) => {
    const at = new Date(options.now()).toISOString()
    options.write(
      options.format === 'json'
        ? renderJson(at, level, { message, facts })
        : renderPretty(at, level, { message, facts }),
    )
  }
}

interface Entry {
  readonly message: string
  readonly facts: LogFacts
}

function renderJson(at: string, level: LogLevel, entry: Entry): string {
  return `${JSON.stringify({ at, level, source: 'bank', message: entry.message, ...entry.facts })}\n`
}

function renderPretty(at: string, level: LogLevel, entry: Entry): string {
  const facts = Object.entries(entry.facts).map(([name, value]) => `${name}=${value}`)
  return [at.slice(11, 23), 'bank', level === 'info' ? '' : level.toUpperCase(), entry.message, ...facts]
    .filter((part) => part !== '')
    .join(' ')
    .concat('\n')
}
