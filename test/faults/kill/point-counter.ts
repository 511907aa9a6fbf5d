/** Numbers the points of a process, and ends the process at the one it was told. */
export class PointCounter {
  readonly #counts = new Map<string, number>()
  readonly #reached: string[] = []
  readonly #end: () => void
  #fatal: string | undefined

  constructor(end: () => void) {
    this.#end = end
  }

  /** The same call at the same place is a point each time: `store turn.commit commit before #3`. */
  reach(point: string): void {
    const count = (this.#counts.get(point) ?? 0) + 1
    this.#counts.set(point, count)
    const name = `${point} #${count}`
    this.#reached.push(name)
    if (name === this.#fatal) this.#end()
  }

  /** Counts from here on; what was started before is no part of the story. */
  arm(fatal: string | undefined): void {
    this.#counts.clear()
    this.#reached.length = 0
    this.#fatal = fatal
  }

  list(): readonly string[] {
    return this.#reached
  }
}
