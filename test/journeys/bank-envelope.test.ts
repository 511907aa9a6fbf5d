import { randomUUID } from 'node:crypto'
import { openApi } from '@inthread/banks/open-api'
import type { BankConnection } from '@inthread/sdk/bank'
import type { HttpClient } from '@inthread/sdk/channel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callControl } from '../kit/bank/controls.ts'
import { applyTenant, readDefinition } from '../kit/definition.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const people = ['01', '02', '04', '06', '07'].map((end) => `+86138000000${end}`)
/** Two hundred in all with `--all`; each of them is answered. */
const tapsEach = process.env['INTHREAD_TEST_ALL'] ? 40 : 4

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'river-bank' })
  await useCampaign(await openCampaign('campaign-of-the-test-1', 3))
})
afterAll(() => sandbox.stop())

const http: HttpClient = {
  async send({ method, url, headers, body }) {
    const answer = await fetch(url, { method, headers, ...(body ? { body: Buffer.from(body) } : {}) })
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: bytes }
  },
}

/** The bank of the tenant, spoken to as the tenant itself. */
function connect(): BankConnection {
  const [bank] = readDefinition('river-bank').definition.banks
  const { secret } = (bank?.['signingKey'] ?? {}) as { readonly secret: string }
  const settings = openApi.settings.parse({
    ...{ baseUrl: sandbox.street.bankUrl, clientId: 'river-bank', signingKey: secret.replace('plain:', '') },
  })
  return openApi.open(settings, {
    ...{ http, clock: { now: () => Math.round((performance.timeOrigin + performance.now()) * 1000) } },
    nonce: () => randomUUID(),
  })
}

function useCampaign(campaign: string): Promise<void> {
  return applyTenant(sandbox.api, 'river-bank', ({ bots, operators }) => {
    // Every tap is answered: the thread shall not wait for the operator's rate.
    Object.assign(operators[0] ?? {}, { rate: { perSecond: 1000 } })
    const plugins = bots[0]?.['plugins'] as Record<string, unknown>[]
    Object.assign(plugins[0] ?? {}, { config: { campaign } })
  })
}

/** So many shares of ten yuan, paid for by the merchant. */
async function openCampaign(key: string, count: number): Promise<string> {
  const { clients } = (await callControl(`${sandbox.street.bankUrl}/sandbox/clients`, 'GET')) as Clients
  const account = clients.find(({ id }) => id === 'river-bank')?.accountId ?? ''
  await callControl(`${sandbox.street.bankUrl}/sandbox/accounts/${account}/deposits`, 'POST', { amount: '1000' })
  const name = { 'zh-CN': '春节红包', en: 'Red envelopes' }
  const total = { value: '1000', currency: 'CNY' }
  const answer = await connect().ask({
    ...{ asks: 'acting', method: 'POST', path: ['v1', 'campaigns'], key },
    body: { clientRef: key, name, total, count, split: 'random' },
  })
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer))
  return String(answer.value['id'])
}

interface Clients {
  readonly clients: readonly { readonly id: string; readonly accountId: string }[]
}

it(
  'an envelope of three is opened by five people with many taps each, and three are paid',
  { timeout: 60_000 },
  async () => {
    const phones = people.map((number) => sandbox.phone(number))
    const questions = await Promise.all(phones.map((phone) => phone.ask('红包', '您有一个红包')))
    const taps = phones.flatMap((phone, index) =>
      Array.from({ length: tapsEach }, async () => {
        const question = questions[index]
        if (question) await phone.tap(question, '拆')
      }),
    )
    await Promise.all(taps)
    const ends = await Promise.all(
      phones.map((phone) => phone.waitFor((message) => /恭喜获得|已领完/.test(textOf(message)))),
    )
    const got = ends.flatMap((message) => /恭喜获得 ¥([\d.]+)/.exec(textOf(message))?.[1] ?? [])
    expect(got).toHaveLength(3)
    expect(got.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0)).toBe(1000)
    const won = ends.findIndex((message) => textOf(message).includes('恭喜'))
    const winner = phones[won]
    const again = await winner?.ask('红包', '您有一个红包')
    if (again) await winner?.choose(again, '拆', '您已领取')
  },
)

it('keeps a share for a day for a phone that the bank does not know, and says so', { timeout: 60_000 }, async () => {
  await useCampaign(await openCampaign('campaign-of-the-test-2', 2))
  const [early, late] = [sandbox.phone('+8613800000003'), sandbox.phone('+8613800000013')]
  const open = async (phone: Phone) => phone.choose(await phone.ask('红包', '您有一个红包'), '拆', '为您保留 24 小时')
  const kept = await open(early)
  await open(late)
  expect(textOf(kept)).toContain('用本机号码开户')
  const still = await early.choose(kept, '已开通，领取', '为您保留 24 小时')
  const customer = { phone: '+8613800000003', name: '何新' }
  await callControl(`${sandbox.street.bankUrl}/sandbox/customers`, 'POST', customer)
  await early.choose(still, '已开通，领取', '存入您的默认账户')
  await sandbox.house.advance(24 * 3_600_000 + 60_000)
  await late.waitFor('已到期，退回红包了')
})
