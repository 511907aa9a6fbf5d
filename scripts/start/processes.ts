import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

/** One of the processes of the sandbox. */
export interface Child {
  readonly pid: number | undefined
  /** A sentence when it does not become alive. */
  waitUntilReady(url: string): Promise<string | undefined>
  readonly exited: Promise<number>
  stop(): Promise<void>
}

const patienceMs = 120_000

export function startProcess(
  root: string,
  entry: readonly string[],
  environment: Readonly<Record<string, string>>,
): Child {
  const child = spawn(process.execPath, [...entry], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  let quiet = false
  const listen = (chunk: Buffer): void => {
    const text = chunk.toString()
    said.push(text)
    if (said.length > 40) said.shift()
    if (quiet) process.stderr.write(text)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  return {
    pid: child.pid,
    exited,
    waitUntilReady: async (url) => {
      const problem = await Promise.race([waitForHealth(url), exited.then(() => lastWords(said))])
      // From now on its log is worth seeing where the user asked for one.
      quiet = environment['INTHREAD_LOG'] !== undefined
      return problem
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await Promise.race([exited, pause(5000)])
      child.kill('SIGKILL')
    },
  }
}

async function waitForHealth(url: string): Promise<string | undefined> {
  const startedMs = performance.now()
  while (performance.now() - startedMs < patienceMs) {
    try {
      if ((await fetch(url)).ok) return undefined
    } catch {
      await pause(30)
    }
  }
  return `It did not answer at ${url} within two minutes.`
}

/** What a process said before it went, without stack traces: its own last sentence is the remedy. */
function lastWords(said: readonly string[]): string {
  const lines = said
    .join('')
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
  return lines.at(-1) ?? 'It ended without a word.'
}
