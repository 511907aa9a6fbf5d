import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countRows, readRows, type HouseRows } from '../faults/kit/rows.store.ts'
import { OtherOperator } from '../kit/outside/other-operator.ts'
import { railBot } from '../kit/phone.ts'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import {
  callbackToken,
  mark,
  nest,
  openSecondBank,
  paths,
  pourTenMegabytes,
  tapType,
  tenMegabytes,
  textPart,
  Visitor,
  writeMessage,
  writeMessageWith,
  writeNotice,
  type Answer,
  type Knock,
  type KnockRow,
  type SecondBank,
} from './door-knocks.ts'

const account = { chatbotId: railBot, appId: 'northern-rail', appKey: mark, callbackToken }
const tenMinutesSec = 600
const soonMs = 3000

/** Bytes that are still held when everything that can be forgotten is. */
function measureKept(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return arrayBuffers + heapUsed
}

describeOnEachDatabase('bad input at the doors', (open) => {
  const strangerKey = generateKeyPairSync('ed25519').privateKey
  let visitor: Visitor
  let sandbox: Sandbox
  let operator: OtherOperator
  let bank: SecondBank

  beforeAll(async () => {
    operator = await OtherOperator.open(account)
    bank = await openSecondBank()
    sandbox = await openSandbox({ database: await open(), change: ({ banks }) => void banks.push(bank.definition) })
    visitor = new Visitor(sandbox.house.url)
  })
  afterAll(async () => {
    await sandbox.stop()
    await operator.close()
    await bank.close()
  })

  const knock = (asked: Knock): Promise<Answer> => visitor.knock(asked)
  const read = (): Promise<HouseRows> => readRows(sandbox.house.store)

  /** Neither a conversation nor a notice is there that was not there before. */
  async function expectRefusal(status: number, asked: Knock): Promise<void> {
    const count = () => countRows(sandbox.house.store, ['conversation', 'notice'])
    const before = await count()
    const answer = await knock(asked)
    expect(answer.status).toBe(status)
    // Whoever is not believed is told nothing; whoever is mistaken, what is amiss and what to do, in our words alone.
    if (status === 403) expect(answer.body).toBe('')
    else
      expect(JSON.parse(answer.body)).toMatchObject({ status, detail: expect.any(String), remedy: expect.any(String) })
    expect(answer.body).not.toContain(mark)
    expect(await count()).toEqual(before)
  }

  const signed = (ageSec = 0, token = callbackToken) => operator.sign({ algorithm: 'sha256', ageSec, token })
  const push = (body: Knock['body'] & {}, path = paths.messages): Knock => ({ path, body, headers: signed() })
  const hello = (path = paths.messages): Knock => push(writeMessage(textPart), path)
  const atTheOperatorsDoor: readonly KnockRow[] = [
    ['unsigned', 403, () => ({ ...hello(), headers: {} })],
    ['signed with another token', 403, () => ({ ...hello(), headers: signed(0, mark) })],
    ['ten minutes old', 403, () => ({ ...hello(), headers: signed(tenMinutesSec) })],
    ['ten minutes early', 403, () => ({ ...hello(), headers: signed(-tenMinutesSec) })],
    ['malformed and unsigned', 403, () => ({ path: paths.messages, body: `{"${mark}` })],
    ['for no account', 404, () => hello(paths.messages.replace('.ct', `.${mark}`))],
    ['for no tenant', 404, () => hello(paths.messages.replace('northern-rail', mark))],
    ['for a name out of prototypes', 404, () => hello('/in/__proto__.toString/messageNotification/x/messages')],
    ['of no known kind', 404, () => hello(paths.messages.replace('messageNotification', mark))],
    ['ten megabytes, signed', 413, () => push(tenMegabytes)],
    ['no JSON', 400, () => push(`{"messageId":"${mark}`)],
    ['no UTF-8', 400, () => push(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['without a sender', 400, () => push(writeMessage(textPart, { senderAddress: mark }))],
    ['with a key __proto__', 400, () => push(writeMessageWith(`{"__proto__":{"polluted":"${mark}"}}`))],
    ['with a key constructor', 400, () => push(writeMessageWith(`{"constructor":{"polluted":"${mark}"}}`))],
    ['a hundred thousand levels deep', 400, () => push(writeMessageWith(nest(100_000)))],
    ['deep inside of a text', 400, () => push(writeMessage({ contentType: tapType, contentText: nest(100_000) }))],
  ]

  describe('of the operator', () => {
    it.each(atTheOperatorsDoor)('a push that is %s gets %i and leaves nothing', (_name, status, build) =>
      expectRefusal(status, build()),
    )

    it('ten megabytes of unknown length, again and again, take neither time nor memory', async () => {
      const before = measureKept()
      for (let nth = 0; nth < 20; nth += 1) {
        const startedMs = performance.now()
        expect(await knock(push(pourTenMegabytes()))).toMatchObject({
          status: 413,
          body: expect.stringContaining('large'),
        })
        expect(performance.now() - startedMs).toBeLessThan(soonMs)
      }
      // The caller's own half of what was poured goes when its connections have closed.
      await expect.poll(() => measureKept() - before, { timeout: 10_000, interval: 200 }).toBeLessThan(20_000_000)
    })

    const tap = { response: { reply: { displayText: mark, postback: { data: mark } } } }
    const unsupported = '暂时只能识别文字和按钮'
    it.each<readonly [name: string, part: object, reply: string]>([
      ['of an unknown type', { contentType: `application/${mark}`, contentText: { a: [mark] } }, unsupported],
      ['of a type that is none', { contentType: mark, contentEncoding: mark }, unsupported],
      ['in an unknown encoding', { ...textPart, contentEncoding: mark }, unsupported],
      ['very long', { ...textPart, contentText: `${mark} `.repeat(10_000) }, '没有看懂'],
      ['half a character', { ...textPart, contentText: `${mark}\ud83d\u0000\u202e` }, '没有看懂'],
      ['a tap on no button of ours', { contentType: tapType, contentText: tap }, '这个按钮'],
    ])('content that is %s is taken, and gets a kind answer', async (_name, part, reply) => {
      const number = `+86139${String(10_000_000 + visitor.heard.length)}`
      const answer = await knock(push(writeMessage(part, { senderAddress: `tel:${number}` })))
      expect(answer).toEqual({ status: 200, body: '' })
      await sandbox.phone(number).waitFor(reply)
    })

    it('states that are unknown, or of no message of ours, are taken and change no message', async () => {
      const list = ['delivered', 'failed', mark].map((status) => ({ messageId: mark, status, errorCode: mark }))
      const body = JSON.stringify({ deliveryInfoList: list })
      expect(await knock(push(body, paths.states))).toEqual({ status: 200, body: '' })
      expect((await read()).outbox.filter(({ state }) => state === 'rejected' || state === 'failed')).toEqual([])
    })

    it('a push is swallowed when it comes again, and refused when its nonce comes with another body', async () => {
      const [key, otherKey] = [`${mark}-${randomUUID()}`, `${mark}-${randomUUID()}`]
      const original = push(writeMessage(textPart, { messageId: key }))
      const forged = { ...original, body: writeMessage(textPart, { messageId: otherKey }) }
      const answered = [await knock(original), ...(await Promise.all([forged, original, forged].map(knock)))]
      expect(answered.map(({ status }) => status)).toEqual([200, 403, 200, 403])
      expect(answered.every(({ body }) => body === '')).toBe(true)
      const { inbox, nonce } = await read()
      expect(inbox.filter((row) => row.key === key || row.key === otherKey)).toMatchObject([{ key }])
      expect(nonce.filter((row) => row.nonce === original.headers?.['nonce'])).toHaveLength(1)
    })

    it('a push that comes again at another address is no second thing', async () => {
      const body = writeMessage(textPart)
      const original = push(body)
      expect((await knock(original)).status).toBe(200)
      await knock({ ...original, path: paths.audits })
      const digest = createHash('sha256').update(body).digest('hex')
      expect((await read()).inbox.map(({ key }) => key).filter((key) => key.endsWith(digest))).toEqual([])
    })
  })

  const paid = JSON.stringify({ type: 'payment.succeeded', data: { clientRef: mark, version: 1, state: 'succeeded' } })
  const notice = (body = paid, key = bank.privateKey): Knock => writeNotice(key, body)
  const atTheBanksDoor: readonly KnockRow[] = [
    ['unsigned', 403, () => ({ path: paths.notices, body: paid })],
    ['signed with a key that is not the bank’s', 403, () => notice(paid, strangerKey)],
    ['signed for another body', 403, () => ({ ...notice(), body: paid.replace('succeeded', 'failed') })],
    ['ten minutes old', 403, () => writeNotice(bank.privateKey, paid, tenMinutesSec)],
    ['ten minutes early', 403, () => writeNotice(bank.privateKey, paid, -tenMinutesSec)],
    ['at another bank’s door', 403, () => ({ ...notice(), path: paths.notices.replace('second', 'main') })],
    ['of no bank', 404, () => ({ ...notice(), path: paths.notices.replace('second', mark) })],
    ['of no tenant', 404, () => ({ ...notice(), path: paths.notices.replace('northern-rail', mark) })],
    ['of a bank out of prototypes', 404, () => ({ ...notice(), path: '/bank/__proto__.constructor/events' })],
    ['ten megabytes', 413, () => ({ ...notice(), body: tenMegabytes })],
    ['ten megabytes of unknown length', 413, () => ({ ...notice(), body: pourTenMegabytes() })],
    ['no JSON', 400, () => notice(`{"type":"${mark}`)],
    ['no object', 400, () => notice(`["${mark}"]`)],
    ['of the wrong types', 400, () => notice(JSON.stringify({ type: mark, data: { version: mark } }))],
    ['a hundred thousand levels deep', 400, () => notice(nest(100_000))],
  ]

  describe('of the bank', () => {
    it.each(atTheBanksDoor)('a notice that is %s gets %i and leaves nothing', (_name, status, build) =>
      expectRefusal(status, build()),
    )

    it('a notice of an unknown kind and of no order of ours is kept once', async () => {
      const data = `{"clientRef":"${mark}","__proto__":{"polluted":"${mark}"}}`
      const genuine = notice(`{"type":"${mark}.new","data":${data},"more":${nest(90)}}`)
      for (let nth = 0; nth < 2; nth += 1) expect(await knock(genuine)).toEqual({ status: 200, body: '' })
      expect((await read()).notice).toMatchObject([{ order_id: mark }])
    })
  })

  const json = { 'content-type': 'application/json' }
  const withKey = () => ({ ...json, authorization: `Bearer ${sandbox.house.adminKey}` })
  type Headers = Record<string, string>
  const applyPath = '/trpc/tenants.apply'
  const apply = (body: string | Buffer, headers: Headers = withKey()): Knock => ({ path: applyPath, body, headers })
  const ask = (path: string, headers: Headers = withKey()): Knock => ({ path, headers, method: 'GET' })
  const askTenant = (tenant: unknown) => `/trpc/tenants.get?input=${encodeURIComponent(JSON.stringify({ tenant }))}`
  const batch = (size: number) => `/trpc/${Array<string>(size).fill('health.get').join(',')}?batch=1`
  const atTheOffice: readonly KnockRow[] = [
    ['a question without a key', 401, () => ask(askTenant(mark), {})],
    ['a question with a wrong key', 401, () => ask(askTenant(mark), { authorization: `Bearer ${mark}` })],
    ['half a definition without a key', 401, () => apply(`{"definition":"${mark}`, json)],
    ['ten megabytes without a key', 401, () => apply(tenMegabytes, json)],
    ['half a definition', 400, () => apply(`{"definition":"${mark}`)],
    ['no JSON at all', 400, () => apply(mark)],
    ['a question that is no JSON', 400, () => ask(`/trpc/tenants.get?input=${mark}`)],
    ['a question of the wrong type', 400, () => ask(askTenant([mark]))],
    ['a batch of twenty-one', 400, () => ask(batch(21))],
    ['a batch of four hundred', 400, () => ask(batch(400))],
    ['a batch of ten thousand', 431, () => ask(batch(10_000))],
    ['an address of six thousand signs', 414, () => ask(`/trpc/${mark.repeat(400)}`)],
    ['an address that nobody can decode', 400, () => ask(`/trpc/%E0%A4%A${mark}`)],
    ['an unknown procedure', 404, () => ask(`/trpc/${mark}.get`)],
    ['a procedure out of prototypes', 404, () => ask('/trpc/__proto__.constructor')],
    ['an unknown tenant', 404, () => ask(askTenant(mark))],
    ['a change that is asked for as a question', 405, () => ask(`${applyPath}?input=${mark}`)],
    ['another kind of body', 415, () => apply(mark, { ...withKey(), 'content-type': `text/${mark}` })],
    ['seventeen megabytes', 413, () => apply(mark.repeat(1_100_000))],
  ]

  describe('of the office', () => {
    it.each(atTheOffice)('%s gets %i', async (_name, status, build) => {
      const startedMs = performance.now()
      expect((await knock(build())).status).toBe(status)
      expect(performance.now() - startedMs).toBeLessThan(soonMs)
    })

    it.each([
      ['very deep', `{"definition":{"tenant":${nest(100_000)}}}`],
      ['full of names out of prototypes', '{"definition":{"__proto__":{"polluted":1},"constructor":{"polluted":1}}}'],
    ])('a definition that is %s is not applied', async (_name, body) => {
      const answer = await knock(apply(body))
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body)).toMatchObject({ result: { data: { applied: false } } })
    })
  })

  describe('after all of it', () => {
    it('the house is well, and sells a ticket', async () => {
      expect((await knock(ask('/readyz', {}))).status).toBe(200)
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
      await buyTicket(sandbox.phone('+8613800000001'))
    })

    it('nothing that was sent stands in an answer', () => {
      expect(visitor.heard.filter(({ body }) => body.includes(mark)).map(({ to }) => to)).toEqual([])
    })

    it('nothing that was sent stands in the log, and no number of a phone', () => {
      expect(sandbox.log.filter((line) => line.includes(mark) || /86139\d{8}/.test(line))).toEqual([])
    })

    it('neither says where in the code it came from', () => {
      const said = [...visitor.heard.map(({ body }) => body), ...sandbox.log]
      expect(said.filter((text) => /\bat .+:\d+:\d+|\.[jt]s:\d+|node_modules|Error:/.test(text))).toEqual([])
    })
  })
})
