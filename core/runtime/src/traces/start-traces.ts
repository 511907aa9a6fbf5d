import { TraceFlags } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace'
import type { Traces } from '@inthread/store/trace'
import type { EventLog } from '../ports/log.ts'
import { pauseUntil } from '../ports/timers.ts'
import { OtelTraces } from './otel-traces.ts'
import type { TraceSettings } from './trace-settings.ts'

export interface OpenTraces {
  readonly traces: Traces
  /** Sends what is still here, for as long as a process that stops may wait. */
  close(): Promise<void>
}

/** Spans that wait for the collector; what comes while so many wait is lost, and never waited for. */
const waitingAtMost = 16_384
const closeAtMostMs = 3000

/**
 * OTLP over HTTP to where the standard variables say. Nothing is registered for the whole process: whoever is to be
 * traced is handed the traces.
 */
export function startTraces(
  settings: TraceSettings,
  { log, place }: { readonly log: EventLog; readonly place: string },
): OpenTraces {
  const own = resourceFromAttributes({ 'service.name': 'inthread', 'service.instance.id': place })
  const provider = new TracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    sampler: buildSampler(settings),
    spanProcessors: [countLost(new OTLPTraceExporter(), (spans) => log.event('traces.lost', { spans }))],
  })
  const traces = new OtelTraces({
    tracer: provider.getTracer('inthread'),
    contexts: new AsyncLocalStorageContextManager().enable(),
    propagator: new W3CTraceContextPropagator(),
  })
  return { traces, close: () => closeInTime(provider) }
}

function buildSampler({ followsParent, share }: TraceSettings): Sampler {
  const root = new TraceIdRatioBasedSampler(share)
  return followsParent ? new ParentBasedSampler({ root }) : root
}

async function closeInTime(provider: TracerProvider): Promise<void> {
  const over = new AbortController()
  // What could not be sent is told as lost.
  const closed = provider.shutdown().catch(() => undefined)
  await Promise.race([closed, pauseUntil(closeAtMostMs, over.signal)])
  over.abort()
}

/** Sends in batches, and tells how many spans the collector did not take, or did not take fast enough. */
function countLost(inner: SpanExporter, onLost: (spans: number) => void): SpanProcessor {
  let waiting = 0
  let lost = 0
  const exporter: SpanExporter = {
    export: (spans, done) => {
      waiting -= spans.length
      inner.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) lost += spans.length
        if (lost > 0) onLost(lost)
        lost = 0
        done(result)
      })
    },
    shutdown: () => inner.shutdown(),
  }
  const batches = new BatchSpanProcessor({ exporter, maxQueueSize: waitingAtMost })
  return {
    onStart: (span, context) => batches.onStart(span, context),
    onEnd: (span) => {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return
      if (waiting >= waitingAtMost) lost += 1
      else waiting += 1
      batches.onEnd(span)
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  }
}
