import { AsyncLocalStorage } from 'node:async_hooks'
import { faultCodeOf } from '@inthread/sdk/fault'
import { noSpan, type Span, type SpanFacts, type SpanPlace, type Traces } from '@inthread/store/trace'

/** What became of one span. */
export interface Witnessed {
  readonly name: string
  readonly traceparent: string
  /** What it goes on from, null where it begins a trace. */
  readonly from: string | null
  readonly links: readonly (string | null)[]
  readonly facts: SpanFacts
  /** Undefined while it is open, and empty when nothing failed. */
  readonly code: string | undefined
}

export interface Witness {
  readonly traces: Traces
  /** In the order in which they were opened. */
  readonly spans: readonly Witnessed[]
  find(name: string): Witnessed
}

/** Traces for tests of one room: every span is kept as it was told, in the order in which they were opened. */
export function openWitness(): Witness {
  const present = new AsyncLocalStorage<Span>()
  const spans: WitnessedSpan[] = []
  const current = (): Span => present.getStore() ?? noSpan
  const open = (name: string, { from = current().traceparent, ...place }: SpanPlace = {}): Span => {
    const span = new WitnessedSpan(`span-${spans.length + 1}`, { name, from, ...place }, { present, open })
    spans.push(span)
    return span
  }
  const find = (name: string): Witnessed => {
    const found = spans.filter((span) => span.name === name)
    const [only] = found
    if (!only || found.length > 1) throw new Error(`${found.length} spans are called ${name}`)
    return only
  }
  return { traces: { open, current }, spans, find }
}

interface World {
  readonly present: AsyncLocalStorage<Span>
  readonly open: Traces['open']
}

class WitnessedSpan implements Span, Witnessed {
  readonly traceparent: string
  readonly isRecording = true
  readonly name: string
  readonly from: string | null
  readonly links: (string | null)[]
  facts: SpanFacts
  code: string | undefined
  readonly #world: World

  constructor(traceparent: string, place: SpanPlace & { readonly name: string }, world: World) {
    this.traceparent = traceparent
    this.name = place.name
    this.from = place.from ?? null
    this.links = [...(place.links ?? [])]
    this.facts = place.facts ?? {}
    this.#world = world
  }

  open(name: string, place: Omit<SpanPlace, 'from'> = {}): Span {
    return this.#world.open(name, { ...place, from: this.traceparent })
  }

  run<T>(work: () => T): T {
    return this.#world.present.run(this, work)
  }

  async cover<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.run(work)
    } catch (error) {
      this.end(faultCodeOf(error))
      throw error
    } finally {
      this.end()
    }
  }

  tell(facts: SpanFacts): void {
    this.facts = { ...this.facts, ...facts }
  }

  link(traceparent: string | null): void {
    this.links.push(traceparent)
  }

  end(code = ''): void {
    this.code ??= code
  }
}
