import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The files below a folder that hold the text as UTF-8 bytes. For secrets, ask for every form in which one could have
 * been written: see {@link listForms}. Files that vanish while reading hold nothing any more.
 */
export function listFilesContaining(folder: string, text: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => readBytes(path).includes(text))
}

/** The shapes in which a careless program leaves a secret on disk. */
export function listForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = bytes.toString('base64').replace(/=+$/, '')
  return [secret, [...secret].reverse().join(''), base64, bytes.toString('base64url'), bytes.toString('hex')]
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
