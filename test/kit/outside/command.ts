import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Sources are stripped of their types once, and not by every process anew. */
const compileCache = process.env['NODE_COMPILE_CACHE'] ?? `${root}/node_modules/.cache/inthread-compile`

export interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

export interface CommandCall {
  readonly environment?: Readonly<Record<string, string>>
  /** Told all that was said so far, whenever more is said. */
  readonly hear?: (said: string, child: ChildProcess) => void
}

/** Runs `inthread …` in a process of its own, as somebody at a terminal does. */
export function runInthread(given: readonly string[], call: CommandCall = {}): Promise<Ended> {
  return runNode(['core/cli/src/main.ts', ...given], call)
}

/** Runs one of the project's programs. Of this process's environment only what a program needs to run is passed on. */
export function runNode(given: readonly string[], { environment = {}, hear }: CommandCall = {}): Promise<Ended> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env
  const env = { PATH, HOME, TMPDIR, NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache, ...environment }
  const child = spawn(process.execPath, [...given], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  let [output, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece
    hear?.(output, child)
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece))
  child.once('error', reject)
  child.once('close', (code) => resolve({ code, output, errors }))
  return promise
}
