import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startBank, type RunningBank } from '@inthread/sandbox-bank'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { readDefinition } from '../kit/definition.ts'
import { OtherOperator } from '../kit/outside/other-operator.ts'
import { railBot } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { findReply, readText, type WireMessage } from '../kit/outside/wire-message.ts'

const user = '+8613800000001'

interface Answer<T> {
  readonly status: number
  readonly body: T
}

interface Asking {
  readonly body?: unknown
  readonly key?: string
}

async function call<T>(method: string, url: string, { body, key }: Asking = {}): Promise<Answer<T>> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
}

/** A thread as the operator's control shows it; every text of a message in one. */
interface Shown {
  readonly id: string
  readonly said: string
  readonly buttons: readonly { readonly label: string; readonly index: number }[]
}

interface ShownThreads {
  readonly threads: readonly {
    readonly address: string
    readonly messages: readonly (object & { id: string; direction: string; suggestions: Shown['buttons'] })[]
  }[]
}

describe('a purchase over the documented addresses alone', () => {
  let database: TestDatabase
  let sandbox: Sandbox
  beforeAll(async () => {
    database = await createSqliteDatabase()
    sandbox = await openSandbox({ database })
  })
  afterAll(async () => {
    await sandbox.stop()
    await database.drop()
  })

  const listen = async (words: string): Promise<Shown> => {
    const until = performance.now() + 15_000
    const url = `${sandbox.street.operatorUrl}/sandbox/threads?phone=${encodeURIComponent(user)}`
    while (performance.now() < until) {
      const { body } = await call<ShownThreads>('GET', url)
      const messages = body.threads.find(({ address }) => address === railBot)?.messages ?? []
      const found = messages.find(
        ({ direction, ...rest }) => direction === 'in' && JSON.stringify(rest).includes(words),
      )
      if (found) return { id: found.id, said: JSON.stringify(found), buttons: found.suggestions }
      await pause(20)
    }
    throw new Error(`the phone never showed "${words}"`)
  }
  const tap = async ({ id, buttons }: Shown, wanted: string): Promise<void> => {
    const index = buttons.find(({ label }) => label === wanted)?.index
    const { operatorUrl } = sandbox.street
    const body = { from: user, to: railBot, messageId: id, index }
    expect((await call('POST', `${operatorUrl}/sandbox/tap`, { body })).status).toBe(200)
  }
  const say = async (text: string): Promise<void> => {
    const body = { from: user, to: railBot, text }
    expect((await call('POST', `${sandbox.street.operatorUrl}/sandbox/say`, { body })).status).toBe(200)
  }

  it('is told by all three that they are alive and ready', async () => {
    const { bankUrl, operatorUrl } = sandbox.street
    for (const url of [sandbox.house.url, bankUrl, operatorUrl]) {
      expect((await call('GET', `${url}/healthz`)).status).toBe(200)
      expect((await call('GET', `${url}/readyz`)).status).toBe(200)
    }
    const { body } = await call<{ keys: object[] }>('GET', `${sandbox.house.url}/.well-known/jwks.json`)
    expect(body.keys).toEqual([expect.objectContaining({ kid: 'northern-rail', kty: 'OKP', crv: 'Ed25519' })])
    expect(JSON.stringify(body)).not.toContain('"d"')
  })

  it('brings a definition in with a key, and with nothing else', async () => {
    const url = `${sandbox.house.url}/trpc/tenants.apply`
    const definition = readDefinition('northern-rail')
    expect((await call('POST', url, { body: definition })).status).toBe(401)
    expect((await call('POST', url, { body: definition, key: 'ik_guessed' })).status).toBe(401)
    const { status, body } = await call<object>('POST', url, { body: definition, key: sandbox.house.adminKey })
    expect(status).toBe(200)
    expect(body).toMatchObject({ result: { data: { tenant: 'northern-rail', plan: [], problems: [] } } })
  })

  it('buys a ticket, and bank and platform tell the same of it', async () => {
    const { bankUrl } = sandbox.street
    await say('明天上午从成都到北京，一张二等座')
    await tap(await listen('我理解得对吗'), '对')
    await tap(await listen('08:00–15:46'), '选 G308')
    await tap(await listen('座位为您保留到'), '支付')
    const confirm = await listen('确认支付 ¥553.50')
    await tap(confirm, '确认支付')
    await listen('验证码已发送到')
    const codesUrl = `${bankUrl}/sandbox/codes?phone=${encodeURIComponent(user)}`
    const { body: sent } = await call<{ codes: { code: string }[] }>('GET', codesUrl)
    await say(sent.codes[0]?.code ?? '')
    await listen('支付成功')
    await listen('出票成功')

    const number = /单号：([0-9A-Z]{10})/.exec(confirm.said)?.[1] ?? ''
    const input = encodeURIComponent(JSON.stringify({ tenant: 'northern-rail', order: number }))
    const { body } = await call<{ result: { data: { id: string; state: string } } }>(
      'GET',
      `${sandbox.house.url}/trpc/orders.get?input=${input}`,
      { key: sandbox.house.adminKey },
    )
    expect(body.result.data).toMatchObject({ state: 'succeeded', amount: { value: '55350', currency: 'CNY' } })
    const books = await readBank(bankUrl)
    expect(books.payments).toMatchObject([{ clientRef: body.result.data.id, state: 'succeeded' }])
    expect(new Set(Object.values(books.totals))).toEqual(new Set(['0']))
  })

  it('moves the time of all three', async () => {
    const clockOf = async (): Promise<number> =>
      Date.parse((await call<{ now: string }>('GET', `${sandbox.street.operatorUrl}/sandbox/clock`)).body.now)
    const before = await clockOf()
    const moved = await call<{ now: string }>('POST', `${sandbox.house.url}/sandbox/clock`, {
      body: { advance: 'PT3H' },
    })
    expect(moved.status).toBe(200)
    const hours = [Date.parse(moved.body.now), await clockOf()].map((at) => Math.floor((at - before) / 3_600_000))
    expect(hours).toEqual([3, 3])
    const bank = await call<{ offsetMs: number }>('POST', `${sandbox.street.bankUrl}/v1/simulations/clock`, {
      body: { advance: 0 },
    })
    expect(bank.body.offsetMs).toBe(3 * 3_600_000)
  })

  it('brings the three to one time again when it begins anew, after a step that one of them took alone', async () => {
    const { bankUrl, operatorUrl } = sandbox.street
    const advance = { advance: 'PT5H' }
    await call('POST', `${bankUrl}/v1/simulations/clock`, { body: advance })
    await sandbox.restart()
    const clocks = await Promise.all([
      call<{ offsetMs: number }>('GET', `${operatorUrl}/sandbox/clock`),
      call<{ offsetMs: number }>('POST', `${bankUrl}/v1/simulations/clock`, { body: { advance: 0 } }),
    ])
    expect(clocks.map(({ body }) => body.offsetMs)).toEqual([8 * 3_600_000, 8 * 3_600_000])
    const platform = await call<{ now: string }>('POST', `${sandbox.house.url}/sandbox/clock`, { body: { advance: 0 } })
    const operator = await call<{ now: string }>('GET', `${operatorUrl}/sandbox/clock`)
    const apartMs = Date.parse(operator.body.now) - Date.parse(platform.body.now)
    expect(Math.abs(apartMs)).toBeLessThan(60_000)
  })
})

const account = {
  chatbotId: 'sip:106500000042@botplatform.rcs.chinaunicom.cn',
  appId: 'southern-rail-cu',
  appKey: 'k3y-of-the-other-one',
  callbackToken: 'southernToken042',
}

describeOnDrawnDatabase('another operator and another bank, attached by a definition alone', (open) => {
  let sandbox: Sandbox
  let operator: OtherOperator
  let bank: RunningBank
  let notifyUrl: string
  beforeAll(async () => {
    const database = await open()
    operator = await OtherOperator.open(account)
    const signingKey = randomBytes(32).toString('base64url')
    const environment = { SOUTHERN_APP_KEY: account.appKey, SOUTHERN_SIGNING_KEY: signingKey }
    sandbox = await openSandbox({ database, house: { environment } })
    const { url, home } = sandbox.house
    bank = await startBank({ home: join(database.folder, 'bank'), platformUrl: url, operatorUrl: operator.origin })
    mkdirSync(join(home.folder, 'secrets'))
    writeFileSync(join(home.folder, 'secrets/callback-token'), `${account.callbackToken}\n`)
    // What is agreed on paper: the bank learns where our key is and where its events go.
    await call('PUT', `${bank.url}/sandbox/clients/southern-rail`, {
      body: {
        jwksUrl: `${url}/.well-known/jwks.json`,
        webhookUrl: `${url}/bank/southern-rail.second/events`,
        merchantName: '南方铁路',
      },
    })
    const applied = await sandbox.api.tenants.apply.mutate(buildSouthernRail())
    expect(applied).toMatchObject({ applied: true, problems: [] })
    notifyUrl = `${url}/in/southern-rail.cu`
  })
  afterAll(async () => {
    await sandbox.stop()
    await bank.close()
    await operator.close()
  })

  function buildSouthernRail() {
    const { definition, files } = readDefinition('northern-rail')
    Object.assign(definition.tenant, { id: 'southern-rail', name: '南方铁路' })
    definition.operators = [
      {
        ...{ id: 'cu', bot: 'rail', channel: 'csp-json', ...operator.definition },
        appKey: { secret: 'env:SOUTHERN_APP_KEY' },
        callbackToken: { secret: 'file:secrets/callback-token' },
        timestampWindowSec: 30,
      },
    ]
    definition.banks = [
      {
        ...{ id: 'second', connector: 'open-api', baseUrl: bank.url, clientId: 'southern-rail' },
        jwksUrl: `${bank.url}/.well-known/jwks.json`,
        signingKey: { secret: 'env:SOUTHERN_SIGNING_KEY' },
      },
    ]
    return { definition, files }
  }

  it('answers the check of its notify address with the word it was given', async () => {
    const answer = await operator.checkNotifyUrl(notifyUrl, '8f1e77d0')
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect([answer.headers.get('echoStr'), answer.headers.get('appId')]).toEqual(['8f1e77d0', account.appId])
    expect((await fetch(`${notifyUrl}/notifyPath`, { headers: { echoStr: 'x' } })).status).toBe(403)
  })

  it('lets in what is signed as this account signs, in its window and for itself, and nothing else', async () => {
    const push = (headers: Readonly<Record<string, string>>, url = notifyUrl) =>
      operator.push(url, 'messageNotification', { body: { messageList: [] }, headers })
    expect(await push({})).toBe(403)
    expect(await push(operator.sign({ algorithm: 'sha256' }))).toBe(403)
    expect(await push(operator.sign({ token: 'anotherToken0001' }))).toBe(403)
    expect(await push(operator.sign({ ageSec: 60 }))).toBe(403)
    expect(await push(operator.sign(), notifyUrl.replace('southern-rail.cu', 'northern-rail.ct'))).toBe(403)
    expect(await push(operator.sign(), notifyUrl.replace('.cu', '.cm'))).toBe(404)
    expect(await push(operator.sign())).toBe(400)
  })

  const tap = async (message: WireMessage, label: string): Promise<void> => {
    expect(await operator.pushTap(notifyUrl, user, findReply(message, label))).toBe(200)
  }

  it('sells a ticket there, and nobody else hears of it', async () => {
    expect(await operator.pushText(notifyUrl, user, '明天上午从成都到北京，一张二等座')).toBe(200)
    await tap(await operator.waitFor('我理解得对吗'), '对')
    await tap(await operator.waitFor('G308 08:00–15:46'), '选 G308')
    await tap(await operator.waitFor('座位为您保留到'), '支付')
    const confirm = await operator.waitFor('确认支付 ¥553.50')
    await tap(confirm, '确认支付')
    await operator.waitFor('验证码已发送到')
    const code = /\d{6}/.exec(operator.sms.at(-1) ?? '')?.[0] ?? ''
    expect(await operator.pushText(notifyUrl, user, code)).toBe(200)
    const paid = await operator.waitFor('支付成功 ¥553.50')
    await operator.waitFor('出票成功 05车12A')
    expect(await operator.pushStatus(notifyUrl, paid, 'delivered')).toBe(200)

    const number = /单号：([0-9A-Z]{10})/.exec(readText(confirm))?.[1] ?? ''
    const order = await sandbox.api.orders.get.query({ tenant: 'southern-rail', order: number })
    expect(order).toMatchObject({ state: 'succeeded', bank: 'second', attempts: [{ n: 1 }] })
    expect((await readBank(bank.url)).payments).toMatchObject([{ clientRef: order.id, state: 'succeeded' }])
    expect((await readBank(sandbox.street.bankUrl)).payments).toEqual([])
    expect(await sandbox.phone(user).messages()).toEqual([])
    await expect(sandbox.api.orders.get.query({ tenant: 'northern-rail', order: number })).rejects.toThrow()
  })

  it('spoke to that operator as its account says', async () => {
    expect(operator.tokensGiven).toBe(1)
    expect(new Set(operator.messages.map(({ messageId }) => messageId)).size).toBe(operator.messages.length)
    for (const { senderAddress, destinationAddress } of operator.messages)
      expect([senderAddress, destinationAddress]).toEqual([account.chatbotId, [`tel:${user}`]])
    const confirm = operator.messages.find((message) => readText(message).includes('确认支付'))
    expect(confirm?.trafficType).toBe('payment')
    await vi.waitFor(() => expect(operator.menus).toHaveLength(1), 5000)
    expect(JSON.stringify(operator.menus[0])).toContain('订火车票')
  })

  it('signs in again when the operator refuses its token, and sends the same message', async () => {
    const before = operator.messages.length
    operator.dropToken()
    expect(await operator.pushText(notifyUrl, user, '帮助')).toBe(200)
    const help = await operator.waitFor('随时可说', before)
    expect(operator.tokensGiven).toBe(2)
    const sent = operator.calls.filter(({ body }) => body['messageId'] === help.messageId)
    expect(sent).toHaveLength(2)
  })
})
