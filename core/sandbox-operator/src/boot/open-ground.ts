import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { NewerDatabase, openDatabase } from '../database/open-database.ts'
import type { Database } from '../database/open-database.ts'
import { createSettingStore } from '../database/setting.store.ts'
import type { SettingStore } from '../database/setting.store.ts'
import { openVault } from '../database/vault.ts'
import { createClock } from './clock.ts'
import { createIds } from './ids.ts'
import type { Ids } from './ids.ts'
import { createLog } from './log.ts'
import type { OperatorOptions } from './options.ts'
import type { Ground } from './parts.ts'
import { StartError } from './start-error.ts'
import { machine } from './surroundings.ts'
import type { Surroundings } from './surroundings.ts'
import { defaultRetryDelaysMs } from '../callbacks/retry-plan.ts'

const defaultTimings = {
  retryDelaysMs: defaultRetryDelaysMs,
  callbackTimeoutMs: 5000,
  displayAfterMs: 400,
  heldForMs: 3000,
}

/** Opens the data folder and what stands on it. Throws StartError if the folder or the database cannot be used. */
export function openGround(options: OperatorOptions, wake: () => void): Ground {
  const folder = join(options.home, 'operator')
  prepareFolder(folder)
  const surroundings = { ...machine, ...options.surroundings }
  const db = open(folder)
  const settings = createSettingStore(db)
  return {
    db,
    vault: openVault(folder),
    settings,
    clock: createClock(surroundings.now, settings),
    ids: openIds(settings, surroundings, options.seed),
    log: createLog(options.log ?? 'off', options.writeLog ?? writeToStderr, surroundings.now),
    surroundings,
    timings: { ...defaultTimings, ...options.timings },
    wake,
  }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch {
    const remedy = 'make it writable or set INTHREAD_HOME to another folder'
    throw new StartError('folder', `The data folder ${folder} cannot be written; ${remedy}.`)
  }
}

function open(folder: string): Database {
  try {
    return openDatabase(folder)
  } catch (cause) {
    const file = join(folder, 'operator.sqlite')
    const why = cause instanceof NewerDatabase ? 'was written by a later version' : 'cannot be opened'
    throw new StartError(
      'database',
      `The database ${file} ${why}; move it away or set INTHREAD_HOME to another folder.`,
    )
  }
}

function openIds(settings: SettingStore, { randomBytes }: Surroundings, seed: string | undefined): Ids {
  const run = Number(settings.find('starts') ?? 0) + 1
  settings.put('starts', String(run))
  return seed === undefined ? createIds(randomBytes) : createIds(randomBytes, { seed, run })
}

function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
