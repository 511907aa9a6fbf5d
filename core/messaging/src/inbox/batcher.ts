import { Fault } from '@inthread/sdk/fault'

export interface BatcherOptions<T, R> {
  readonly limit: number
  /** More waiting items than this are refused, so that the sender slows down instead of this process growing. */
  readonly capacity: number
  /** How many batches may be under way. */
  readonly lanes: number
  readonly run: (items: readonly T[]) => Promise<readonly R[]>
  /**
   * Lets in what has arrived before a batch is closed. A database in this process would otherwise see batches of one.
   */
  readonly breathe: () => Promise<void>
}

interface Waiting<T, R> {
  readonly item: T
  readonly resolve: (result: R) => void
  readonly reject: (error: unknown) => void
}

/**
 * Group commit: what arrives while a batch is under way goes into the next one. Nothing waits for a timer, so batches
 * are of one when idle and grow with load. A batch that fails is halved until the item that spoils it stands alone.
 */
export class Batcher<T, R> {
  readonly #options: BatcherOptions<T, R>
  readonly #waiting: Waiting<T, R>[] = []
  #running = 0

  constructor(options: BatcherOptions<T, R>) {
    this.#options = options
  }

  submit(item: T): Promise<R> {
    if (this.#waiting.length >= this.#options.capacity) return Promise.reject(new Fault('inbox.full'))
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#running < this.#options.lanes && this.#waiting.length > 0) {
      this.#running += 1
      void this.#runNext().finally(() => {
        this.#running -= 1
        this.#pump()
      })
    }
  }

  async #runNext(): Promise<void> {
    await this.#options.breathe()
    const batch = this.#waiting.splice(0, this.#options.limit)
    if (batch.length > 0) await this.#settle(batch)
  }

  async #settle(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#options.run(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, index) => resolve(results[index] as R))
    } catch (error) {
      const [only] = batch
      if (batch.length === 1) return only?.reject(error)
      const half = Math.ceil(batch.length / 2)
      await this.#settle(batch.slice(0, half))
      await this.#settle(batch.slice(half))
    }
  }
}
