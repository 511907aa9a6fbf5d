import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@inthread/sdk/fault'
import { createAdminKey } from '@inthread/admin'
import type { KeyFile } from '@inthread/store'

/** The data folder: database file, keys, caches, and who is running. */
export interface Home {
  readonly folder: string
  readonly databaseFile: string
  readonly keys: KeyFile
  readonly adminKey: string
  /** What heads of audit chains are signed with: an Ed25519 key as PEM. */
  readonly anchorKey: string
  /** This folder's own name among others that share a database. */
  readonly id: string
}

export interface Running {
  readonly platform: string
  readonly bank: string | undefined
  readonly operator: string | undefined
  readonly phone: string | undefined
  readonly console: string
  readonly adminKey: string
  readonly pids: Readonly<Record<string, number>>
}

/** Opens the data folder, making what is not there: a key of 32 random bytes, an admin key, a name. */
export function openHome(folder: string): Home {
  try {
    mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new Fault('home.not_writable', { data: { folder }, cause })
  }
  return {
    folder,
    databaseFile: join(folder, 'inthread.db'),
    keys: readKeys(join(folder, 'keys', 'keys.json')),
    adminKey: readOrMake(join(folder, 'keys', 'admin.key'), createAdminKey),
    anchorKey: readOrMake(join(folder, 'keys', 'anchor.key'), createAnchorKey),
    id: readOrMake(join(folder, 'keys', 'home.id'), () => randomBytes(6).toString('hex')),
  }
}

/** Losing this file loses everything that is sealed: it belongs into a backup of its own. */
function readKeys(file: string): KeyFile {
  const text = readOrMake(file, () =>
    JSON.stringify({ current: 'k1', index: 'k1', keys: { k1: randomBytes(32).toString('base64url') } }),
  )
  try {
    const { current, index, keys } = JSON.parse(text) as {
      current: string
      index?: string
      keys: Record<string, string>
    }
    return {
      current,
      // A file with a single key need not say which one it is.
      index: index ?? (Object.keys(keys).length === 1 ? current : ''),
      keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64url')])),
    }
  } catch (cause) {
    throw new Fault('seal.key_malformed', { cause })
  }
}

function createAnchorKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

function readOrMake(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const text = make()
  // Two processes may start at once in a new folder: the one that comes second takes what the first one wrote.
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
    return text
  } catch {
    return readFileSync(file, 'utf8').trim()
  }
}

export function writeRunning(home: Home, running: Running): void {
  writeFileSync(join(home.folder, 'running.json'), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 })
}

export function removeRunning(home: Home): void {
  rmSync(join(home.folder, 'running.json'), { force: true })
}

/** Whether the platform that wrote itself down in this folder is still there. */
export function isRunning(folder: string): boolean {
  try {
    const { pids } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as Running
    return process.kill(pids['platform'] ?? Number.NaN, 0)
  } catch {
    return false
  }
}
