import { faultCodeOf, isFault } from '@inthread/sdk/fault'
import { guardAudit, openStore, runMigrations } from '@inthread/store'
import { createTimers } from '../ports/timers.ts'
import { explainDatabase } from './explain-database.ts'
import { openHome } from './home.ts'
import { startHouse, type House } from './house.ts'
import { migrations } from './migrations.ts'
import { readSettings, SettingsError, type Settings } from './settings.ts'

/** Starts the platform from this process's environment; in place of a fault, one sentence with the remedy. */
export async function startFromEnvironment(): Promise<
  { readonly house: House; readonly stopped: Promise<void> } | { readonly problem: string }
> {
  const settings = tryReadSettings()
  if ('problem' in settings) return settings
  try {
    const house = await startHouse(settings)
    return { house, stopped: stopOnSignal(house) }
  } catch (error) {
    return { problem: explain(error, settings) }
  }
}

export async function migrateFromEnvironment(): Promise<
  { readonly applied: readonly string[] } | { readonly problem: string }
> {
  const settings = tryReadSettings()
  if ('problem' in settings) return settings
  try {
    const timers = createTimers(() => undefined)
    const store = await openStore({
      url: settings.databaseUrl ?? openHome(settings.home).databaseFile,
      pause: timers.pause,
    })
    try {
      const applied = await runMigrations(store, migrations)
      await guardAudit(store)
      return { applied }
    } finally {
      await store.close()
    }
  } catch (error) {
    return { problem: explain(error, settings) }
  }
}

export function tryReadSettings(): Settings | { readonly problem: string } {
  try {
    return readSettings(process.env, process.stdout.isTTY === true)
  } catch (error) {
    if (error instanceof SettingsError)
      return { problem: `The environment has settings that cannot be used: ${error.problems.join('; ')}.` }
    throw error
  }
}

function stopOnSignal(house: House): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => void house.stop().then(resolve)
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })
}

/** What went wrong and what to do about it, for whoever started the process. */
function explain(error: unknown, settings: Settings): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE')
    return `Port ${settings.port} is in use: stop what listens there, or choose another one with INTHREAD_PORT.`
  if (code === 'EACCES')
    return `Port ${settings.port} may not be opened by this user: choose one above 1023 with INTHREAD_PORT.`
  if (isFault(error, 'home.not_writable'))
    return `The data folder ${settings.home} cannot be written: mend its rights, or set INTHREAD_HOME to another.`
  const database = explainDatabase(error)
  if (database) return `The database cannot be used: ${database.detail}. ${database.remedy}`
  if (isFault(error, 'store.migration_changed'))
    return 'The database was migrated by another version of the platform: use that version, or a new database.'
  if (isFault(error)) return `The platform cannot start: ${error.message} (${error.code}).`
  throw new Error(`the platform cannot start (${faultCodeOf(error)})`, { cause: error })
}
