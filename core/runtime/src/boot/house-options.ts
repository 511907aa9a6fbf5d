import type { Plugin } from '@inthread/sdk/engine'
import type { OnRoute } from '../http/on-route.ts'
import type { PortWrapper } from '../ports/wrapper.ts'

/** What a caller may put in place of the hall's own parts. */
export interface HouseOptions {
  readonly wrapper?: PortWrapper
  /** Where log lines go instead of the standard output. */
  readonly writeLog?: (line: string) => void
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly onRoute?: OnRoute
  readonly groupSize?: number
  /** So many tenants are kept built, outside of a sandbox. */
  readonly tenantsHeld?: number
  /** Plugins that come along besides those in the folder, each version of one by itself. */
  readonly plugins?: readonly Plugin[]
  /** Packages of the folder that are walled in as if they came from somebody else. */
  readonly guests?: readonly string[]
  /** No call of a bank or an operator waits for longer than this, whatever deadline it has of its own. */
  readonly httpDeadlineMs?: number
  /** Where built pages are kept, in place of the data folder: for tests, which would build them each time. */
  readonly pageCache?: string
}
