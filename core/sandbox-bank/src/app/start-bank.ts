import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { commitSeed } from '../customers/seed-customers.ts'
import { Deliverer } from '../events/deliver.ts'
import { runSettlement } from '../payments/settle.ts'
import { FaultBook } from '../sandbox/fault-book.ts'
import { openDatabase } from '../store/database.store.ts'
import { ClientKeys } from '../signing/client-keys.ts'
import { loadRootKey } from '../vault/key-file.ts'
import { buildKeyRing } from '../vault/key-ring.ts'
import { Vault } from '../vault/vault.ts'
import { defaultTerms, type Bank, type BankTerms } from './bank.ts'
import { buildBusinessClock } from './business-clock.ts'
import { runHousekeeping } from './housekeeping.ts'
import type { Log } from './log.ts'
import { Pulse } from './pulse.ts'
import { buildServer, type Place } from './server.ts'
import { buildFolderError, buildListenError, codeOfError, StartError } from './start-error.ts'
import { realSurroundings, type Surroundings } from './surroundings.ts'

export interface BankOptions {
  /** The data folder; the bank uses `bank` in it, and makes it. */
  readonly home: string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** The address clients sign. Default `http://127.0.0.1:<port>`. */
  readonly publicUrl?: string
  /** Where keys of unregistered clients are looked for, below it at /.well-known/jwks.json. */
  readonly platformUrl?: string
  /** Where messages to phones go, below it at /sandbox/sms. */
  readonly operatorUrl?: string
  /** Makes keys, ids and codes repeatable. Only for a sandbox. */
  readonly seed?: string
  /** The controls under /sandbox; on unless false. */
  readonly sandbox?: boolean
  readonly terms?: Partial<BankTerms>
  readonly log?: Log
  readonly surroundings?: Partial<Surroundings>
}

export interface RunningBank {
  /** The address clients sign. */
  readonly url: string
  readonly port: number
  /** Every route as it is registered, for holding the document against it. */
  readonly routes: readonly RegisteredRoute[]
  /** Answers what is being answered, stops the workers, closes the books. */
  readonly close: () => Promise<void>
}

export interface RegisteredRoute {
  readonly method: string
  readonly url: string
}

/** Opens the books, starts the workers and listens. Throws a StartError that names the remedy. */
export async function startBank(options: BankOptions): Promise<RunningBank> {
  const stopping = new AbortController()
  const pulses: Pulse[] = []
  const bank = openBank(options, stopping.signal, () => pulses.forEach((pulse) => pulse.poke()))
  const place: Place = { publicUrl: '' }
  const { app, routes } = await buildListedServer(bank, place)
  const port = await listen(app, options).catch((error: unknown) => {
    bank.db.close()
    throw error
  })
  place.publicUrl = options.publicUrl?.replace(/\/+$/, '') ?? `http://127.0.0.1:${port}`
  const deliverer = startWorkers(bank, pulses)
  const close = async (): Promise<void> => {
    stopping.abort()
    await app.close()
    await Promise.all(pulses.map((pulse) => pulse.stop()))
    await deliverer.stop()
    bank.db.close()
  }
  return { url: place.publicUrl, port, routes, close: once(close) }
}

function openBank(options: BankOptions, stopping: AbortSignal, poke: () => void): Bank {
  const surroundings = { ...realSurroundings, ...options.surroundings }
  const { db, root } = openBooks(options, surroundings)
  const keys = buildKeyRing(root)
  const bank: Bank = {
    db,
    vault: new Vault(keys, surroundings.randomBytes),
    signingKey: keys.signing,
    clock: buildBusinessClock(db, surroundings.now),
    clientKeys: new ClientKeys(surroundings),
    faults: new FaultBook(),
    terms: { ...defaultTerms, ...options.terms },
    log: options.log ?? (() => undefined),
    surroundings,
    platformJwksUrl: `${options.platformUrl ?? 'http://127.0.0.1:7070'}/.well-known/jwks.json`,
    smsUrl: `${options.operatorUrl ?? 'http://127.0.0.1:7072'}/sandbox/sms`,
    sandbox: options.sandbox ?? true,
    stopping,
    poke,
  }
  commitSeed(bank, bank.clock.now())
  return bank
}

function openBooks(options: BankOptions, surroundings: Surroundings): Pick<Bank, 'db'> & { root: Buffer } {
  const folder = join(resolve(options.home), 'bank')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'bank.db')
    const { seed } = options
    const booksExist = existsSync(file)
    const root = loadRootKey(folder, {
      booksExist,
      randomBytes: surroundings.randomBytes,
      ...(seed === undefined ? {} : { seed }),
    })
    return { db: openDatabase(file), root }
  } catch (error) {
    throw error instanceof StartError || !isFileError(error) ? error : buildFolderError(error, folder)
  }
}

function isFileError(error: unknown): boolean {
  return /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOSPC|EISDIR|ERR_SQLITE_ERROR)$/.test(codeOfError(error))
}

async function buildListedServer(
  bank: Bank,
  place: Place,
): Promise<{ app: FastifyInstance; routes: RegisteredRoute[] }> {
  const routes: RegisteredRoute[] = []
  const app = await buildServer(bank, place, (method, url) => routes.push({ method, url }))
  return { app, routes }
}

async function listen(app: FastifyInstance, options: BankOptions): Promise<number> {
  const place = { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }
  try {
    await app.listen(place)
  } catch (error) {
    await app.close()
    throw codeOfError(error).startsWith('FST_') ? error : buildListenError(error, place)
  }
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : place.port
}

function startWorkers(bank: Bank, pulses: Pulse[]): Deliverer {
  const deliverer = new Deliverer(bank)
  const options = { clock: bank.clock, wait: bank.surroundings.wait, log: bank.log }
  const works = [
    { name: 'settlement', run: () => runSettlement(bank) },
    { name: 'delivery', run: () => deliverer.run() },
    { name: 'housekeeping', run: () => runHousekeeping(bank) },
  ]
  for (const work of works) pulses.push(new Pulse(work, options))
  for (const pulse of pulses) pulse.start()
  return deliverer
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
