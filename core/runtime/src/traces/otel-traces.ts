import {
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type ContextManager,
  type Link,
  type Span as OtelSpan,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api'
import { faultCodeOf } from '@inthread/sdk/fault'
import { noSpan, spanFacts, type Span, type SpanFacts, type SpanPlace, type Traces } from '@inthread/store/trace'

export interface OtelParts {
  readonly tracer: Tracer
  readonly contexts: ContextManager
  readonly propagator: TextMapPropagator
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const

const allowed: ReadonlySet<string> = new Set(spanFacts)
/** Ids, names of ours and codes are written like this; words of a person hardly are. */
const plain = /^[\w.:,@/-]{1,190}$/
const spanKey = createContextKey('inthread.span')

/** Spans as OpenTelemetry has them. */
export class OtelTraces implements Traces {
  readonly #parts: OtelParts

  constructor(parts: OtelParts) {
    this.#parts = parts
  }

  open(name: string, { from, ...place }: SpanPlace = {}): Span {
    const { contexts } = this.#parts
    const parent = from === undefined ? contexts.active() : readTraceparent(this.#parts, from)
    return openSpan(this.#parts, parent, { name, ...place })
  }

  current(): Span {
    return (this.#parts.contexts.active().getValue(spanKey) as Span | undefined) ?? noSpan
  }
}

interface Opening extends Omit<SpanPlace, 'from'> {
  readonly name: string
}

function openSpan(parts: OtelParts, parent: Context, { name, kind, links = [], facts = {} }: Opening): Span {
  const options = {
    kind: kind === undefined ? SpanKind.INTERNAL : kinds[kind],
    links: links.flatMap((link) => readLink(parts, link)),
    attributes: readFacts(facts),
  }
  return new OpenedSpan(parts, parent, parts.tracer.startSpan(name, options, parent))
}

class OpenedSpan implements Span {
  readonly #parts: OtelParts
  readonly #context: Context
  readonly #span: OtelSpan
  #ended = false

  constructor(parts: OtelParts, parent: Context, span: OtelSpan) {
    this.#parts = parts
    this.#span = span
    this.#context = trace.setSpan(parent, span).setValue(spanKey, this)
  }

  get traceparent(): string | null {
    const carrier: { traceparent?: string } = {}
    this.#parts.propagator.inject(this.#context, carrier, defaultTextMapSetter)
    return carrier.traceparent ?? null
  }

  get isRecording(): boolean {
    return this.#span.isRecording()
  }

  open(name: string, place: Omit<SpanPlace, 'from'> = {}): Span {
    return openSpan(this.#parts, this.#context, { name, ...place })
  }

  run<T>(work: () => T): T {
    return this.#parts.contexts.with(this.#context, work)
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
    this.#span.setAttributes(readFacts(facts))
  }

  link(traceparent: string | null): void {
    this.#span.addLinks(readLink(this.#parts, traceparent))
  }

  end(code?: string): void {
    if (this.#ended) return
    this.#ended = true
    // No message goes along: it might hold a value.
    if (code !== undefined) this.#span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code)
    this.#span.end()
  }
}

/** What is no `traceparent` is none: a trace begins there. What else somebody wants to send along stays out. */
function readTraceparent({ propagator }: OtelParts, traceparent: string | null): Context {
  return traceparent === null ? ROOT_CONTEXT : propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
}

function readLink(parts: OtelParts, traceparent: string | null): Link[] {
  const context = trace.getSpanContext(readTraceparent(parts, traceparent))
  return context ? [{ context }] : []
}

function readFacts(facts: SpanFacts): Attributes {
  const told = Object.entries(facts).filter(
    ([name, value]) => allowed.has(name) && (typeof value === 'number' || (value !== undefined && plain.test(value))),
  )
  return Object.fromEntries(told.map(([name, value]) => [`inthread.${name}`, value]))
}
