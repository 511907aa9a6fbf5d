/** Says what is being done and how long it took, a line each. */
export class Steps {
  readonly #write: (text: string) => void

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  line(text: string): void {
    this.#write(`${text}\n`)
  }

  /** Runs a step; what it resolves to is the problem, if there is one. */
  async run(what: string, work: () => Promise<string | undefined>): Promise<string | undefined> {
    const startedMs = performance.now()
    const problem = await work()
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    this.line(`${problem === undefined ? 'ok    ' : 'FAILED'} ${what} (${seconds} s)`)
    return problem
  }
}
