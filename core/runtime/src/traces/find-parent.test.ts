import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { findParent } from './find-parent.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

async function ask(trusted: readonly string[], headers: Readonly<Record<string, string>>): Promise<unknown> {
  const server = Fastify({ trustProxy: trusted.length > 0 && [...trusted] })
  server.get('/', (request) => ({ parent: findParent(request) }))
  const answer = await server.inject({ url: '/', headers, remoteAddress: '10.0.0.7' })
  return answer.json<{ readonly parent: unknown }>().parent
}

describe('a traceparent from outside', () => {
  const forwarded = { traceparent, 'x-forwarded-for': '203.0.113.9' }

  it('is believed where a trusted proxy has passed it on', async () => {
    expect(await ask(['10.0.0.0/8'], forwarded)).toBe(traceparent)
  })

  it('is nobody else’s to say', async () => {
    expect(await ask([], forwarded)).toBeNull()
    expect(await ask(['10.9.0.0/16'], forwarded)).toBeNull()
    expect(await ask(['10.0.0.0/8'], { traceparent })).toBeNull()
    expect(await ask(['10.0.0.0/8'], { 'x-forwarded-for': '203.0.113.9' })).toBeNull()
  })
})
