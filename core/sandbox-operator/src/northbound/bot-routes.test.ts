import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textItem } from '../kit/bodies.ts'
import { appId, appKey, buildSend, callBot } from '../kit/scripted-csp.ts'
import { phone1, startKit, until } from '../kit/start-kit.ts'
import type { Kit } from '../kit/start-kit.ts'
import { getPair } from '../kit/vectors.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const keysOf = (value: unknown): string[] => Object.keys(value as object)

/** Sends a recorded request with a valid token in place of the recorded one. */
async function replay(start: string, token?: string) {
  const { request, response } = getPair(start)
  const headers = { ...request.headers, host: undefined, ...(token ? { authorization: `accessToken ${token}` } : {}) }
  const { httpStatus, ...answer } = await callBot(kit.url() + request.path, request.body, { headers })
  expect(httpStatus).toBe(response.status)
  return { answer, recorded: response.body as Record<string, unknown> }
}

describe('recorded pairs', () => {
  test('01 access token', async () => {
    const { answer, recorded } = await replay('01')
    expect(keysOf(answer).sort()).toEqual(keysOf(recorded).sort())
    expect(answer).toMatchObject({ expires: 7200, errorCode: '0', errorMessage: 'success' })
    expect(answer['url']).toBe(kit.url())
  })

  test.each(['02', '03', '06', '09'])('%s', async (start) => {
    const numeric = typeof (getPair(start).response.body as Record<string, unknown>)['errorCode'] === 'number'
    await kit.csp.register({ errorCodeStyle: numeric ? 'number' : 'string' })
    const { answer, recorded } = await replay(start, await kit.csp.token())
    expect(answer).toEqual(recorded)
    await kit.csp.register()
  })

  test('04 a body the schema refuses: code and ids', async () => {
    const { answer, recorded } = await replay('04', await kit.csp.token())
    expect(answer).toMatchObject({ messageId: recorded['messageId'], errorCode: recorded['errorCode'] })
    expect(answer['errorMessage']).toContain('#/message/generalPurposeCard/content/media/mediaFileSize')
  })

  test('05 a token nobody issued: code, and null for every id', async () => {
    const { answer, recorded } = await replay('05')
    expect(answer).toEqual(recorded)
  })
})

describe('what every call is checked for', () => {
  const items = [textItem('你好')]
  const send = () => buildSend({ chatbotId: kit.csp.chatbotId, phone: phone1, items }, {})

  test.each([
    ['accept', { accept: undefined }],
    ['date', { date: undefined }],
    ['a date that is none', { date: 'yesterday' }],
    ['authorization', { authorization: undefined }],
  ])('missing %s is 41001', async (_name, headers) => {
    await kit.csp.token()
    // fetch adds an accept header of its own unless one is given: an empty one counts as missing.
    const sent = { ...headers, ...('accept' in headers ? { accept: '' } : {}) }
    const answer = await kit.csp.call('/messages', send(), { headers: sent })
    expect(answer).toMatchObject({ httpStatus: 200, errorCode: '41001', messageId: null })
  })

  test('the bare token is taken too', async () => {
    const authorization = await kit.csp.token()
    expect(await kit.csp.call('/messages', send(), { headers: { authorization } })).toMatchObject({ errorCode: '0' })
  })

  test('what is not JSON, not registered, not a path, not a method', async () => {
    await kit.csp.token()
    expect(await kit.csp.call('/messages', {}, { rawBody: '{"a"' })).toMatchObject({ errorCode: '47001' })
    expect(await kit.csp.call('/messages', {}, { rawBody: '[]' })).toMatchObject({ errorCode: '47001' })
    expect(await kit.csp.call('/nothing', {})).toMatchObject({ errorCode: '20003' })
    expect(await kit.csp.call('/messages', {}, { method: 'GET' })).toMatchObject({ errorCode: '43001' })
    const other = `${kit.url()}/bot/v1/${encodeURIComponent('sip:1@x.cn')}/messages`
    expect(await callBot(other, send())).toMatchObject({ errorCode: '48001' })
    const version = `${kit.url()}/bot/v9/${encodeURIComponent(kit.csp.chatbotId)}/messages`
    expect(await callBot(version, send())).toMatchObject({ errorCode: '20003' })
  })

  test('the information of the chatbot can be read and changed', async () => {
    await kit.csp.token()
    await kit.csp.call('/update/chatBotInfo/optionals', { serviceDescription: '购票与改签' })
    const info = await kit.csp.call('/find/chatBotInfo', undefined, { method: 'GET' })
    expect(info).toMatchObject({
      accessNo: '106900000010001',
      domain: 'botplatform.rcs.vnet.cn',
      serviceName: '北方铁路',
      serviceDescription: '购票与改签',
      verified: true,
      status: 0,
    })
    const long = await kit.csp.call('/update/chatBotInfo/optionals', { serviceDescription: '长'.repeat(501) })
    expect(long).toMatchObject({ errorCode: '20002' })
  })

  test('a menu update is audited, and the result is pushed', async () => {
    await kit.csp.token()
    const before = kit.csp.pushes.received.length
    const { body } = getPair('09').request
    await kit.csp.call('/update/chatBotInfo/menu', body)
    const push = await until('the audit', () =>
      kit.csp.pushes.received.slice(before).find(({ path }) => path.endsWith('/check')),
    )
    expect(push.path).toBe(`/notifyInfoNotification/${encodeURIComponent(kit.csp.chatbotId)}/check`)
    expect(push.body).toMatchObject({ type: 'chatbotInformation', result: 'pass' })
  })

  test('credentials of a token call', async () => {
    expect(await kit.csp.call('/accessToken', { appKey })).toMatchObject({ errorCode: '41002' })
    expect(await kit.csp.call('/accessToken', { appId })).toMatchObject({ errorCode: '41004' })
    expect(await kit.csp.call('/accessToken', { appId, appKey: 'x' })).toMatchObject({ errorCode: '40001' })
  })
})
