import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AdminError, createAdminClient, type AdminApi } from '@inthread/client'
import { CommandError, exits } from './output.ts'

export interface PlatformOptions {
  readonly home: string
  readonly url?: string
  readonly key?: string
}

/** What a running platform has written down about itself. */
export interface RunningFile {
  readonly platform: string
  readonly bank?: string
  readonly operator?: string
  readonly adminKey: string
}

export function readRunning(home: string): RunningFile | undefined {
  try {
    return JSON.parse(readFileSync(join(home, 'running.json'), 'utf8')) as RunningFile
  } catch {
    return undefined
  }
}

/** The admin API of the platform that runs in this data folder, or of the one that is named. */
export function openPlatform(options: PlatformOptions): { readonly api: AdminApi; readonly url: string } {
  const running = readRunning(options.home)
  const url = options.url ?? running?.platform
  const apiKey = options.key ?? running?.adminKey
  if (url === undefined || apiKey === undefined) {
    throw new CommandError(
      `No platform is running in ${options.home}: start it with "npm start", or name one with --url and --key.`,
      exits.environment,
    )
  }
  return { api: createAdminClient({ url, apiKey }), url }
}

/** Says what a failed call means for whoever typed the command. */
export function toCommandError(error: unknown): CommandError {
  if (!(error instanceof AdminError)) throw error
  if (error.code === 'UNREACHABLE') return new CommandError(`${error.message}`, exits.environment)
  if (error.code === 'UNAUTHORIZED')
    return new CommandError(
      'The platform does not know this key: use the one in running.json, or --key.',
      exits.environment,
    )
  const reference = error.reference === undefined ? '' : ` (reference ${error.reference})`
  return new CommandError(
    `${error.message}${reference}`,
    error.code === 'INTERNAL_SERVER_ERROR' ? exits.failed : exits.badInput,
  )
}
