import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Below the range from which systems take the local ports of outgoing connections: a process that is down for a moment
 * must find its port free when it comes back.
 */
const range = { from: 15_000, to: 32_000 }
const triesAtMost = 200
/** A file per port that a test process has taken for itself, so that two runs on one machine keep out of each other. */
const claims = join(tmpdir(), 'inthread-ports')

/** Ports that nobody listens on, and that no other test process is given while this one lives. */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const found: number[] = []
  for (let attempt = 0; found.length < count && attempt < triesAtMost; attempt += 1) {
    const port = randomInt(range.from, range.to)
    if (claim(port) && (await isFree(port))) found.push(port)
  }
  if (found.length < count) throw new Error(`no ${count} free ports between ${range.from} and ${range.to}`)
  return found
}

/** For somebody else again. Ports that are not given back are free when this process is gone. */
export function releasePorts(ports: readonly number[]): void {
  for (const port of ports) rmSync(join(claims, String(port)), { force: true })
}

function claim(port: number): boolean {
  const file = join(claims, String(port))
  mkdirSync(claims, { recursive: true })
  if (isAbandoned(file)) rmSync(file, { force: true })
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

/** The process that claimed it is gone. */
function isAbandoned(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
