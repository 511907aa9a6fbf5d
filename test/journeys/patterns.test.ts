import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MessageView } from '@inthread/sandbox-operator/views'
import { openPriceHost, type PriceHost } from '../kit/scenes/price-host.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { errands } from '../kit/scenes/errands.ts'
import { thanks } from '../kit/scenes/thanks.ts'

const tenant = 'northern-rail'
const minuteMs = 60_000

describeOnDrawnDatabase('patterns of the platform', (open) => {
  let sandbox: Sandbox
  let prices: PriceHost
  beforeAll(async () => {
    prices = await openPriceHost()
    sandbox = await openSandbox({
      database: await open(),
      house: { plugins: [errands, thanks] },
      environment: { INTHREAD_EGRESS_LOOPBACK: `prices.example.com=${prices.port}` },
      change: (definition) => {
        const [bot] = definition.bots
        const plugins = ['errands', 'thanks'].map((use) => ({ use, version: '^1', config: {} }))
        if (bot) bot['plugins'] = [...(bot['plugins'] as object[]), ...plugins]
      },
    })
  })
  afterAll(async () => {
    await sandbox.stop()
    await prices.close()
  })

  /** As far as the price, with an article of its own. */
  const reachDay = async (phone: Phone, article: string): Promise<MessageView> => {
    const first = await phone.ask('买东西', '商品A1')
    await phone.tap(first, '更多')
    await phone.waitFor('商品A11')
    await phone.say(article)
    await phone.waitFor('送到哪条街')
    return phone.ask('南京路', '哪天送')
  }

  it('page a list, run a sub-flow, ask a host, and let any answer be corrected before it is sent', async () => {
    const phone = sandbox.phone('+8613800000011')
    const day = await reachDay(phone, 'A12')
    expect(prices.asked).toContain('GET /price?article=A12')
    await phone.choose(day, '明天', '有什么要求')
    await phone.ask('轻放', 'A12，送到南京路，tomorrow，轻放，¥12.50')
    const again = await phone.ask('修改日期', '哪天送')
    await phone.choose(again, '今天', 'A12，送到南京路，today，轻放')
    const remark = await phone.ask('上一步', '哪天送')
    await phone.choose(remark, '今天', 'A12，送到南京路，today')
    await phone.say('取消')
    await phone.waitFor('已取消')
  })

  it('carry an order through the bank, and tell the plugin that listens', async () => {
    const phone = sandbox.phone('+8613800000001')
    const day = await reachDay(phone, 'A13')
    await phone.choose(day, '今天', '有什么要求')
    const summary = await phone.ask('不要按铃', 'A13')
    await sandbox.restart()
    const confirm = await phone.choose(summary, '下单', '确认支付')
    await phone.choose(confirm, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('已下单：A13')
    await phone.waitFor('谢谢惠顾：A13')
  })

  it('come back to what was open when something else is done, after a restart too', async () => {
    const phone = sandbox.phone('+8613800000020')
    await phone.ask('买东西', '商品A1')
    await phone.ask('备忘', '要记什么')
    await sandbox.restart()
    await phone.ask('带伞', '已记下：带伞')
    await phone.waitFor('我们继续')
    await phone.waitFor('商品A1')
    await phone.ask('看备忘', '共1条备忘')
    await phone.waitFor('商品A1')
    await phone.ask('帮助', '现在可以说')
    await phone.say('取消')
    await phone.waitFor('已取消')
  })

  it('start over with the same wish', async () => {
    const phone = sandbox.phone('+8613800000021')
    await reachDay(phone, 'A14')
    await phone.ask('重来', '商品A1')
    await phone.ask('取消', '已取消')
  })

  it('say what a host did not answer', async () => {
    const phone = sandbox.phone('+8613800000022')
    prices.answer = { cents: 'twelve' }
    await phone.ask('买东西', '商品A1')
    await phone.ask('A15', '送到哪条街')
    await phone.ask('南京路', '查不到价格：malformed')
    prices.answer = 503
    await phone.ask('买东西', '商品A1')
    await phone.ask('A15', '送到哪条街')
    await phone.ask('南京路', '查不到价格：refused')
    prices.answer = { cents: 1250 }
  })

  it('remind once, and then give up', async () => {
    const phone = sandbox.phone('+8613800000023')
    await phone.ask('备忘', '要记什么')
    await sandbox.house.advance(11 * minuteMs)
    await phone.waitFor('还在等您的备忘内容')
    await sandbox.house.advance(11 * minuteMs)
    await phone.waitFor('没有记下')
    expect((await phone.heard()).filter((message) => textOf(message).includes('还在等'))).toHaveLength(1)
  })

  it('hand a conversation to a person, and the open question back to the bot', async () => {
    const phone = sandbox.phone('+8613800000024')
    const { desk } = sandbox.api
    await phone.ask('备忘', '要记什么')
    await phone.ask('人工', '正在为您转接工作人员')
    await phone.say('我的包裹在哪里？')
    const [waiting] = await desk.list.query({ tenant })
    const ofCase = { tenant, case: waiting?.id ?? '' }
    expect(waiting).toMatchObject({ reason: 'user_asked', state: 'open', agent: null })
    await expect(desk.say.mutate({ ...ofCase, text: '你好' })).rejects.toThrow('the case is not yours')
    await desk.claim.mutate(ofCase)
    await phone.waitFor('工作人员已接入')
    await sandbox.restart()
    await desk.say.mutate({ ...ofCase, text: '您好，【示例银行】包裹在路上。' })
    const said = await phone.waitFor('包裹在路上')
    expect([said.speaker, textOf(said)]).toEqual([
      { party: 'platform', name: '人工客服' },
      '您好，[示例银行]包裹在路上。',
    ])
    await sandbox.house.advance(30 * minuteMs)
    await phone.say('谢谢')
    await expect
      .poll(async () => (await desk.read.query(ofCase)).filter(({ from }) => from === 'user').map(({ text }) => text))
      .toEqual(['我的包裹在哪里？', '谢谢'])
    await desk.back.mutate(ofCase)
    await phone.waitFor('已回到自动办理')
    await phone.waitFor('要记什么')
    await phone.ask('包裹在路上', '已记下：包裹在路上')
    await expect(desk.back.mutate(ofCase)).rejects.toThrow('the case is closed')
  })

  it('say so when nobody comes, and let the user leave', async () => {
    const phone = sandbox.phone('+8613800000025')
    await phone.ask('备忘', '要记什么')
    await phone.ask('人工', '正在为您转接')
    await sandbox.house.advance(11 * minuteMs)
    await phone.waitFor('目前没有工作人员能接待您')
    await phone.waitFor('要记什么')
    const coming = await phone.ask('人工', '正在为您转接')
    await phone.choose(coming, '回到机器人', '已回到自动办理')
    await phone.waitFor('要记什么')
    await phone.ask('取消', '已取消')
  })
})
