import { listMenuProblems, listCtCuMenuProblems, listMessageProblems } from '@inthread/channels/rcc07'
import type { Inbound, Outbound, RenderedContent } from '@inthread/sdk/channel'
import { describe, expect, it } from 'vitest'
import { account, bodyOf, helloMessage, openScriptedHttp, openTestAccount, openTestCell } from './csp-json-account.ts'
import { bytesOf, getCtCuVector, listCtCuVectorIds } from './ct-cu-vector.ts'

const token = 'T0K-3f7c2a'
const signIn = getCtCuVector('01-access-token').response.body

const notBuilt = {
  '06-revoke': 'messages cannot be revoked yet',
  '07-media-upload': 'media are a later piece of work',
  '08-media-delete': 'media are a later piece of work',
}
const outbound = [
  '01-access-token',
  '02-send-text',
  '03-send-card-with-chips-and-sms-fallback',
  '04-send-error-schema',
  '05-send-error-token',
  '09-menu-update',
]

const from = '+8613800000001'
const conversationRef = 'c7b0a7f2-2f5f-4e2c-8f55-3c1f5d1b9a01'
const contributionRef = 'f2e1c7ce-1c40-4a86-9a4a-0a2d3f0e7b01'
const messageRef = '6a1e0d54-3f0e-4d0f-8d7a-5b6c2d9e1f02'
const message = (key: string, content: object) => ({
  kind: 'message',
  key,
  from,
  content,
  conversationRef,
  contributionRef,
})
const delivery = (state: string, suffix: string, reason?: string) => ({
  kind: 'delivery',
  key: `${messageRef}#${suffix}`,
  messageRef,
  state,
  reason,
})

const inbound: Readonly<Record<string, readonly object[]>> = {
  '21-inbound-text': [message('in-21-inbound-text', { kind: 'text', text: '查账单' })],
  '22-inbound-reply-tap': [
    message('in-22-inbound-reply-tap', { kind: 'tap', postback: 'act=pay&bill=W-2603-0231', label: '立即缴费' }),
  ],
  '23-inbound-file': [message('in-23-inbound-file', { kind: 'file', contentType: 'image/png' })],
  '24-inbound-location': [
    message('in-24-inbound-location', { kind: 'place', latitude: 31.2304, longitude: 121.4737, label: '人民广场支行' }),
  ],
  '30-status-delivered-displayed': [delivery('delivered', 'delivered'), delivery('displayed', 'displayed')],
  '32-status-failed-non-5g': [delivery('failed', 'failed#2', 'not_a_5g_messaging_user')],
  '34-status-revoke-ok': [delivery('revoked', 'revokeok')],
  '35-status-revoke-fail': [delivery('delivered', 'delivered'), delivery('revoke_failed', 'revokefail')],
}

function urlOf({ path }: { readonly path: string }): string {
  return `${account.serverRoot}${path}`
}

function requestOf(id: string) {
  const { method, path, headers, body } = getCtCuVector(id).request
  return { method, path, headers, body: bytesOf(body) }
}

describe('the recorded exchanges with China Telecom and China Unicom', () => {
  it('are all played, or named with the reason why not', () => {
    const calls = [...outbound, ...Object.keys(notBuilt)]
    const pushes = ['20-callback-url-validation', ...Object.keys(inbound), '40-check-media-pass']
    expect([...calls, ...pushes].sort()).toEqual(listCtCuVectorIds())
  })
})

describe('pushes', () => {
  const door = openTestAccount({ http: openScriptedHttp() })

  it.each(['20-callback-url-validation', ...Object.keys(inbound), '40-check-media-pass'])('%s is genuine', (id) => {
    const request = requestOf(id)
    expect(door.verify(request)).toEqual({ kind: 'genuine', replayKey: request.headers['nonce'] })
  })

  it('20-callback-url-validation is answered as recorded', () => {
    const { status, headers } = getCtCuVector('20-callback-url-validation').response
    expect(door.receive(requestOf('20-callback-url-validation'))).toEqual({ kind: 'answer', status, headers })
  })

  it.each(Object.entries(inbound))('%s is read', (id, items) => {
    expect(door.receive(requestOf(id))).toEqual({ kind: 'items', items })
  })

  it('40-check-media-pass is read as a report', () => {
    const reception = door.receive(requestOf('40-check-media-pass'))
    const [report]: readonly (Inbound | undefined)[] = reception.kind === 'items' ? reception.items : []
    expect(report).toMatchObject({
      kind: 'report',
      topic: 'audit_result',
      data: { type: 'media', result: 'pass', description: 'ok', time: '2026-03-26T09:31:00+08:00' },
    })
  })
})

describe('calls', () => {
  const content: RenderedContent = {
    kind: 'cards',
    cards: [
      {
        title: '三月水费账单',
        description: '户号 0231 本期应缴 86.40 元,请于 3 月 28 日前缴清。',
        suggestions: [
          { kind: 'reply', label: '立即缴费', postback: 'act=pay&bill=W-2603-0231' },
          { kind: 'reply', label: '稍后提醒', postback: 'act=remind&bill=W-2603-0231' },
        ],
      },
    ],
    chips: [{ kind: 'reply', label: '人工服务', postback: 'nav=agent' }],
  }

  async function send(message: Partial<Outbound>, ...answers: readonly unknown[]) {
    const http = openScriptedHttp(...answers)
    const credential = openTestCell(token)
    const outcome = await openTestAccount({ http, credential }).send({ ...helloMessage, ...message })
    return { outcome, requests: http.requests, credential }
  }

  it('01-access-token asks as recorded and keeps the token a little shorter than it lives', async () => {
    const { request } = getCtCuVector('01-access-token')
    const http = openScriptedHttp(signIn, { serviceName: '示例水务' })
    const credential = openTestCell()
    const outcome = await openTestAccount({ http, credential }).probe()
    expect(outcome).toEqual({ kind: 'sent', providerRef: account.chatbotId })
    const [asked, probed] = http.requests
    expect(asked).toMatchObject({ method: 'POST', url: urlOf(request), headers: request.headers })
    expect(asked?.headers).not.toHaveProperty('authorization')
    expect(asked && bodyOf(asked)).toEqual(request.body)
    expect(probed).toMatchObject({ method: 'GET', headers: { authorization: `accessToken ${token}` } })
    expect(credential.obtained).toEqual([{ value: token, livesMs: 7_140_000 }])
  })

  it('02-send-text is sent as recorded', async () => {
    const { request, response } = getCtCuVector('02-send-text')
    const id = '6a1e0d54-3f0e-4d0f-8d7a-5b6c2d9e1f01'
    const text: RenderedContent = { kind: 'text', text: '您好,这里是示例水务。', chips: [] }
    const { outcome, requests } = await send({ id, content: text }, response.body)
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: 'POST', url: urlOf(request), deadlineMs: 10_000 })
    expect(requests[0]?.headers).toEqual(request.headers)
    expect(requests[0] && bodyOf(requests[0])).toEqual(request.body)
    expect(outcome).toEqual({ kind: 'sent', providerRef: id })
  })

  it('03-send-card… is sent as recorded, but for the SMS that we never ask for', async () => {
    const { request, response } = getCtCuVector('03-send-card-with-chips-and-sms-fallback')
    const inReplyTo = 'f2e1c7ce-1c40-4a86-9a4a-0a2d3f0e7b00'
    const { outcome, requests } = await send({ id: messageRef, voice: 'bank', inReplyTo, content }, response.body)
    const { smsContent: _, ...recorded } = Object(request.body)
    expect(requests[0] && bodyOf(requests[0])).toEqual({ ...recorded, smsSupported: false })
    expect(outcome).toEqual({ kind: 'sent', providerRef: messageRef })
  })

  it('04-send-error-schema: our own rules find it first, and the operator has the last word', async () => {
    const { request, response } = getCtCuVector('04-send-error-schema')
    const [part] = Object(request.body).messageList
    expect(listMessageProblems(part.contentText).map(({ pointer }) => `#${pointer}`)).toEqual([
      Object(response.body).errorMessage.split(': ')[1],
    ])
    const { outcome } = await send({ content }, response.body)
    expect(outcome).toEqual({ kind: 'rejected', reason: 'operator.40008: the content breaks the message rules' })
  })

  it('05-send-error-token: renews once and sends the same message again', async () => {
    const { response } = getCtCuVector('05-send-error-token')
    const sent = getCtCuVector('02-send-text').response.body
    const { outcome, requests } = await send({}, response.body, { ...Object(signIn), accessToken: 'T0K-next' }, sent)
    const [refused, , repeated] = requests
    expect(requests.map(({ url }) => url.split('/').at(-1))).toEqual(['messages', 'accessToken', 'messages'])
    expect(repeated?.headers['authorization']).toBe('accessToken T0K-next')
    expect(repeated?.body).toEqual(refused?.body)
    expect(outcome.kind).toBe('sent')
  })

  it('09-menu-update: the recorded menu is lawful, and ours is published in the same form', async () => {
    const { request, response } = getCtCuVector('09-menu-update')
    expect([...listMenuProblems(request.body), ...listCtCuMenuProblems(request.body)]).toEqual([])
    const http = openScriptedHttp(response.body)
    const [water, power] = [
      { label: '水费', postback: 'nav=water' },
      { label: '电费', postback: 'nav=power' },
    ]
    const outcome = await openTestAccount({ http, credential: openTestCell(token) }).publishMenu([
      { kind: 'menu', label: '缴费', entries: [water, power] },
      { kind: 'reply', label: '人工服务', postback: 'nav=agent' },
    ])
    expect(outcome).toEqual({ kind: 'sent', providerRef: account.chatbotId })
    const [published] = http.requests
    expect(published).toMatchObject({ method: 'POST', url: urlOf(request), headers: request.headers })
    const [payments, , service] = Object(request.body).menu.entries
    expect(published && bodyOf(published)).toEqual({ menu: { entries: [payments, service] } })
  })
})
