import { z } from 'zod'

/** Where spans go and which of them, as the standard variables of OpenTelemetry say it. */
export interface TraceSettings {
  /** Whether a trace that goes on is kept as it was decided where it began. */
  readonly followsParent: boolean
  /** How many of the traces are kept, from 0 to 1. */
  readonly share: number
}

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

const endpoint = z.url({ protocol: /^https?$/, error: 'must look like http://collector.example.com:4318' }).optional()
const protocol = z.enum(['http/protobuf'], { error: 'must be http/protobuf, the only one that is spoken' }).optional()
const notAShare = 'must be a number from 0 to 1'

/**
 * The exporter reads the rest by itself: headers, time-out, compression, certificates, and the name of the service.
 */
const schema = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol,
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, { error: `must be one of ${samplers.join(', ')}` })
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number({ error: notAShare }).min(0, notAShare).max(1, notAShare).default(1),
})

type Environment = Readonly<Record<string, string | undefined>>

export interface ReadTraceSettings {
  /** Undefined where nobody wants traces. */
  readonly traces: TraceSettings | undefined
  /** Variables that cannot be used, and what they should look like. */
  readonly problems: readonly string[]
}

/** What is said about traces to other programs of the machine is no problem of ours while we send none. */
export function readTraceSettings(given: Environment): ReadTraceSettings {
  if (!wantsTraces(given)) return { traces: undefined, problems: [] }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    return { traces: undefined, problems }
  }
  const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio } = parsed.data
  const share = sampler.endsWith('ratio') ? ratio : sampler.endsWith('_on') ? 1 : 0
  return { traces: { followsParent: sampler.startsWith('parentbased_'), share }, problems: [] }
}

function wantsTraces(given: Environment): boolean {
  if (given['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || given['OTEL_TRACES_EXPORTER'] === 'none') return false
  return ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].some((name) => given[name] !== undefined)
}
