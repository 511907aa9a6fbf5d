import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Spawned {
  readonly child: ChildProcess
  /** Everything written so far. */
  readonly out: () => string
  readonly err: () => string
  /** The exit code, or null after a signal. */
  readonly ended: Promise<number | null>
}

/** Runs a file of this package with Node; paths are relative to `src`. */
export function spawnNode(file: string, options: { args?: string[]; env?: Record<string, string> } = {}): Spawned {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const env = { PATH: process.env['PATH'] ?? '', ...options.env }
  const child = spawn(process.execPath, [path, ...(options.args ?? [])], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const text = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()))
  const ended = once(child, 'exit').then(() => child.exitCode)
  return { child, out: () => text.out, err: () => text.err, ended }
}

/** The line that says the bank is ready. */
export async function readyLine(spawned: Spawned): Promise<{ url: string; port: number }> {
  const end = Date.now() + 15_000
  while (Date.now() < end) {
    const line = spawned
      .out()
      .split('\n')
      .find((text) => text.startsWith('{'))
    if (line !== undefined) return JSON.parse(line)
    if (spawned.child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  throw new Error(`the bank did not get ready: ${spawned.err()}`)
}
