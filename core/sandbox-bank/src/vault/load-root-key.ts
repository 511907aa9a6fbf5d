import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { hkdfSync, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { codeOfError, StartError } from '../app/start-error.ts'

interface KeyFileOptions {
  readonly seed?: string
  /** Books that exist already can only be read with the key they were written with. */
  readonly booksExist: boolean
  readonly randomBytes: (count: number) => Uint8Array
}

/**
 * The one secret of the bank, 32 bytes in the file `key` (mode 600); every other key is derived from it. It is made
 * once, from the seed where there is one.
 */
export function loadRootKey(folder: string, options: KeyFileOptions): Buffer {
  const file = join(folder, 'key')
  const seeded = options.seed === undefined ? undefined : buildSeededKey(options.seed)
  if (existsSync(file)) return readKey(file, seeded)
  if (options.booksExist) {
    throw new StartError(`The key of the bank's books is gone: put ${file} back, or remove ${folder} to begin anew.`)
  }
  writeKey(file, seeded ?? Buffer.from(options.randomBytes(32)))
  return readKey(file, seeded)
}

function readKey(file: string, seeded: Buffer | undefined): Buffer {
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
  if (key.length !== 32) {
    throw new StartError(
      `${file} is not a key of the bank: put the right one back, or remove its folder to begin anew.`,
    )
  }
  if (seeded && !timingSafeEqual(seeded, key)) {
    throw new StartError(
      `${file} was made without this INTHREAD_SEED: leave the seed out, or remove the folder to begin anew.`,
    )
  }
  return key
}

/**
 * Whole or not at all, even when the machine stops in between, and never over a key that is there: a second bank that
 * starts at the same moment loses, and takes the key of the first.
 */
function writeKey(file: string, key: Buffer): void {
  const draft = `${file}.${process.pid}`
  const handle = openSync(draft, 'w', 0o600)
  writeSync(handle, `${key.toString('base64url')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (codeOfError(error) !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

function buildSeededKey(seed: string): Buffer {
  return Buffer.from(hkdfSync('sha256', seed, '', 'sandbox bank root key', 32))
}
