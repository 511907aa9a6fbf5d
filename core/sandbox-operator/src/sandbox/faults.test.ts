import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { textItem } from '../kit/bodies.ts'
import type { Json } from '../kit/scripted-csp.ts'
import { phone1, startKit, until } from '../kit/start-kit.ts'
import type { Kit } from '../kit/start-kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
beforeEach(() => kit.csp.token())
afterAll(() => kit.close())

const make = (operation: string, kind: string, more: Json = {}): Promise<Json> =>
  kit.control('POST', '/sandbox/faults', { match: { operation }, times: 1, do: kind, ...more })
let number = 0
const nextId = (): string => `fault-${++number}`
const send = (messageId: string): Promise<Json> => kit.csp.send(phone1, [textItem('你好')], { messageId })
const isOnPhone = async (messageId: string): Promise<boolean> =>
  (await kit.threads(phone1)).some(({ messages }) => messages.some(({ id }) => id === messageId))
const say = async (text: string): Promise<string> =>
  String((await kit.control('POST', '/sandbox/say', { from: phone1, to: '10690001', text }))['messageId'])
const pushesOf = (messageId: string) => kit.csp.messages().filter(({ body }) => body?.messageId === messageId)

describe('faults of a send', () => {
  test.each([
    ['timeout-before', false],
    ['timeout-after', true],
  ])('%s: no answer, effect %s; asking again heals it', async (kind, effect) => {
    const id = nextId()
    await make('send', kind)
    const controller = new AbortController()
    const asked = send(id).catch((cause: unknown) => cause)
    setTimeout(() => controller.abort(), 1)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await isOnPhone(id)).toBe(effect)
    expect(await asked).toBeInstanceOf(Error)
    expect(await send(id)).toMatchObject({ errorCode: '0' })
    expect(await isOnPhone(id)).toBe(true)
  })

  test.each([
    ['500-before', false],
    ['500-after', true],
  ])('%s: an HTTP 500, effect %s', async (kind, effect) => {
    const id = nextId()
    await make('send', kind)
    await expect(send(id)).rejects.toThrow(/JSON/)
    expect(await isOnPhone(id)).toBe(effect)
  })

  test('malformed: effect, and an answer that is cut off', async () => {
    const id = nextId()
    await make('send', 'malformed')
    await expect(send(id)).rejects.toThrow(/JSON/)
    expect(await isOnPhone(id)).toBe(true)
  })

  test('slow: effect, and an answer that takes its time', async () => {
    const id = nextId()
    await make('send', 'slow', { delayMs: 300 })
    const asked = performance.now()
    expect(await send(id)).toMatchObject({ errorCode: '0' })
    expect(performance.now() - asked).toBeGreaterThanOrEqual(295)
  })

  test('code: the code, as often as told, and no effect', async () => {
    const id = nextId()
    await make('send', 'code', { errorCode: 30003, times: 2 })
    expect(await send(id)).toMatchObject({ errorCode: '30003', messageId: id })
    expect(await send(id)).toMatchObject({ errorCode: '30003' })
    expect(await isOnPhone(id)).toBe(false)
    expect(await send(id)).toMatchObject({ errorCode: '0' })
  })

  test('token-expired: 42001 until a new token is fetched', async () => {
    const id = nextId()
    await make('send', 'token-expired')
    expect(await send(id)).toMatchObject({ errorCode: '42001', messageId: null })
    expect(await send(id)).toMatchObject({ errorCode: '42001' })
    await kit.csp.token()
    expect(await send(id)).toMatchObject({ errorCode: '0' })
  })

  test('other operations have theirs', async () => {
    await make('token', 'code', { errorCode: -1 })
    expect(await kit.csp.call('/accessToken', {})).toMatchObject({ errorCode: '-1' })
    await kit.csp.token()
    await make('revoke', 'code', { errorCode: 45001 })
    expect(await kit.csp.call('/revoke', { messageId: 'x' })).toMatchObject({ errorCode: '45001', messageId: 'x' })
    await make('menu', 'code', { errorCode: 45001 })
    expect(await kit.csp.call('/update/chatBotInfo/menu', {})).toMatchObject({ errorCode: '45001' })
  })
})

describe('faults of a callback', () => {
  test.each([
    ['timeout-before', 1],
    ['500-before', 1],
    ['timeout-after', 2],
    ['500-after', 2],
    ['duplicate-callback', 2],
  ])('%s: the platform sees it %i times', async (kind, times) => {
    await make('callback', kind)
    const id = await say(kind)
    const after = await until('what follows', async () => {
      const follower = await say('下一条')
      return until('it', () => pushesOf(follower)[0])
    })
    expect(after.body?.messageId).not.toBe(id)
    expect(pushesOf(id)).toHaveLength(times)
    expect(new Set(pushesOf(id).map(({ headers }) => headers['nonce'])).size).toBe(1)
  })

  test('slow: it comes late', async () => {
    await make('callback', 'slow', { delayMs: 250 })
    const asked = performance.now()
    const id = await say('慢')
    const push = await until('it', () => pushesOf(id)[0])
    expect(push.at - asked).toBeGreaterThanOrEqual(245)
  })

  test('malformed: a broken one under a nonce of its own, then the whole one', async () => {
    await make('callback', 'malformed')
    const before = kit.csp.pushes.received.length
    const id = await say('坏了')
    const whole = await until('it', () => pushesOf(id)[0])
    const broken = kit.csp.pushes.received.slice(before).find(({ body }) => body === undefined)
    expect(broken?.signatureHolds).toBe(true)
    expect(broken?.headers['nonce']).not.toBe(whole.headers['nonce'])
    expect(whole.text.startsWith(broken?.text ?? '-')).toBe(true)
  })

  test('drop-callback: it never comes, what follows does', async () => {
    await make('callback', 'drop-callback')
    const lost = await say('丢')
    const kept = await say('不丢')
    await until('the next', () => pushesOf(kept)[0])
    expect(pushesOf(lost)).toHaveLength(0)
    const wire = await kit.control('GET', `/sandbox/wire?messageId=${lost}`)
    expect((wire['callbacks'] as { progress: string }[])[0]?.progress).toBe('dropped')
  })

  test('reorder-callbacks: the group comes newest first, the next one after it', async () => {
    await make('callback', 'reorder-callbacks', { times: 3 })
    const ids = [await say('1'), await say('2'), await say('3'), await say('4')]
    await until('all', () => ids.every((id) => pushesOf(id)[0]))
    const order = kit.csp
      .messages()
      .map(({ body }) => body?.messageId ?? '')
      .filter((id) => ids.includes(id))
    expect(order.map((id) => ids.indexOf(id) + 1)).toEqual([3, 2, 1, 4])
  })

  test('reorder-callbacks with too few to fill the group lets them go after a while', async () => {
    await make('callback', 'reorder-callbacks', { times: 5 })
    const ids = [await say('1'), await say('2')]
    await until('both', () => ids.every((id) => pushesOf(id)[0]))
    const order = kit.csp
      .messages()
      .map(({ body }) => body?.messageId ?? '')
      .filter((id) => ids.includes(id))
    expect(order).toEqual(ids.toReversed())
    await kit.control('DELETE', '/sandbox/faults')
  })
})

describe('the control itself', () => {
  test('lists what is left and forgets it', async () => {
    await make('send', 'code', { errorCode: 30003, times: 4 })
    const { faults } = await kit.control('GET', '/sandbox/faults')
    expect(faults).toMatchObject([{ match: { operation: 'send' }, do: 'code', times: 4, errorCode: 30003 }])
    expect(await kit.control('DELETE', '/sandbox/faults')).toMatchObject({ faults: [] })
    expect(await send(nextId())).toMatchObject({ errorCode: '0' })
  })

  test.each([
    [{ match: { operation: 'send' }, do: 'drop-callback' }, '/body/do'],
    [{ match: { operation: 'callback' }, do: 'code', errorCode: 1 }, '/body/do'],
    [{ match: { operation: 'send' }, do: 'code' }, '/body/errorCode'],
    [{ match: { operation: 'post' }, do: 'slow' }, '/body/match/operation'],
    [{ match: { operation: 'send' }, do: 'explode' }, '/body/do'],
    [{ match: { operation: 'send' } }, '/body'],
    [{ match: { operation: 'send' }, do: 'slow', often: 3 }, '/body'],
  ])('bad input %j is refused with its place', async (body, where) => {
    const answer = await kit.control('POST', '/sandbox/faults', body)
    expect(answer['httpStatus']).toBe(400)
    const error = answer['error'] as { where: string; message: string; remedy: string }
    expect(error.where).toBe(where)
    expect(error.message.length * error.remedy.length).toBeGreaterThan(0)
  })
})
