import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { listForms } from '../../kit/files-containing.ts'

/** Something that was written down, and what it is called. */
export interface Written {
  readonly name: string
  readonly bytes: Buffer
}

export function readFolder(folder: string, isWanted: (path: string) => boolean = () => true): readonly Written[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter(isWanted)
  return paths.map((path) => ({ name: relative(folder, path), bytes: readBytes(path) }))
}

/** A file that vanishes meanwhile, like a temporary table, holds nothing any more. */
function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** How far a server's binary log has been written, by file: it only grows, and nothing before this is of the house. */
export function measureLogs(dataFolder: string): ReadonlyMap<string, number> {
  const names = readdirSync(dataFolder).filter((name) => /^binlog\.\d+$/.test(name))
  return new Map(names.map((name) => [name, statSync(join(dataFolder, name)).size]))
}

/**
 * A server's tables, redo, undo and binary log. Tables of other suites, which use the same server, are left out, and so
 * is the part of the log that was there before.
 */
export async function readServer(
  url: string,
  dataFolder: string,
  before: ReadonlyMap<string, number>,
): Promise<readonly Written[]> {
  const own = `/${new URL(url).pathname.slice(1)}/`
  await flushTables(url)
  const written = readFolder(dataFolder, (path) => !path.includes('/inthread_test_') || path.includes(own))
  return written.map(({ name, bytes }) => ({ name, bytes: bytes.subarray(before.get(name) ?? 0) }))
}

/** A server keeps rows in memory for a while; what has to be looked at is what it writes sooner or later. */
async function flushTables(url: string): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: 10_000 })
  try {
    const [rows] = await connection.query('SHOW TABLES')
    const names = Array.isArray(rows) ? rows.map((row) => `\`${String(Object.values(row)[0])}\``) : []
    await connection.query(`FLUSH TABLES ${names.join(', ')} FOR EXPORT`)
  } finally {
    await connection.end()
  }
}

/** What is found of the secrets: which one, in which form, and where. */
export function search(written: readonly Written[], secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) => listWritings(secret).map((form) => ({ secret, form })))
  return written.flatMap(({ name, bytes }) =>
    forms.filter(({ form }) => holds(bytes, form)).map(({ secret, form }) => `${secret} as ${form} in ${name}`),
  )
}

/** A phone number is written with its country code or without it. A form that contains another is found with that. */
export function listWritings(secret: string): readonly string[] {
  const spellings = secret.startsWith('+86') ? [secret, secret.slice(1), secret.slice(3)] : [secret]
  const forms = [...new Set(spellings.flatMap(listForms))]
  return forms.filter((form) => !forms.some((other) => other !== form && form.includes(other)))
}

const around = 100
const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const digests = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g

/** Any six digits are in some id, in some digest and in some longer number; there they are no code. */
function holds(bytes: Buffer, form: string): boolean {
  if (!/^\d{6}$/.test(form)) return bytes.includes(form)
  const alone = new RegExp(`(?<!\\d)${form}(?!\\d)`)
  for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1)) {
    const context = bytes.toString('latin1', Math.max(0, at - around), at + form.length + around)
    if (alone.test(context.replace(ids, '|').replace(digests, '|'))) return true
  }
  return false
}
