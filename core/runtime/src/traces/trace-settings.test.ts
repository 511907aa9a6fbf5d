import { describe, expect, it } from 'vitest'
import { readSettings } from '../boot/settings.ts'

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
const read = (environment: Record<string, string>) => readSettings(environment, false).traces

describe('traces', () => {
  it('are sent where an endpoint is named, and nowhere else', () => {
    expect(read({})).toBeUndefined()
    expect(read({ OTEL_SERVICE_NAME: 'chat', OTEL_TRACES_SAMPLER: 'always_on' })).toBeUndefined()
    expect(read(endpoint)).toEqual({ followsParent: true, share: 1 })
    expect(read({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.example/v1/traces' })).toBeDefined()
  })

  it('are switched off by the variables that switch them off elsewhere', () => {
    expect(read({ ...endpoint, OTEL_SDK_DISABLED: 'True' })).toBeUndefined()
    expect(read({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined()
  })

  it.each([
    ['always_on', '', false, 1],
    ['always_off', '', false, 0],
    ['traceidratio', '0.25', false, 0.25],
    ['parentbased_traceidratio', '0.1', true, 0.1],
    ['parentbased_traceidratio', '', true, 1],
    ['parentbased_always_off', '0.5', true, 0],
  ])('are kept as %s %s says', (sampler, share, followsParent, kept) => {
    const environment = { ...endpoint, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share }
    expect(read(environment)).toEqual({ followsParent, share: kept })
  })

  it('stop the platform with every variable that it cannot follow, when it is to send any', () => {
    const wrong = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'jaeger_remote',
      OTEL_TRACES_SAMPLER_ARG: '20%',
    }
    expect(() => read(wrong)).not.toThrow()
    for (const name of Object.keys(wrong)) expect(() => read({ ...endpoint, ...wrong })).toThrow(name)
    expect(() => read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' })).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT: must')
    expect(() => read({ ...endpoint, ...wrong, INTHREAD_PORT: '0' })).toThrow(/INTHREAD_PORT[^]*PROTOCOL/)
  })
})
