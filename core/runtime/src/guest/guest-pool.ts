import { Worker } from 'node:worker_threads'
import type { Timers } from '@inthread/messaging/ports'
import { Fault, type FaultCode } from '@inthread/sdk/fault'
import { FairQueue } from './fair-queue.ts'
import type { GuestFailure, GuestLimits, WorkerReply, WorkerRequest } from './guest-call.ts'

export interface GuestPoolOptions {
  readonly timers: Pick<Timers, 'every' | 'elapsedMs'>
  readonly prelude: () => Promise<string>
  /** How many workers; two and no more is what a small machine has. */
  readonly size: number
  /** Sees every text that goes to a guest. */
  readonly onSend?: ((text: string) => void) | undefined
}

export interface GuestJob {
  readonly tenant: string
  readonly digest: string
  readonly bundle: string
  readonly text: string
  readonly limits: GuestLimits
}

interface Waiting {
  readonly job: GuestJob
  readonly resolve: (text: string) => void
  readonly reject: (fault: Fault) => void
}

interface Desk {
  worker: Worker | undefined
  waiting: Waiting | undefined
  /** When it is ended if it has not answered. */
  endAtMs: number
  /** Bundles that this worker was given. */
  readonly given: Set<string>
}

const waitingPerTenant = 500
const watchMs = 100
/** A worker whose engine does not stop by itself is ended: a call has this long, one that loads a bundle longer. */
const guardMs = { call: 1000, load: 6000 }
const faultOf: Readonly<Record<GuestFailure, FaultCode>> = {
  timed_out: 'guest.timed_out',
  memory: 'guest.memory',
  threw: 'guest.threw',
  too_long: 'guest.answer_refused',
  not_loaded: 'guest.not_loaded',
}

/**
 * Worker threads with guests' engines. A tenant never has all of them at once, and tenants take turns, so a plugin that
 * uses up its time holds up its own tenant and nobody else.
 */
export class GuestPool {
  readonly #options: GuestPoolOptions
  readonly #queue = new FairQueue<Waiting>(waitingPerTenant)
  readonly #desks: readonly Desk[]
  #watch: { stop(): Promise<void> } | undefined
  #prelude: string | undefined
  #opening: Promise<void> | undefined
  #closed = false

  constructor(options: GuestPoolOptions) {
    this.#options = options
    this.#desks = Array.from({ length: options.size }, () => ({
      worker: undefined,
      waiting: undefined,
      endAtMs: 0,
      given: new Set<string>(),
    }))
  }

  /** The guest's answer as it wrote it, or a fault `guest.…`. */
  run(job: GuestJob): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#closed || !this.#queue.add(job.tenant, { job, resolve, reject }))
        return reject(new Fault('guest.crowded'))
      this.#open()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { reject } of this.#queue.empty()) reject(new Fault('guest.crowded'))
    await this.#opening
    await this.#watch?.stop()
    await Promise.all(this.#desks.map((desk) => this.#end(desk, 'guest.crowded')))
  }

  /** The first job starts what all need: nothing of it is there while no guest is installed. */
  #open(): void {
    if (this.#prelude !== undefined) return this.#assign()
    this.#opening ??= this.#options.prelude().then(
      (prelude) => {
        this.#prelude = prelude
        if (this.#closed) return
        this.#watch = this.#options.timers.every(watchMs, () => Promise.resolve(this.#endOverdue()), 'guests')
        this.#assign()
      },
      () => {
        this.#opening = undefined
        for (const { reject } of this.#queue.empty()) reject(new Fault('guest.not_loaded'))
      },
    )
  }

  #assign(): void {
    while (!this.#closed) {
      const idle = this.#desks.filter((desk) => !desk.waiting)
      const waiting = idle.length > 0 ? this.#queue.take((tenant) => this.#mayGoOn(tenant)) : undefined
      if (!waiting) return
      const desk = idle.find(({ given }) => given.has(waiting.job.digest)) ?? idle[0]
      if (desk) this.#send(desk, waiting, false)
    }
  }

  #mayGoOn(tenant: string): boolean {
    const own = this.#desks.filter(({ waiting }) => waiting?.job.tenant === tenant).length
    return own < Math.max(1, this.#desks.length - 1)
  }

  #send(desk: Desk, waiting: Waiting, withBundle: boolean): void {
    const { digest, bundle, text, limits } = waiting.job
    desk.waiting = waiting
    desk.worker ??= this.#start(desk)
    const sent = withBundle || !desk.given.has(digest) ? bundle : undefined
    desk.endAtMs = this.#options.timers.elapsedMs() + (sent === undefined ? guardMs.call : guardMs.load)
    desk.given.add(digest)
    this.#options.onSend?.(text)
    desk.worker.postMessage({ id: 0, digest, bundle: sent, text, limits } satisfies WorkerRequest)
  }

  #start(desk: Desk): Worker {
    const worker = new Worker(new URL('./vm/guest-worker.ts', import.meta.url), {
      workerData: { prelude: this.#prelude },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 8 },
    })
    worker.on('message', (reply: WorkerReply) => this.#take(desk, worker, reply))
    worker.on('error', () => void this.#end(desk, 'guest.memory', worker))
    worker.on('exit', () => void this.#end(desk, 'guest.memory', worker))
    worker.unref()
    return worker
  }

  #take(desk: Desk, worker: Worker, reply: WorkerReply): void {
    const { waiting } = desk
    if (desk.worker !== worker || !waiting) return
    if (reply.kind === 'no_bundle') return this.#send(desk, waiting, true)
    desk.waiting = undefined
    if (reply.kind === 'answer') waiting.resolve(reply.text)
    else waiting.reject(new Fault(faultOf[reply.failure]))
    this.#assign()
  }

  #endOverdue(): void {
    const nowMs = this.#options.timers.elapsedMs()
    for (const desk of this.#desks) if (desk.waiting && nowMs > desk.endAtMs) void this.#end(desk, 'guest.timed_out')
  }

  /** Whatever a worker was at, it is over; the next job gets a new one. */
  async #end(desk: Desk, code: FaultCode, only = desk.worker): Promise<void> {
    if (desk.worker !== only) return
    const { worker, waiting } = desk
    desk.worker = undefined
    desk.waiting = undefined
    desk.given.clear()
    waiting?.reject(new Fault(code))
    await worker?.terminate()
    this.#assign()
  }
}
