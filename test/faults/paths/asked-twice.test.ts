import { afterAll, beforeAll, expect, it } from 'vitest'
import { Phone, textOf } from '../../kit/phone.ts'
import { readBank } from '../../kit/purchase.ts'
import { describeOnEachDatabase } from '../../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../../kit/sandbox.ts'
import { bankBot, preparePlace } from './prepare-place.ts'

const number = '+8613800000001'
const patienceMs = 40_000
const underWay = '正在办理'

describeOnEachDatabase('the same wish, said again while nobody knows what came of the first', (open) => {
  let sandbox: Sandbox
  let phone: Phone

  beforeAll(async () => {
    const { template } = preparePlace('bank', [])
    const { before, ...options } = template
    sandbox = await openSandbox({ database: await open(), ...options })
    await before?.(sandbox)
    const { operatorUrl, bankUrl } = sandbox.street
    phone = new Phone({ operatorUrl, bankUrl, number, bot: bankBot })
  })
  afterAll(() => sandbox.stop())

  /** The bank does it, and its answer is lost three times: for two and a half seconds nobody knows. */
  async function loseAnswers(path: string): Promise<void> {
    const fault = { match: { method: 'POST', path }, do: '500-after', times: 3 }
    const body = JSON.stringify(fault)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${sandbox.street.bankUrl}/sandbox/faults`, { method: 'POST', headers, body })
    expect(answer.status).toBeLessThan(300)
  }

  async function countHeard(words: string): Promise<number> {
    return (await phone.heard()).filter((message) => textOf(message).includes(words)).length
  }

  const readBalance = async (): Promise<bigint> => {
    const { accounts } = await readBank(sandbox.street.bankUrl)
    return BigInt(accounts.find(({ mask }) => mask === '****1234')?.balanceMinor ?? 0)
  }

  it('opens a red envelope once, and tells so once', { timeout: 90_000 }, async () => {
    const before = await readBalance()
    await loseAnswers('/v1/campaigns/*/claims')
    await phone.say('拆开业礼包')
    // Before anything is heard: a message that is not seen yet is the same to the phone as one that is lost.
    await phone.say('拆开业礼包')
    await phone.waitFor(underWay, patienceMs)
    await phone.waitFor('红包到账', patienceMs)
    await phone.ask('拆开业礼包', '已经领过')
    expect(await countHeard('红包到账')).toBe(1)
    expect(await readBalance()).toBeGreaterThan(before)
  })

  it('pays a bill once, with one code and one confirmation', { timeout: 90_000 }, async () => {
    const before = await readBalance()
    await loseAnswers('/v1/bills/queries')
    await phone.say('代缴一月电费')
    await phone.say('代缴一月电费')
    await phone.waitFor(underWay, patienceMs)
    const card = await phone.waitFor((message) => message.suggestions.length > 0, patienceMs)
    // The bank asks, and is answered first, whatever is wished meanwhile.
    await phone.say('代缴一月电费')
    await phone.tap(card, '确认缴费')
    await phone.waitFor('验证码已发送', patienceMs)
    await phone.say(await phone.code())
    await phone.waitFor('电费已销账', patienceMs)
    expect(await countHeard('验证码已发送')).toBe(1)
    expect(await countHeard('缴费成功')).toBe(1)
    expect(before - (await readBalance())).toBe(8650n)
  })
})
