import type { LogStyle } from './log.ts'
import type { Timings } from './parts.ts'
import type { Surroundings } from './surroundings.ts'

export interface OperatorOptions {
  /** Data folder; the operator keeps to `<home>/operator` and `<home>/cache`. */
  readonly home: string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  /** Whether to build and serve the phone page. Default true. */
  readonly page?: boolean
  /** Where built pages are kept for the next start. Default `<home>/cache`. */
  readonly pageCache?: string
  /** Makes ids repeatable from one clean start to the next. */
  readonly seed?: string
  /** `zh-CN` (default) or `en`. */
  readonly locale?: string
  readonly log?: LogStyle
  readonly writeLog?: (line: string) => void
  /** For tests: clock, timers, fetch and randomness, each on its own. */
  readonly surroundings?: Partial<Surroundings>
  readonly timings?: Partial<Timings>
}

export interface RunningOperator {
  readonly url: string
  /** Stops taking calls, ends open ones, and closes the database, once. Nothing accepted is lost. */
  readonly close: () => Promise<void>
}
