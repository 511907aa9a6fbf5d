import { type ChildProcess, spawn } from 'node:child_process'

const running = new Set<ChildProcess>()
let stopped = false

export interface Command {
  readonly folder: string
  readonly arguments: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Runs a script with this Node, its output going where ours goes. 0 when it was content; a signal counts as 1. Nothing
 * more is started once we were asked to stop.
 */
export async function runCommand({ folder, arguments: given, environment }: Command): Promise<number> {
  if (stopped) return 1
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const options = { cwd: folder, env: { ...process.env, ...environment }, stdio: 'inherit' } as const
  const child = spawn(process.execPath, given, options)
  running.add(child)
  child.once('error', reject)
  child.once('exit', (code) => resolve(code ?? 1))
  return promise.finally(() => running.delete(child))
}

export function stopCommands(signal: NodeJS.Signals): void {
  stopped = true
  for (const child of running) child.kill(signal)
}
