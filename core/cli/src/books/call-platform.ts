import type { AdminApi } from '@inthread/client'
import { openPlatform, toCommandError, type PlatformOptions } from '../commands/platform.ts'

export interface BookOptions extends PlatformOptions {
  readonly tenant: string
}

/** One call of the admin API; what it refuses is said in its own words. */
export function callPlatform<T>(options: PlatformOptions, call: (api: AdminApi) => Promise<T>): Promise<T> {
  return call(openPlatform(options).api).catch((error: unknown) => {
    throw toCommandError(error)
  })
}
