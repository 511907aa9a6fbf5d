import { createHmac, generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { readSettings, startHouse, type House } from '@inthread/runtime'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { readDefinition, type Definition } from '../kit/definition.ts'
import { runInthread } from '../kit/outside/command.ts'
import { OtherOperator } from '../kit/outside/other-operator.ts'
import { findReply, readText, type WireMessage } from '../kit/outside/wire-message.ts'
import { findFreePorts } from '../kit/ports.ts'
import { defaultSecret } from '../kit/second-bank/controls.ts'
import { openSecondBank, type SecondBank } from '../kit/second-bank/second-bank.ts'

const user = '+8613800000001'
const tenant = 'northern-rail'

const account = {
  chatbotId: 'sip:106500000042@botplatform.rcs.chinaunicom.cn',
  appId: 'northern-rail-cu',
  appKey: 'k3y-of-the-other-one',
  callbackToken: 'northernToken042',
}

/** A platform that is no sandbox, with an operator and a bank that are nobody's either. */
describe('a bank of other people, at a platform in earnest', () => {
  let database: TestDatabase
  let house: House
  let api: AdminApi
  let operator: OtherOperator
  let bank: SecondBank
  let definition: Definition
  let files: Record<string, string>
  let place: readonly string[]

  beforeAll(async () => {
    database = await createSqliteDatabase()
    operator = await OtherOperator.open(account)
    // Without a test clock a limit would be waited for.
    bank = await openSecondBank(60)
    const [port = 0] = await findFreePorts(1)
    const settings = { INTHREAD_PORT: String(port), INTHREAD_HOME: join(database.folder, 'home') }
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const environment = {
      RAIL_APP_KEY: account.appKey,
      RAIL_CALLBACK: account.callbackToken,
      RAIL_KEY: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      RAIL_WEBHOOK: defaultSecret,
    }
    house = await startHouse(readSettings({ ...settings, INTHREAD_LOG: 'json' }, false), {
      environment,
      writeLog: () => undefined,
    })
    api = createAdminClient({ url: house.url, apiKey: house.adminKey })
    ;({ definition, files } = buildRail())
    const file = join(database.folder, 'tenant.json')
    writeFileSync(file, JSON.stringify(definition))
    place = ['--url', house.url, '--key', house.adminKey, '--definition', file]
    // What is agreed on paper: the bank learns where our key is and where its events go.
    await fetch(`${bank.url}/sandbox/clients/${tenant}`, {
      method: 'PUT',
      body: JSON.stringify({
        jwksUrl: `${house.url}/bank/${tenant}.second/jwks.json`,
        webhookUrl: `${house.url}/bank/${tenant}.second/events`,
        merchantName: '北方铁路',
      }),
    })
  })
  afterAll(async () => {
    await house.stop()
    await bank.close()
    await operator.close()
    await database.drop()
  })

  function buildRail() {
    const read = readDefinition(tenant)
    const operators = [
      {
        ...{ id: 'cu', bot: 'rail', channel: 'csp-json', ...operator.definition },
        appKey: { secret: 'env:RAIL_APP_KEY' },
        callbackToken: { secret: 'env:RAIL_CALLBACK' },
      },
    ]
    const banks = [
      {
        ...{ id: 'second', connector: 'open-api', baseUrl: bank.url, clientId: tenant },
        signingKey: { secret: 'env:RAIL_KEY' },
        webhookSecret: { secret: 'env:RAIL_WEBHOOK' },
      },
    ]
    return { definition: { ...read.definition, operators, banks }, files: read.files }
  }

  it('cannot be connected before it was checked', async () => {
    const { applied, problems } = await api.tenants.apply.mutate({ definition, files })
    expect(applied).toBe(false)
    expect(problems.map(({ path }) => path)).toEqual(['$.banks[0]'])
    expect(problems[0]?.message).toContain(`run "inthread bank check ${tenant}.second`)
  })

  it('cannot be connected either when it has failed, and is told what to change', async () => {
    const about = ['bank', 'check', `${tenant}.second`, '--phone', '+8613800000003', ...place]
    const { code, output } = await runInthread(about)
    expect(code).toBe(1)
    expect(output).toMatch(/FAILED +links\.active .*\n +rule .*\n +expected +an active link.*\n +got .*\n +remedy /)
    expect(output).toContain('this bank may not be connected yet.')
    const { problems } = await api.tenants.apply.mutate({ definition, files })
    expect(problems[0]?.message).toMatch(/did not pass its last check \(it failed .*links\.active/)
  })

  it('passes without a test clock, and then it can be', async () => {
    const about = ['bank', 'check', `${tenant}.second`, '--phone', '+8613800000004', '--poor-phone', '+8613800000002']
    const { code, output, errors } = await runInthread([...about, '--codes', `${bank.url}/sandbox/codes`, ...place])
    expect([errors, output.split('\n').filter((line) => /^(FAILED|  +(expected|got))/.test(line))]).toEqual(['', []])
    expect(output).toContain('this bank may be connected.')
    expect(code).toBe(0)
    const { key } = await api.keys.create.mutate({ name: 'second', role: 'bank' })
    const reviewer = createAdminClient({ url: house.url, apiKey: key })
    const { problems, waiting } = await api.tenants.apply.mutate({ definition, files })
    expect(problems).toEqual([])
    const { proposal = '', digest = '' } = waiting ?? {}
    await reviewer.proposals.approve.mutate({ tenant, id: proposal, digest })
  }, 60_000)

  it('takes the payment of a ticket that is bought in the thread', async () => {
    const notifyUrl = `${house.url}/in/${tenant}.cu`
    const tap = async (message: WireMessage, label: string): Promise<void> => {
      expect(await operator.pushTap(notifyUrl, user, findReply(message, label))).toBe(200)
    }
    expect(await operator.pushText(notifyUrl, user, '明天上午从成都到北京，一张二等座')).toBe(200)
    await tap(await operator.waitFor('我理解得对吗'), '对')
    await tap(await operator.waitFor('G308 08:00–15:46'), '选 G308')
    await tap(await operator.waitFor('座位为您保留到'), '支付')
    const confirm = await operator.waitFor('确认支付 ¥553.50')
    await tap(confirm, '确认支付')
    await operator.waitFor('验证码已发送到')
    const code = [...bank.books.confirmations.values()].at(-1)?.code ?? ''
    expect(await operator.pushText(notifyUrl, user, code)).toBe(200)
    await operator.waitFor('支付成功 ¥553.50')
    await operator.waitFor('出票成功 05车12A')
    const number = /单号：([0-9A-Z]{10})/.exec(readText(confirm))?.[1] ?? ''
    const order = await api.orders.get.query({ tenant, order: number })
    expect(order).toMatchObject({ state: 'succeeded', bank: 'second', attempts: [{ n: 1 }] })
    const payments = [...bank.books.payments.values()].filter(({ clientRef }) => clientRef === order.id)
    expect(payments).toMatchObject([{ state: 'succeeded', minor: 55350n }])
  })

  it('is believed when it delivers an event that is marked with its secret, and nobody else is', async () => {
    const deliver = async (secret: string): Promise<number> => {
      const body = JSON.stringify({ id: 'E1', type: 'payment.succeeded', timestamp: '', data: { clientRef: 'none' } })
      const timestamp = String(Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000))
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      const mark = createHmac('sha256', key).update(`E1.${timestamp}.${body}`).digest('base64')
      const headers = { 'webhook-id': 'E1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mark}` }
      return (await fetch(`${house.url}/bank/${tenant}.second/events`, { method: 'POST', body, headers })).status
    }
    expect(await deliver(defaultSecret)).toBe(200)
    expect(await deliver(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)).toBe(403)
  })

  it('has to be checked again when its address is another', async () => {
    const moved = { ...definition, banks: [{ ...definition.banks[0], baseUrl: 'https://elsewhere.example' }] }
    const { problems } = await api.tenants.apply.mutate({ definition: moved, files })
    expect(problems[0]?.message).toContain('checked with other settings')
  })
})
