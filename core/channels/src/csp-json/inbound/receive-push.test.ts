import type { Inbound, Reception } from '@inthread/sdk/channel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleSettings } from '../sample-settings.ts'
import { receivePush } from './receive-push.ts'

const chatbot = encodeURIComponent(sampleSettings.chatbotId)
const messages = `/messageNotification/${chatbot}/messages`
const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))
const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(textOf(body))

function receive(path: string, body: unknown, headers: Record<string, string> = {}): Reception {
  return receivePush({ method: 'POST', path, headers, body: bytes(body) }, sampleSettings)
}

function itemsOf(reception: Reception): readonly Inbound[] {
  if (reception.kind !== 'items') throw new Error(JSON.stringify(reception))
  return reception.items
}

const push = (parts: unknown, more: object = {}) => ({
  messageId: 'in-1',
  messageList: parts,
  senderAddress: 'tel:+8613800000001',
  conversationId: 'conv-1',
  contributionId: 'contrib-1',
  ...more,
})
const part = (contentType: string, contentText: unknown, more: object = {}) => ({ contentType, contentText, ...more })
const contentsOf = (parts: unknown) =>
  itemsOf(receive(messages, push(parts))).map((item) => (item.kind === 'message' ? item.content : item.kind))
const tapType = 'application/vnd.gsma.botsuggestion.response.v1.0+json'
const tapBody = { response: { reply: { displayText: '立即缴费', postback: { data: 'act=pay' } } } }

describe('receivePush: where a push goes', () => {
  it('answers the address check with the word of the operator and our appId', () => {
    const request = { method: 'GET', path: '/notifyPath', headers: { echostr: '8f1e77d0' }, body: new Uint8Array() }
    expect(receivePush(request, sampleSettings)).toEqual({
      kind: 'answer',
      status: 200,
      headers: { echoStr: '8f1e77d0', appId: 'demoAppId01' },
    })
    expect(receivePush({ ...request, headers: {} }, sampleSettings).kind).toBe('malformed')
  })

  it('finds the chatbot in the path percent-encoded, in any spelling of it, or plain', () => {
    for (const address of [chatbot, chatbot.toLowerCase(), sampleSettings.chatbotId]) {
      expect(receive(`/messageNotification/${address}/messages`, push([part('text/plain', 'hi')])).kind).toBe('items')
    }
  })

  it.each([
    '/messageNotification/sip%3A106900000010002%40botplatform.rcs.vnet.cn/messages',
    '/messageNotification/%E0%A4%A/messages',
    '/messageNotification//messages',
    `/messageNotification/${chatbot}`,
    `/messageNotification/${chatbot}/messages/`,
    `/messageNotification/${chatbot}/status`,
    `/deliveryNotification/${chatbot}/messages`,
    `/__proto__/${chatbot}/constructor`,
    '/notifyPath',
    '/',
    '',
  ])('knows nothing at POST %s', (path) => {
    expect(receive(path, push([part('text/plain', 'hi')]))).toEqual({ kind: 'not_found' })
  })

  it('takes pushes by POST only', () => {
    const request = { method: 'GET', path: messages, headers: {}, body: bytes(push([part('text/plain', 'hi')])) }
    expect(receivePush(request, sampleSettings)).toEqual({ kind: 'not_found' })
  })
})

describe('receivePush: messages', () => {
  it('reads a text with everything an answer needs', () => {
    expect(itemsOf(receive(messages, push([part('text/plain', '查账单', { contentEncoding: 'utf8' })])))).toEqual([
      {
        kind: 'message',
        key: 'in-1',
        from: '+8613800000001',
        content: { kind: 'text', text: '查账单' },
        conversationRef: 'conv-1',
        contributionRef: 'contrib-1',
      },
    ])
  })

  it('gives every part an item and a key of its own', () => {
    const parts = [part('text/plain', 'a'), part(tapType, tapBody), part('image/gif', 'x')]
    const items = itemsOf(receive(messages, push(parts)))
    expect(items.map(({ key }) => key)).toEqual(['in-1', 'in-1#2', 'in-1#3'])
  })

  it('follows the misprints and habits of platforms', () => {
    const misprinted = { contenType: 'text/plain; charset=utf-8', contentEncoding: 'UTF-8', contentText: 'hi' }
    const destinationAddress = ['sip:x@y', 'sip:z@y']
    const body = push(misprinted, { dataTime: '2020-01-17T14:42:20.840+08:00', destinationAddress })
    const headers = { 'content-type': 'multipart/form-data' }
    const [item] = itemsOf(receive(messages, body, headers))
    expect(item).toMatchObject({ kind: 'message', content: { kind: 'text', text: 'hi' } })
  })

  it('reads numbers as ids and leaves absent references open', () => {
    const body = { ...push([part('text/plain', 'hi')]), messageId: 42, conversationId: null, contributionId: '' }
    const [item] = itemsOf(receive(messages, body))
    expect(item).toMatchObject({ key: '42', conversationRef: undefined, contributionRef: undefined })
  })

  it('reads a tap, as object, as JSON text, in base64, on a reply or an action, with or without postback', () => {
    const tap = { kind: 'tap', postback: 'act=pay', label: '立即缴费' }
    const packed = Buffer.from(JSON.stringify(tapBody)).toString('base64')
    const action = { response: { action: { displayText: '发送位置' } } }
    expect(
      contentsOf([
        part(tapType, tapBody),
        part(tapType, JSON.stringify(tapBody)),
        part(tapType, packed, { contentEncoding: 'base64' }),
        part(tapType, tapBody, { contentEncoding: 'base64' }),
        part(tapType, action),
        part(tapType, { response: { reply: { postback: { data: 'act=pay' } } } }),
      ]),
    ).toEqual([
      tap,
      tap,
      tap,
      tap,
      { kind: 'tap', postback: '', label: '发送位置' },
      { kind: 'tap', postback: 'act=pay', label: '' },
    ])
  })

  it('reads text in base64', () => {
    const packed = Buffer.from('您好').toString('base64')
    const [content] = contentsOf([part('text/plain', packed, { contentEncoding: 'base64' })])
    expect(content).toEqual({ kind: 'text', text: '您好' })
  })

  it('reads a file by its own type, not by that of its thumbnail', () => {
    const files = [
      { type: 'thumbnail', contentType: 'image/png' },
      { type: 'file', contentType: 'Audio/AMR' },
    ]
    const type = 'application/vnd.gsma.rcs-ft-http'
    const alone = { url: 'https://x' }
    expect(contentsOf([part(type, files), part(type, JSON.stringify(files)), part(type, alone)])).toEqual([
      { kind: 'file', contentType: 'audio/amr' },
      { kind: 'file', contentType: 'audio/amr' },
      { kind: 'file', contentType: 'application/octet-stream' },
    ])
  })

  it('keeps what it does not know as other', () => {
    expect(
      contentsOf([
        part('application/vnd.gsma.botsharedclientdata.v1.0+json', { sharedData: {} }),
        part('Application/X-New; v=2', [[1]]),
        part('text/plain', 'hi', { contentEncoding: 'utf16' }),
        part('text/plain', 'hi', { contentEncoding: { toString: 1 } }),
      ]),
    ).toEqual([
      { kind: 'other', contentType: 'application/vnd.gsma.botsharedclientdata.v1.0+json' },
      { kind: 'other', contentType: 'application/x-new' },
      { kind: 'other', contentType: 'text/plain' },
      { kind: 'other', contentType: 'text/plain' },
    ])
  })
})

describe('receivePush: what is malformed', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const hi = [part('text/plain', 'hi')]

  it.each([
    ['the body must be JSON', '{"messageId":'],
    ['the body must be an object', '[]'],
    ['/messageId is missing', ''],
    ['/messageId is missing', push(hi, { messageId: null })],
    ['/messageId must be text of at most 128 characters', push(hi, { messageId: 'x'.repeat(129) })],
    ['/messageId must be text of at most 128 characters', push(hi, { messageId: { a: 1 } })],
    ['/messageList must be a list with at least one entry', push([])],
    ['/messageList must be a list with at least one entry', push('secret')],
    ['/messageList/1 must be an object', push([...hi, 'secret'])],
    ['/messageList/0/contentType must be a media type', push([{ contentText: 'secret' }])],
    ['/messageList/0/contentText must be text', push([part('text/plain', { secret: 1 })])],
    ['/messageList/0/contentText must be base64', push([part('text/plain', 'secret!', { contentEncoding: 'base64' })])],
    ['/messageList/0/contentText must be UTF-8', push([part('text/plain', '/w==', { contentEncoding: 'base64' })])],
    ['/messageList/0/contentText must be JSON', push([part(tapType, 'secret')])],
    ['/messageList/0/contentText/response must be an object', push([part(tapType, { secret: 1 })])],
    ['/messageList/0/contentText/response/action must be an object', push([part(tapType, { response: {} })])],
    [
      '/messageList/0/contentText/response/reply/postback/data must be text',
      push([part(tapType, { response: { reply: { postback: { data: 7 } } } })]),
    ],
  ])('says %s', (problem, body) => {
    expect(receive(messages, body)).toEqual({ kind: 'malformed', problem })
  })

  it.each([
    'tel:13800000001',
    'sip:+8613800000001@x',
    '+8613800000001',
    'tel:+8613800000001;ext=secret',
    'tel:+0861',
    7,
    null,
  ])('takes no sender like %s, and does not repeat it', (senderAddress) => {
    expect(receive(messages, push(hi, { senderAddress }))).toEqual({
      kind: 'malformed',
      problem: '/senderAddress must be tel: with a number in E.164 form, like tel:+86…',
    })
  })

  it('refuses broken UTF-8', () => {
    const body = new Uint8Array([0x7b, 0xff, 0x7d])
    expect(receivePush({ method: 'POST', path: messages, headers: {}, body }, sampleSettings)).toEqual({
      kind: 'malformed',
      problem: 'the body must be UTF-8',
    })
  })

  it('bounds the depth, of the body and of JSON inside a text', () => {
    const around = JSON.stringify(push([part('x/y', null)]))
    const deep = (depth: number) => receive(messages, around.replace('null', nested(depth)))
    expect(deep(17).kind).toBe('items')
    expect(deep(18)).toEqual({ kind: 'malformed', problem: 'the body must not be nested deeper than 20 levels' })
    expect(deep(30_000).kind).toBe('malformed')
    expect(receive(messages, push([part(tapType, nested(21))]))).toEqual({
      kind: 'malformed',
      problem: '/messageList/0/contentText must not be nested deeper than 20 levels',
    })
  })

  it.each(['{"__proto__":{"a":1}}', '{"a":[{"constructor":1}]}', '{"\\u005f_proto__":1}'])(
    'refuses the keys in %s',
    (inner) => {
      const need = 'must not have a key named __proto__ or constructor'
      const around = JSON.stringify(push([part('x/y', null)]))
      const bodies = [around.replace('null', inner), push([part(tapType, inner)])]
      expect(bodies.map((body) => receive(messages, body))).toEqual([
        { kind: 'malformed', problem: `the body ${need}` },
        { kind: 'malformed', problem: `/messageList/0/contentText ${need}` },
      ])
    },
  )

  it('lets the words stand in values', () => {
    expect(contentsOf([part('text/plain', '{"__proto__":1} constructor')])).toHaveLength(1)
  })
})

describe('receivePush: arbitrary input', () => {
  const paths = fc.constantFrom(
    messages,
    `/deliveryNotification/${chatbot}/status`,
    `/notifyInfoNotification/${chatbot}/check`,
    `/notifyInfoNotification/${chatbot}/notice/rcsspam`,
    `/notifyInfoNotification/${chatbot}/notice/informationChange`,
  )
  const path = fc.oneof(paths, fc.webPath(), fc.string())

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(path, fc.uint8Array({ maxLength: 200 }), (where, body) => {
        const request = { method: 'POST', path: where, headers: {}, body }
        expect(['items', 'malformed', 'not_found']).toContain(receivePush(request, sampleSettings).kind)
      }),
    )
  })

  it('never throws, whatever stands in the fields of a message, and never quotes it', () => {
    const types = fc.constantFrom('text/plain', tapType, 'application/vnd.gsma.rcs-ft-http', 'x/y')
    const somePart = fc.record(
      {
        contentType: fc.oneof(types, fc.jsonValue()),
        contentEncoding: fc.oneof(fc.constantFrom('utf8', 'base64'), fc.jsonValue()),
        contentText: fc.oneof(fc.string(), fc.jsonValue(), fc.json()),
      },
      { requiredKeys: [] },
    )
    const marked = fc.constant('SECRET-MARK')
    const body = fc.record(
      {
        messageId: fc.oneof(fc.uuid(), fc.jsonValue()),
        messageList: fc.oneof(fc.array(fc.oneof(somePart, marked)), fc.jsonValue()),
        senderAddress: fc.oneof(fc.constant('tel:+8613800000001'), marked, fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(body, (given) => {
        const reception = receive(messages, given)
        expect(['items', 'malformed']).toContain(reception.kind)
        if (reception.kind === 'malformed') expect(reception.problem).not.toContain('SECRET-MARK')
      }),
      { numRuns: 500 },
    )
  })

  it('reads again the very text that a phone wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (written, inBase64) => {
        fc.pre(!written.startsWith('geo:'))
        const contentText = inBase64 ? Buffer.from(written).toString('base64') : written
        const contentEncoding = inBase64 ? 'base64' : 'utf8'
        const [content] = contentsOf([part('text/plain', contentText, { contentEncoding })])
        expect(content).toEqual({ kind: 'text', text: written })
      }),
    )
  })
})
