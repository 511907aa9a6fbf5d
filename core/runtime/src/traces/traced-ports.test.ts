import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { BankConnection } from '@inthread/sdk/bank'
import { noSpan, noTraces, type Traces } from '@inthread/store/trace'
import { openWitness } from '../../../../test/kit/traces/witness.ts'
import { createHttpClient } from '../ports/http-client.ts'
import { noWrapper } from '../ports/wrapper.ts'
import { carryTrace, traceBanks } from './traced-ports.ts'

/** Within a span that nobody will see. */
const unseen: Traces = { open: () => noSpan, current: () => ({ ...noSpan, traceparent: 'unseen' }) }

describe('what a bank is told of a trace', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  async function send(traces: Traces): Promise<unknown> {
    const server = createServer((request, response) => response.end(request.headers['traceparent'] ?? 'nothing'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const http = createHttpClient()
    closing.push(
      () => http.close(),
      () => new Promise((resolve) => server.close(() => resolve())),
    )
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const answer = await carryTrace(http, traces).send({ method: 'GET', url, headers: {}, deadlineMs: 2000 })
    return Buffer.from(answer.body).toString()
  }

  it('is the present span, whether it is kept or not, and nothing outside of one', async () => {
    const { traces, find } = openWitness()
    expect(await traces.open('work').cover(() => send(traces))).toBe(find('work').traceparent)
    expect(await send(unseen)).toBe('unseen')
    expect([await send(traces), await send(noTraces)]).toEqual(['nothing', 'nothing'])
  })
})

describe('calls of a bank', () => {
  const bank = {
    query: () => Promise.resolve({ kind: 'pending' }),
    profile: () => Promise.reject(new Error('away')),
    notFoundIsFinalAfterMs: 5,
  } as object as BankConnection

  it('are spans below the one that is kept, each with the kind of its answer', async () => {
    const { traces, spans } = openWitness()
    const traced = traceBanks(noWrapper, traces).bank(bank)
    const work = traces.open('work')
    expect(await work.run(() => traced.query('x'))).toEqual({ kind: 'pending' })
    await expect(work.run(() => traced.profile())).rejects.toThrow('away')
    expect(traced.notFoundIsFinalAfterMs).toBe(5)
    expect(spans.slice(1)).toMatchObject([
      { name: 'bank.query', from: work.traceparent, facts: { outcome: 'pending' }, code: '' },
      { name: 'bank.profile', from: work.traceparent, code: 'platform.unexpected' },
    ])
  })

  it('are none where nothing has asked for them, or nobody sees them', async () => {
    const { traces, spans } = openWitness()
    expect(await traceBanks(noWrapper, traces).bank(bank).query('x')).toEqual({ kind: 'pending' })
    expect(await traceBanks(noWrapper, unseen).bank(bank).query('x')).toEqual({ kind: 'pending' })
    expect(spans).toEqual([])
  })
})
