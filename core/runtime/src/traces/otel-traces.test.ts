import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'
import { Fault } from '@inthread/sdk/fault'
import { noSpan } from '@inthread/store/trace'
import { OtelTraces } from './otel-traces.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

function open(sampler?: Sampler) {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    ...(sampler ? { sampler } : {}),
  })
  const traces = new OtelTraces({
    tracer: provider.getTracer('test'),
    contexts: new AsyncLocalStorageContextManager().enable(),
    propagator: new W3CTraceContextPropagator(),
  })
  const find = (name: string): ReadableSpan => {
    const found = exporter.getFinishedSpans().find((span) => span.name === name)
    if (!found) throw new Error(`${name} was not exported`)
    return found
  }
  return { traces, exporter, find }
}

describe('a span', () => {
  it('goes on from a row of another process, and rows go on from it', () => {
    const { traces, find } = open()
    const turn = traces.open('turn', { from: traceparent })
    traces.open('send', { from: turn.traceparent }).end()
    turn.end()
    expect(find('turn').parentSpanContext?.spanId).toBe('b7ad6b7169203331')
    expect(find('send').spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c')
    expect(find('send').parentSpanContext?.spanId).toBe(find('turn').spanContext().spanId)
  })

  it.each([null, '', 'x', '00-0-0-0', traceparent.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32))])(
    'begins a trace where it is told %j',
    (from) => {
      const { traces, find } = open()
      traces.open('outside').run(() => traces.open('turn', { from }).end())
      expect(find('turn').parentSpanContext).toBeUndefined()
    },
  )

  it('is the present one for all that its work begins, and for nothing else', async () => {
    const { traces, find } = open()
    const work = traces.open('work')
    await work.cover(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      expect(traces.current()).toBe(work)
      traces.open('below').end()
    })
    expect(traces.current()).toBe(noSpan)
    traces.open('beside').end()
    expect(find('below').parentSpanContext?.spanId).toBe(find('work').spanContext().spanId)
    expect(find('beside').parentSpanContext).toBeUndefined()
  })

  it('fails with the code of what was thrown, and with nothing else of it', async () => {
    const { traces, find } = open()
    const fault = new Fault('network.no_answer', { cause: new Error('+8613800000001') })
    await expect(traces.open('call').cover(() => Promise.reject(fault))).rejects.toBe(fault)
    await expect(traces.open('other').cover(() => Promise.reject(new Error('张三')))).rejects.toThrow()
    expect(find('call')).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'network.no_answer' } })
    expect(find('other').attributes).toEqual({ 'error.type': 'platform.unexpected' })
    for (const name of ['call', 'other']) expect(find(name)).toMatchObject({ events: [], status: { code: 2 } })
    expect(find('call').status.message).toBeUndefined()
  })

  it('ends once', () => {
    const { traces, exporter, find } = open()
    const span = traces.open('turn')
    span.end('turn.lost')
    span.end()
    expect(exporter.getFinishedSpans()).toHaveLength(1)
    expect(find('turn').attributes).toEqual({ 'error.type': 'turn.lost' })
  })

  it('says what is on the list, where it looks like an id or a code', () => {
    const { traces, find } = open()
    const careless = {
      tenant: 'northern-rail',
      bot: '张三',
      plugin: '',
      phone: '13800000001',
      amount: 5350,
      item: 'a b',
    }
    const span = traces.open('turn', { facts: careless })
    span.tell({ item: '0199b2f0-6a5e-7000-8000-0d3f7c1f9a44', status: 200, run: undefined, order: '+8613800000001' })
    span.end()
    expect(find('turn').attributes).toEqual({
      'inthread.tenant': 'northern-rail',
      'inthread.item': '0199b2f0-6a5e-7000-8000-0d3f7c1f9a44',
      'inthread.status': 200,
    })
  })

  it('is linked to others, and to none where there is none', () => {
    const { traces, find } = open()
    const span = traces.open('notice', { from: null, links: [traceparent, null, 'x'] })
    span.link(null)
    span.link(traceparent.replace('b7ad', 'c8be'))
    span.end()
    expect(find('notice').links.map(({ context }) => context.spanId)).toEqual(['b7ad6b7169203331', 'c8be6b7169203331'])
  })

  it('that is not kept says so to everything that goes on from it', () => {
    const { traces, exporter } = open(new AlwaysOffSampler())
    const span = traces.open('turn', { from: null })
    expect([span.isRecording, span.traceparent]).toEqual([
      false,
      expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    ])
    span.end()
    expect(exporter.getFinishedSpans()).toEqual([])
  })
})
