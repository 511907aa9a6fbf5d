import type { PlatformProcess, ProcessPool } from './process-pool.ts'

export interface Opening {
  readonly environment: Readonly<Record<string, string>>
  readonly logFile: string
  readonly httpDeadlineMs: number
  /** With the control's bank client for whoever has this number, see `wrap-carelessly.ts`. */
  readonly careless: string | undefined
}

const startsAtMost = 6

/** A platform in a process of its own that is started again, at the same place, whenever it dies. */
export class RestartingPlatform {
  /** How often it died. */
  deaths = 0
  /** Ends that nobody ordered, and starts that failed. */
  readonly mishaps: string[] = []
  readonly #pool: ProcessPool
  readonly #opening: Opening
  readonly #fatalAgain: string[]
  #process: PlatformProcess | undefined
  #starting: Promise<void> = Promise.resolve()

  /** `fatalAgain` are the points at which the second process, the third and so on die, counted from their start. */
  constructor(pool: ProcessPool, opening: Opening, fatalAgain: readonly string[] = []) {
    this.#pool = pool
    this.#opening = opening
    this.#fatalAgain = [...fatalAgain]
  }

  get isUp(): boolean {
    return this.#process !== undefined
  }

  /** `fatal` counts from the very start. */
  async start(fatal?: string): Promise<void> {
    this.#starting = this.#open(fatal)
    await this.#starting
    if (!this.#process) throw new Error(this.mishaps.join('; '))
  }

  /** Counts points from here on. */
  async arm(fatal: string | undefined): Promise<void> {
    await this.#process?.order({ kind: 'arm', fatal })
  }

  /** Every point that the present process has reached since it was armed. */
  async listPoints(): Promise<readonly string[]> {
    await this.#starting
    return (await this.#process?.order({ kind: 'list' })) ?? []
  }

  /** Ends it as an operator would, and leaves the process to the next platform. */
  async stop(): Promise<void> {
    await this.#starting
    const last = this.#process
    this.#process = undefined
    if (last && (await last.order({ kind: 'close' }))) this.#pool.giveBack(last)
  }

  async #open(first: string | undefined): Promise<void> {
    let fatal = first
    for (let attempt = 0; attempt < startsAtMost; attempt += 1) {
      const process = this.#pool.take()
      if (await this.#tryOpen(process, fatal)) return this.#watch(process)
      this.#countDeath(await process.ended)
      fatal = this.#fatalAgain.shift()
    }
    this.mishaps.push('the platform did not start')
  }

  async #tryOpen(process: PlatformProcess, fatal: string | undefined): Promise<boolean> {
    try {
      return (await process.order({ kind: 'open', ...this.#opening, fatal })) !== undefined
    } catch (error) {
      this.mishaps.push(`a start failed: ${error instanceof Error ? error.message : String(error)}`)
      await process.kill()
      return false
    }
  }

  #watch(process: PlatformProcess): void {
    this.#process = process
    void process.ended.then((how) => {
      if (this.#process !== process) return
      this.#process = undefined
      this.#countDeath(how)
      this.#starting = this.#open(this.#fatalAgain.shift())
    })
  }

  #countDeath(how: NodeJS.Signals | number): void {
    this.deaths += 1
    if (how !== 'SIGKILL') this.mishaps.push(`the process ended by itself: ${how}`)
  }
}
