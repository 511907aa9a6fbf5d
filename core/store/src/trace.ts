/**
 * What may be said of a span: ids, names and codes of the platform's own, and counts. Anything else stays out, whoever
 * passes it; nothing that a user wrote, no number of a person, no amount and no name is among them.
 */
export const spanFacts = [
  'bank',
  'bot',
  'call',
  'capability',
  'effect',
  'entries',
  'item',
  'items',
  'judgement',
  'kind',
  'message',
  'messages',
  'operation',
  'operator',
  'order',
  'outcome',
  'plugin',
  'refund',
  'run',
  'state',
  'status',
  'steps',
  'tenant',
  'try',
] as const

export type SpanFacts = Readonly<Partial<Record<(typeof spanFacts)[number], string | number | undefined>>>

export interface SpanPlace {
  /**
   * The `traceparent` that it goes on from, as a row or a header has it; null where a trace begins. Left out, it goes
   * on from the span that is run at this moment.
   */
  readonly from?: string | null
  /** `producer` leaves something to be done by whoever takes it up, `consumer` takes it up. */
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer'
  /** Spans of other traces that belong to it, each as a `traceparent`. */
  readonly links?: readonly (string | null)[]
  readonly facts?: SpanFacts
}

/** One piece of work in the life of a message. Whoever opens it ends it. */
export interface Span {
  /** W3C `traceparent`, 55 characters, for the rows and headers that go on from here; null where nothing is traced. */
  readonly traceparent: string | null
  /** Whether anybody will see it: what it costs to find facts need not be spent otherwise. */
  readonly isRecording: boolean
  /** Opens a span below this one. */
  open(name: string, place?: Omit<SpanPlace, 'from'>): Span
  /** Makes it the present one for as long as the work takes, and for all that the work begins. */
  run<T>(work: () => T): T
  /** Runs the work and ends the span with it: with the fault's code, when the work throws. */
  cover<T>(work: () => Promise<T>): Promise<T>
  tell(facts: SpanFacts): void
  link(traceparent: string | null): void
  /** The first end counts. `code` says why it failed. */
  end(code?: string): void
}

/** Follows what happens to a message from process to process. */
export interface Traces {
  open(name: string, place?: SpanPlace): Span
  /** The span that is run at this moment. */
  current(): Span
}

export const noSpan: Span = {
  traceparent: null,
  isRecording: false,
  open: () => noSpan,
  run: (work) => work(),
  cover: (work) => work(),
  tell: () => undefined,
  link: () => undefined,
  end: () => undefined,
}

/** For a platform that is not traced: nothing is made, and nothing is kept. */
export const noTraces: Traces = { open: () => noSpan, current: () => noSpan }
