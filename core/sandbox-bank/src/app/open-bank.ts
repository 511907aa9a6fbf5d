import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { commitSeed } from '../customers/commit-seed.ts'
import { declinablePaths } from '../deeds/kinds.ts'
import { FaultBook } from '../sandbox/fault-book.ts'
import { ClientKeys } from '../signing/client-keys.ts'
import { openDatabase } from '../store/database.store.ts'
import { loadRootKey } from '../vault/load-root-key.ts'
import { buildKeyRing } from '../vault/key-ring.ts'
import { SigningKeys } from '../vault/signing-keys.ts'
import { Vault } from '../vault/vault.ts'
import { defaultTerms, type Bank, type BankTerms } from './bank.ts'
import { buildBusinessClock } from './business-clock.ts'
import type { Log } from './log.ts'
import { buildFolderError, codeOfError, StartError } from './start-error.ts'
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

/** Opens the books, or makes them, and puts the bank together. Throws a StartError that names the remedy. */
export function openBank(options: BankOptions, stopping: AbortSignal, poke: () => void): Bank {
  const surroundings = { ...realSurroundings, ...options.surroundings }
  const { db, root } = openBooks(options, surroundings)
  const keys = buildKeyRing(root)
  const clock = buildBusinessClock(db, surroundings.now)
  const bank: Bank = {
    db,
    vault: new Vault(keys, surroundings.randomBytes),
    signingKeys: new SigningKeys({ db, now: clock.now, make: keys.signing }),
    encryptionKey: keys.encryption,
    clock,
    clientKeys: new ClientKeys(surroundings),
    faults: new FaultBook(declinablePaths),
    terms: { ...defaultTerms, ...options.terms },
    log: options.log ?? (() => undefined),
    surroundings,
    place: { publicUrl: '' },
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
