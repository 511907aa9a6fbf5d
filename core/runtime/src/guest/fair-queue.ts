/** Waiting work of many tenants: each has its own line, and the lines take turns. */
export class FairQueue<T> {
  readonly #capacity: number
  /** The tenant whose turn it is stands first. */
  readonly #lines = new Map<string, T[]>()

  /** `capacity` is what one tenant may have waiting. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** False when the tenant's line is full. */
  add(tenant: string, item: T): boolean {
    const line = this.#lines.get(tenant) ?? []
    if (line.length >= this.#capacity) return false
    line.push(item)
    this.#lines.set(tenant, line)
    return true
  }

  /** The next item of the first tenant that may go on; that tenant then goes to the end. */
  take(mayGoOn: (tenant: string) => boolean): T | undefined {
    for (const [tenant, line] of this.#lines) {
      if (!mayGoOn(tenant)) continue
      const item = line.shift()
      this.#lines.delete(tenant)
      if (line.length > 0) this.#lines.set(tenant, line)
      return item
    }
    return undefined
  }

  /** Everything, in no order that matters. */
  empty(): readonly T[] {
    const items = [...this.#lines.values()].flat()
    this.#lines.clear()
    return items
  }
}
