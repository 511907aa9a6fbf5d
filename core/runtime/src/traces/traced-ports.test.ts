import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { BankConnection } from '@inthread/sdk/bank'
import { noSpan, noTraces, type Span, type Traces } from '@inthread/store/trace'
import { createHttpClient } from '../ports/http-client.ts'
import { noWrapper } from '../ports/wrapper.ts'
import { carryTrace, traceBanks } from './traced-ports.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

/** Traces with one span, which is always the present one and remembers what became of those below it. */
function openWitness(isRecording: boolean): { readonly traces: Traces; readonly ended: string[] } {
  const ended: string[] = []
  const below = (name: string): Span => {
    let told = ''
    const span: Span = {
      ...noSpan,
      tell: ({ outcome }) => void (told = String(outcome)),
      cover: async (work) => {
        try {
          return await work()
        } finally {
          ended.push(`${name} ${told}`)
        }
      },
    }
    return span
  }
  const span: Span = { ...noSpan, traceparent, isRecording, open: below }
  return { traces: { open: () => span, current: () => span }, ended }
}

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
    expect(await send(openWitness(true).traces)).toBe(traceparent)
    expect(await send(openWitness(false).traces)).toBe(traceparent)
    expect(await send(noTraces)).toBe('nothing')
  })
})

describe('calls of a bank', () => {
  const bank = {
    query: () => Promise.resolve({ kind: 'pending' }),
    profile: () => Promise.reject(new Error('away')),
    notFoundIsFinalAfterMs: 5,
  } as object as BankConnection

  it('are spans within a span that is kept, each with the kind of its answer', async () => {
    const { traces, ended } = openWitness(true)
    const traced = traceBanks(noWrapper, traces).bank(bank)
    expect(await traced.query('x')).toEqual({ kind: 'pending' })
    await expect(traced.profile()).rejects.toThrow('away')
    expect(traced.notFoundIsFinalAfterMs).toBe(5)
    expect(ended).toEqual(['bank.query pending', 'bank.profile '])
  })

  it('are none where nobody sees them', async () => {
    const { traces, ended } = openWitness(false)
    await traceBanks(noWrapper, traces).bank(bank).query('x')
    expect(ended).toEqual([])
  })
})
