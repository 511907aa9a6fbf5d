import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'
import type { GuestFailure, GuestLimits } from '../guest-call.ts'
import { writeLocalParts } from './local-parts.ts'
import { copyMemory, openEngine, type Engine } from './open-engine.ts'

const stackBytes = 256 * 1024
/** Loading may take longer than a step: a bundle carries its libraries. */
const loadMs = 2500
const answerLengthAtMost = 1_000_000

export type InstanceAnswer = { readonly text: string } | { readonly failure: GuestFailure }

interface InstanceParts {
  readonly prelude: string
  readonly bundle: string
  readonly limits: GuestLimits
}

/**
 * One plugin in an engine of its own. Its memory as it was after loading is kept, and put back after every call: no
 * call finds anything of another one, whoever the users and tenants were, and every call meets the same machine.
 */
export class GuestInstance {
  readonly #engine: Engine
  readonly #context: QuickJSContext
  readonly #answer: QuickJSHandle
  readonly #plugin: QuickJSHandle
  readonly #loaded: Uint8Array
  #deadline: Deadline = { cpuUs: 0, wallMs: 0 }
  #used = false

  static async open(parts: InstanceParts): Promise<GuestInstance | { readonly failure: GuestFailure }> {
    const engine = await openEngine(parts.limits.heapBytes)
    try {
      return new GuestInstance(engine, parts)
    } catch {
      return { failure: 'not_loaded' }
    }
  }

  private constructor(engine: Engine, { prelude, bundle, limits }: InstanceParts) {
    this.#engine = engine
    const runtime = engine.module.newRuntime()
    runtime.setMemoryLimit(limits.heapBytes)
    runtime.setMaxStackSize(stackBytes)
    runtime.setInterruptHandler(() => isOver(this.#deadline))
    this.#context = runtime.newContext()
    this.#deadline = startDeadline(loadMs)
    const inside = this.#evaluate(prelude, 'inthread.js')
    const tame = this.#context.getProp(inside, 'tame')
    this.#must(this.#context.callFunction(tame, this.#context.undefined, this.#buildParts()))
    this.#answer = this.#context.getProp(inside, 'answer')
    this.#plugin = this.#context.getProp(this.#evaluate(bundle, 'plugin.js'), 'default')
    this.#loaded = copyMemory(engine)
  }

  /** Bytes that it keeps. */
  get bytes(): number {
    return this.#engine.memory.buffer.byteLength + this.#loaded.byteLength
  }

  /** Throws when the engine itself broke down; the instance is then of no use any more. */
  call(text: string, stepMs: number): InstanceAnswer {
    this.restore()
    this.#used = true
    const context = this.#context
    this.#deadline = startDeadline(stepMs)
    const result = context.callFunction(this.#answer, context.undefined, [this.#plugin, context.newString(text)])
    return result.error ? { failure: this.#nameFailure(result.error) } : this.#readText(result.value)
  }

  #readText(value: QuickJSHandle): InstanceAnswer {
    if (this.#context.typeof(value) !== 'string') return { failure: 'threw' }
    const length = this.#context.getNumber(this.#context.getProp(value, 'length'))
    return length > answerLengthAtMost ? { failure: 'too_long' } : { text: this.#context.getString(value) }
  }

  /** Our own names only: what was thrown may be anything, and may hold what a user wrote. */
  #nameFailure(error: QuickJSHandle): GuestFailure {
    if (isOver(this.#deadline)) return 'timed_out'
    const message = this.#context.typeof(error) === 'object' ? this.#context.getProp(error, 'message') : undefined
    const text = message && this.#context.typeof(message) === 'string' ? this.#context.getString(message) : ''
    return text.includes('out of memory') ? 'memory' : 'threw'
  }

  /** Puts the memory back. It is done before the next call at the latest, and at best while nobody waits. */
  restore(): void {
    if (!this.#used) return
    this.#used = false
    new Uint8Array(this.#engine.memory.buffer).set(this.#loaded)
  }

  #evaluate(code: string, name: string): QuickJSHandle {
    return this.#must(this.#context.evalCode(code, name, { type: 'module' }))
  }

  #must(result: ReturnType<QuickJSContext['callFunction']>): QuickJSHandle {
    if (result.error) throw new TypeError(`the engine refused ${String(this.#nameFailure(result.error))}`)
    return result.value
  }

  #buildParts(): QuickJSHandle {
    const context = this.#context
    return context.newFunction('parts', (timeZone, timeMs) =>
      context.newString(writeLocalParts(context.getString(timeZone), context.getNumber(timeMs))),
    )
  }
}

interface Deadline {
  readonly cpuUs: number
  readonly wallMs: number
}

/** Computing time counts, so that a busy machine is not taken for a slow plugin; waiting counts as well, but less. */
function startDeadline(limitMs: number): Deadline {
  return { cpuUs: process.threadCpuUsage().user + limitMs * 1000, wallMs: performance.now() + limitMs * 4 }
}

function isOver({ cpuUs, wallMs }: Deadline): boolean {
  return process.threadCpuUsage().user > cpuUs || performance.now() > wallMs
}
