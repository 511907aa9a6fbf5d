import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EgressCall, EgressReply } from '@inthread/messaging/ports'
import { StandingClock } from '../../../../test/kit/ground.ts'
import { certificate, FarSide } from '../../test/far-side.ts'
import { createEgress, type EgressOptions, type OpenEgress } from './egress.ts'

const farAway = '93.184.216.34'
const clock = new StandingClock()

describe('egress', () => {
  const far = new FarSide()
  let port = 0
  let egress: OpenEgress
  let asked: string[] = []
  const opened: OpenEgress[] = []
  beforeAll(async () => {
    port = await far.open()
  })
  afterAll(() => far.close())
  beforeEach(() => {
    far.heard.length = 0
    asked = []
    far.answering = (_request, response) => response.end('{"ok":true}')
    egress = open({})
  })
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
  })

  /** The name leads to a public address, which in truth is the far side on this machine. */
  const open = (options: Partial<EgressOptions>): OpenEgress => {
    const made = createEgress({
      clock,
      resolve: async (host) => {
        asked.push(host)
        return [farAway]
      },
      stage: { ca: certificate, port, addressOf: () => '127.0.0.1' },
      ...options,
    })
    opened.push(made)
    return made
  }
  const send = (change: Partial<EgressCall> = {}, by = egress): Promise<EgressReply> =>
    by.send({
      id: 'effect-1',
      host: 'api.example.com',
      request: { method: 'GET', path: '/v1/fares', query: { from: 'a b', to: '&' } },
      deadlineMs: 3000,
      ...change,
    })

  it('asks the host and brings its JSON', async () => {
    expect(await send()).toEqual({ kind: 'answered', data: { ok: true } })
    expect(far.heard).toHaveLength(1)
    expect(far.heard[0]).toMatchObject({ method: 'GET', url: '/v1/fares?from=a+b&to=%26' })
    expect(far.heard[0]?.headers['host']).toBe(`api.example.com`)
    expect(far.heard[0]?.headers['authorization']).toBeUndefined()
  })

  it('sends a body as JSON, and the secret as a bearer', async () => {
    const request = { method: 'POST', path: '/v1', body: { words: '票' } } as const
    await send({ request, secret: { value: 'abc', use: 'bearer' } })
    expect(far.heard[0]).toMatchObject({ method: 'POST', body: '{"words":"票"}' })
    expect(far.heard[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'content-type': 'application/json' })
  })

  it('signs as the receiver checks it', async () => {
    const key = Buffer.alloc(32, 7)
    const secret = { value: `whsec_${key.toString('base64')}`, use: 'standard-webhooks' } as const
    await send({ request: { method: 'POST', path: '/', body: { a: 1 } }, secret })
    const { headers, body } = far.heard[0] ?? { headers: {}, body: '' }
    const signed = `effect-1.${Math.floor(clock.now() / 1_000_000)}.${body}`
    expect(headers).toMatchObject({
      'webhook-id': 'effect-1',
      'webhook-signature': `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    })
    expect(headers).not.toHaveProperty('authorization')
  })

  it('does not send with a secret that cannot sign', async () => {
    for (const value of ['', 'whsec_', 'whsec_AAAA', 'abc']) {
      expect(await send({ secret: { value, use: 'standard-webhooks' } })).toMatchObject({
        detail: 'egress.secret_malformed',
      })
    }
    expect(far.heard).toEqual([])
  })

  it.each([
    ['one private', ['127.0.0.1']],
    ['a private one among public ones', [farAway, '10.0.0.8']],
    ['a mapped private one', ['::ffff:169.254.169.254']],
    ['NAT64', ['64:ff9b::7f00:1']],
  ])('does not connect when the addresses are %s', async (_what, addresses) => {
    const by = open({ resolve: async () => addresses })
    expect(await send({}, by)).toEqual({ kind: 'failed', reason: 'unreachable', detail: 'address_refused' })
    expect(far.heard).toEqual([])
  })

  it('connects to the address it has checked, and asks for no other', async () => {
    const answers = [[farAway], ['127.0.0.1'], ['10.0.0.1']]
    const reached: string[] = []
    const by = open({
      resolve: async (host) => {
        asked.push(host)
        return answers[asked.length - 1] ?? ['127.0.0.1']
      },
      stage: {
        ca: certificate,
        port,
        addressOf: (address) => {
          reached.push(address)
          return '127.0.0.1'
        },
      },
    })
    expect(await send({}, by)).toMatchObject({ kind: 'answered' })
    expect(asked).toEqual(['api.example.com'])
    expect(reached).toEqual([farAway])
  })

  it('knows no host that has no address', async () => {
    const by = open({ resolve: async () => [] })
    expect(await send({}, by)).toMatchObject({ reason: 'unreachable' })
  })

  it('believes nobody without the certificate of that name', async () => {
    expect(await send({ host: 'other.example.com' })).toMatchObject({ reason: 'unreachable' })
    expect(await send({}, open({ stage: { port, addressOf: () => '127.0.0.1' } }))).toMatchObject({
      reason: 'unreachable',
    })
    expect(far.heard).toEqual([])
  })

  it.each(['127.0.0.1', 'localhost', '[::1]', 'api.example.com@127.0.0.1', 'api.example.com:22', '0x7f000001', ''])(
    'has no host %j',
    async (host) => {
      expect(await send({ host })).toEqual({ kind: 'failed', reason: 'unreachable', detail: 'host_refused' })
    },
  )

  it.each([
    '',
    'v1',
    '//evil.example.com/',
    '/\\evil.example.com',
    '/a b',
    '/a\r\nx: y',
    '/a#b',
    'https://evil.example.com/',
    '@evil.example.com',
    '/票',
  ])('has no path %j', async (path) => {
    expect(await send({ request: { method: 'GET', path } })).toEqual({
      kind: 'failed',
      reason: 'refused',
      detail: 'path_refused',
    })
    expect(asked).toEqual([])
  })

  it('keeps within the host, however the path climbs', async () => {
    await send({ request: { method: 'GET', path: '/a/../../b/%2e%2e/c' } })
    expect(far.heard[0]).toMatchObject({ url: '/c' })
  })

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
    far.answering = (_request, response) => response.writeHead(status, { location: `https://127.0.0.1:${port}/` }).end()
    expect(await send()).toEqual({ kind: 'failed', reason: 'refused', detail: `status_${status}` })
    expect(far.heard).toHaveLength(1)
  })

  it.each([400, 404, 500, 503])('takes a status of %i for a refusal', async (status) => {
    far.answering = (_request, response) => response.writeHead(status).end('{}')
    expect(await send()).toMatchObject({ reason: 'refused', detail: `status_${status}` })
  })

  it.each([
    ['is no JSON', '<html>', 'not_json'],
    ['is cut', '{"a":', 'not_json'],
    ['is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not_json'],
    ['is too large', `"${'x'.repeat(64 * 1024)}"`, 'too_large'],
  ])('takes nothing that %s', async (_what, body, detail) => {
    far.answering = (_request, response) => response.end(body)
    expect(await send()).toEqual({ kind: 'failed', reason: 'malformed', detail })
  })

  it('reads an empty answer as nothing, and one of just 64 kB whole', async () => {
    far.answering = (_request, response) => response.writeHead(204).end()
    expect(await send()).toEqual({ kind: 'answered', data: null })
    const most = 'x'.repeat(64 * 1024 - 2)
    far.answering = (_request, response) => response.end(`"${most}"`)
    expect(await send()).toEqual({ kind: 'answered', data: most })
  })

  it('opens no packed answer', async () => {
    far.answering = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    expect(await send()).toMatchObject({ reason: 'malformed', detail: 'encoded' })
  })

  it('stops reading what never ends', async () => {
    far.answering = (_request, response) => {
      const drip = setInterval(() => response.write('x'.repeat(16 * 1024)), 1)
      response.on('close', () => clearInterval(drip))
    }
    expect(await send()).toMatchObject({ reason: 'malformed', detail: 'too_large' })
  })

  it.each([
    ['says nothing', () => undefined],
    ['drips', (response: { write(text: string): unknown }) => void response.write('{')],
  ])('waits for its deadline and no longer when the other side %s', async (_what, begin) => {
    far.answering = (_request, response) => begin(response)
    expect(await send({ deadlineMs: 199.5 })).toEqual({ kind: 'failed', reason: 'late', detail: 'deadline' })
  })

  it('sends at most 64 kB', async () => {
    const request = { method: 'POST', path: '/', body: 'x'.repeat(64 * 1024) } as const
    expect(await send({ request })).toMatchObject({ reason: 'refused', detail: 'request_too_large' })
  })

  it('reaches a port of this machine over plain HTTP, under the name that stands for it', async () => {
    const heard: (string | undefined)[] = []
    const near = createServer((request, response) => {
      heard.push(request.headers.host, request.url)
      response.end('[1]')
    })
    await new Promise<void>((resolve) => near.listen(0, '127.0.0.1', resolve))
    const by = open({ loopback: new Map([['shop.example.com', (near.address() as AddressInfo).port]]) })
    expect(await send({ host: 'shop.example.com' }, by)).toEqual({ kind: 'answered', data: [1] })
    expect(heard).toEqual(['shop.example.com', '/v1/fares?from=a+b&to=%26'])
    expect(asked).toEqual([])
    await by.close()
    await new Promise((resolve) => near.close(resolve))
  })

  it('reaches a port of this machine only under a name that was listed for it', async () => {
    const by = open({ loopback: new Map([['shop.example.com', 1]]), resolve: async () => ['127.0.0.1'] })
    expect(await send({ host: 'shop.example.com' }, by)).toMatchObject({ detail: 'no_connection' })
    expect(await send({}, by)).toMatchObject({ detail: 'address_refused' })
  })
})
