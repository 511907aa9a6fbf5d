import type { CredentialCell, SendOutcome } from '@inthread/sdk/channel'
import { afterAll, describe, expect, it } from 'vitest'
import { account, helloMessage, openTestAccount, openTestCell } from './csp-json-account.ts'
import { openNodeHttpClient } from './node-http-client.ts'
import { startOperatorStub, type StubAnswer, type StubRequest } from './operator-stub.ts'

const http = openNodeHttpClient()
afterAll(() => http.close())

const root = '/bot/v1/sip%3A106900000010001%40botplatform.rcs.vnet.cn'
const accepted = ({ body }: StubRequest): StubAnswer => ({
  json: { messageId: Object(body).messageId, errorCode: '0', errorMessage: 'success' },
})
const tokenCall = `${root}/accessToken`
const granted = (accessToken: string): StubAnswer => ({ json: { accessToken, expires: 7200, errorCode: '0' } })

/** Sends one message to a platform that answers its messages like this, and its sign-ins with tokens. */
async function sendTo(answer: StubAnswer, credential: CredentialCell = openTestCell('T1')): Promise<SendOutcome> {
  await using operator = await startOperatorStub(({ path }) => (path === tokenCall ? granted('T2') : answer))
  return await openTestAccount({ http, credential, serverRoot: operator.root }).send(helloMessage)
}

describe('send over HTTP', () => {
  it('signs in first, then sends with every header of the specification', async () => {
    await using operator = await startOperatorStub((request) =>
      request.path === tokenCall ? granted('T1') : accepted(request),
    )
    const door = openTestAccount({ http, credential: openTestCell(), serverRoot: `${operator.root}/` })
    expect(await door.send(helloMessage)).toEqual({ kind: 'sent', providerRef: helloMessage.id })
    expect(operator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST ${tokenCall}`,
      `POST ${root}/messages`,
    ])
    expect(operator.requests[0]?.body).toEqual({ appId: account.appId, appKey: account.appKey })
    expect(operator.requests[1]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json; charset=utf-8',
      date: 'Thu, 26 Mar 2026 01:30:00 GMT',
      authorization: 'accessToken T1',
      host: operator.root.replace('http://', ''),
    })
  })

  it.each([
    ['busy', { json: { errorCode: '-1' } }, /^operator\.-1:/],
    ['too many in a second', { json: { errorCode: 30003 } }, /^operator\.30003:/],
    ['too many', { status: 429, json: { errorCode: '45001' } }, /^operator\.45001:/],
    ['an undocumented code', { json: { errorCode: 99999 } }, /^operator\.99999:/],
    ['a bad gateway', { status: 502, text: '<html>bad gateway</html>' }, /^http\.502$/],
    ['broken JSON', { text: '{"errorCode":' }, /^operator\.unreadable:/],
    ['an empty answer', { text: '' }, /^operator\.unreadable:/],
    ['a line that breaks before the answer', 'hang-up', /^network\.no_answer$/],
    ['a line that breaks in the answer', 'half-answer', /^network\.no_answer$/],
  ] satisfies [string, StubAnswer, RegExp][])('keeps the message at %s', async (_name, answer, reason) => {
    const outcome = await sendTo(answer)
    expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringMatching(reason), afterMs: expect.any(Number) })
    expect(outcome).not.toMatchObject({ afterMs: 0 })
  })

  it.each([
    ['a wrong parameter', { json: { errorCode: 20002 } }],
    ['wrong content', { json: { messageId: helloMessage.id, errorCode: '40008', errorMessage: 'x' } }],
    ['wrong content with another status', { status: 400, json: { errorCode: '40021' } }],
    ['a rule of the operator', { json: { messageId: null, errorCode: '83996' } }],
    ['a restricted account', { json: { errorCode: 70001 } }],
    ['a path that is not there', { status: 404, text: 'not found' }],
  ] satisfies [string, StubAnswer][])('gives up at %s', async (_name, answer) => {
    expect(await sendTo(answer)).toMatchObject({ kind: 'rejected' })
  })

  it('keeps the message when nobody listens', async () => {
    const operator = await startOperatorStub(accepted)
    await operator[Symbol.asyncDispose]()
    const door = openTestAccount({ http, credential: openTestCell('T1'), serverRoot: operator.root })
    expect(await door.send(helloMessage)).toMatchObject({ kind: 'retry', reason: 'network.unreachable' })
  })

  it('takes the id that the platform names, and its own where it names none', async () => {
    const refFor = async (messageId: unknown) => sendTo({ json: { messageId, errorCode: 0 } })
    expect(await refFor('theirs')).toEqual({ kind: 'sent', providerRef: 'theirs' })
    expect(await refFor(null)).toEqual({ kind: 'sent', providerRef: helloMessage.id })
  })

  it('sends nothing that breaks the rules', async () => {
    await using operator = await startOperatorStub(accepted)
    const door = openTestAccount({ http, serverRoot: operator.root })
    const content = { kind: 'text', text: 'x'.repeat(2001), chips: [] } as const
    expect(await door.send({ ...helloMessage, content })).toEqual({
      kind: 'rejected',
      reason: 'rcc07: /messageList/0/contentText must have 1 to 2000 characters',
    })
    expect(await door.publishMenu([])).toEqual({
      kind: 'rejected',
      reason: 'rcc07: /menu/entries must have 1 to 5 entries (and 1 more)',
    })
    expect(operator.requests).toEqual([])
  })
})

describe('access tokens over HTTP', () => {
  it.each(['40014', 42001, '41001'])('are renewed once at %s, the message goes out again', async (errorCode) => {
    await using operator = await startOperatorStub((request) => {
      if (request.path === tokenCall) return granted('T2')
      return request.headers['authorization'] === 'accessToken T2' ? accepted(request) : { json: { errorCode } }
    })
    const credential = openTestCell('T1')
    const outcome = await openTestAccount({ http, credential, serverRoot: operator.root }).send(helloMessage)
    expect(outcome).toEqual({ kind: 'sent', providerRef: helloMessage.id })
    const [first, , second] = operator.requests
    expect(operator.requests).toHaveLength(3)
    expect(second?.body).toEqual(first?.body)
    expect(credential.obtained.map(({ value }) => value)).toEqual(['T2'])
  })

  it('keep the message when a fresh one is refused too, after one renewal', async () => {
    const credential = openTestCell('T1')
    expect(await sendTo({ json: { errorCode: 40014 } }, credential)).toMatchObject({
      kind: 'retry',
      reason: 'operator.40014: the access token is not valid, and neither is a fresh one',
    })
    expect(credential.obtained).toHaveLength(1)
  })

  it('that are not given keep the message and fail the probe', async () => {
    await using operator = await startOperatorStub(() => ({ json: { errorCode: '40001', errorMessage: 'x' } }))
    const door = openTestAccount({ http, serverRoot: operator.root })
    const reason = 'sign-in: operator.40001: appKey or token is wrong'
    expect(await door.send(helloMessage)).toEqual({ kind: 'retry', afterMs: 300_000, reason })
    expect(await door.probe()).toEqual({ kind: 'rejected', reason })
    expect(operator.requests.every(({ path }) => path === tokenCall)).toBe(true)
  })

  it.each([
    [{ json: { errorCode: 0 } }, 'sign-in: the answer has no usable accessToken'],
    [{ json: { errorCode: 0, accessToken: 'two\r\nlines' } }, 'sign-in: the answer has no usable accessToken'],
    [{ status: 503, text: '' }, 'http.503'],
    ['hang-up', 'network.no_answer'],
  ] satisfies [StubAnswer, string][])('that are not understood keep the message: %j', async (answer, reason) => {
    await using operator = await startOperatorStub(() => answer)
    const outcome = await openTestAccount({ http, serverRoot: operator.root }).send(helloMessage)
    expect(outcome).toMatchObject({ kind: 'retry', reason })
  })

  it.each([
    [7200, 7_140_000],
    ['7200', 7_140_000],
    [90, 45_000],
    [1, 500],
    [null, 7_140_000],
    [-5, 7_140_000],
  ])('of %j seconds are kept for %i ms', async (expires, livesMs) => {
    const credential = openTestCell()
    await using operator = await startOperatorStub(() => ({ json: { accessToken: 'T', expires, errorCode: 0 } }))
    await openTestAccount({ http, credential, serverRoot: operator.root }).probe()
    expect(credential.obtained).toEqual([{ value: 'T', livesMs }])
  })

  it('come once per expiry for 200 messages at once, and every message arrives once', async () => {
    let issued = 1
    const delivered: string[] = []
    await using operator = await startOperatorStub((request) => {
      if (request.path === tokenCall) return granted(`T${(issued += 1)}`)
      if (request.headers['authorization'] !== `accessToken T${issued}`) return { json: { errorCode: 42001 } }
      delivered.push(Object(request.body).messageId)
      return accepted(request)
    })
    const credential = openTestCell('T1')
    const door = openTestAccount({ http, credential, serverRoot: operator.root })
    const sendAll = (round: string) =>
      Promise.all(Array.from({ length: 200 }, (_, index) => door.send({ ...helloMessage, id: `${round}-${index}` })))

    issued = 5
    const first = await sendAll('a')
    issued = 9
    const second = await sendAll('b')
    expect([...first, ...second].every(({ kind }) => kind === 'sent')).toBe(true)
    expect(credential.obtained.map(({ value }) => value)).toEqual(['T6', 'T10'])
    expect(new Set(delivered).size).toBe(400)
    expect(delivered).toHaveLength(400)
  })
})

describe('what is not the operator’s doing', () => {
  it('is thrown: a cell that breaks is ours to mend', async () => {
    const find = () => Promise.reject(new Error('the database is gone'))
    const credential: CredentialCell = { ...openTestCell(), find }
    await expect(openTestAccount({ http, credential }).send(helloMessage)).rejects.toThrow('the database is gone')
  })

  it('is waited for when another process does not come back with a token', async () => {
    const renew = () =>
      Promise.reject(Object.assign(new Error(), { marker: 'inthread.fault', code: 'credential.not_renewed' }))
    const outcome = await openTestAccount({ http, credential: { ...openTestCell(), renew } }).send(helloMessage)
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'credential.not_renewed' })
  })
})
