import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer, Order } from './platform-messages.ts'

const entry = join(import.meta.dirname, 'platform-process.ts')

/** One process that can be a platform; what it loads, it has loaded when it is handed out. */
export class PlatformProcess {
  readonly #child: ChildProcess
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<NodeJS.Signals | number>
  /** One order after the other: an answer does not say which order it belongs to. */
  #before: Promise<unknown>

  /** Whatever it prints by itself goes to the file. */
  constructor(outputFile: string) {
    const output = openSync(outputFile, 'a')
    const flags = ['--disable-warning=ExperimentalWarning']
    this.#child = fork(entry, { stdio: ['ignore', output, output, 'ipc'], execArgv: flags })
    closeSync(output)
    this.ended = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)))
    this.#before = this.#next()
  }

  /** Undefined when the process ended before it could answer. */
  order(order: Order): Promise<readonly string[] | undefined> {
    const obeyed = this.#before.then(() => this.#obey(order))
    this.#before = obeyed.catch(() => undefined)
    return obeyed
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.ended
  }

  async #obey(order: Order): Promise<readonly string[] | undefined> {
    if (!this.#child.connected) return undefined
    const answered = this.#next()
    this.#child.send(order, () => undefined)
    const answer = await answered
    if (answer?.kind === 'failed') throw new Error(`the platform's process: ${answer.problem}`)
    return answer?.kind === 'done' ? answer.points : undefined
  }

  async #next(): Promise<Answer | undefined> {
    const heard = once(this.#child, 'message').then(([message]) => message as Answer)
    return Promise.race([heard, this.ended.then(() => undefined)])
  }
}

/** Processes that have loaded everything and wait: starting one while a story waits for it would cost a second. */
export class ProcessPool {
  readonly #spare: PlatformProcess[] = []
  readonly #outputFile: string
  readonly #size: number

  constructor(outputFile: string, size: number) {
    this.#outputFile = outputFile
    this.#size = size
    this.#fill()
  }

  take(): PlatformProcess {
    const taken = this.#spare.shift() ?? new PlatformProcess(this.#outputFile)
    this.#fill()
    return taken
  }

  /** Its platform is closed and it may open another one. */
  giveBack(process: PlatformProcess): void {
    this.#spare.unshift(process)
  }

  async close(): Promise<void> {
    await Promise.all(this.#spare.splice(0).map((process) => process.kill()))
  }

  #fill(): void {
    while (this.#spare.length < this.#size) this.#spare.push(new PlatformProcess(this.#outputFile))
  }
}
