import { faultCodeOf } from '@inthread/sdk/fault'

/** Something that is done again and again in this process, and how it went. */
export interface WorkRun {
  readonly name: string
  readonly everyMs: number
  /** Since it ended last; null before it has ended for the first time. */
  readonly agoMs: number | null
  readonly failing: { readonly code: string; readonly forMs: number } | null
}

interface Kept {
  readonly name: string
  readonly everyMs: number
  endedMs: number | undefined
  failing: { readonly code: string; readonly sinceMs: number } | undefined
}

/** Keeps of every repeated work when it was done last, and since when it fails. */
export class WorkRegister {
  readonly #kept: Kept[] = []
  readonly #elapsedMs: () => number

  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs
  }

  /** The same work, watched. Several parts of one work have the same name. */
  watch(name: string, everyMs: number, work: () => Promise<void>): () => Promise<void> {
    const kept: Kept = { name, everyMs, endedMs: undefined, failing: undefined }
    this.#kept.push(kept)
    return async () => {
      try {
        await work()
        kept.failing = undefined
      } catch (error) {
        kept.failing = { code: faultCodeOf(error), sinceMs: kept.failing?.sinceMs ?? this.#elapsedMs() }
        throw error
      } finally {
        kept.endedMs = this.#elapsedMs()
      }
    }
  }

  /** Of several parts of one work: the one that was done least lately, as measured by how often it is done. */
  read(): readonly WorkRun[] {
    const now = this.#elapsedMs()
    return [...Map.groupBy(this.#kept, ({ name }) => name).values()].map((parts) => {
      const runs = parts.map((part) => show(part, now)).toSorted((left, right) => rank(right) - rank(left))
      return runs[0] as WorkRun
    })
  }
}

function show({ name, everyMs, endedMs, failing }: Kept, now: number): WorkRun {
  return {
    ...{ name, everyMs, agoMs: endedMs === undefined ? null : now - endedMs },
    failing: failing ? { code: failing.code, forMs: now - failing.sinceMs } : null,
  }
}

function rank({ failing, agoMs, everyMs }: WorkRun): number {
  return failing ? Infinity : (agoMs ?? 0) / everyMs
}
