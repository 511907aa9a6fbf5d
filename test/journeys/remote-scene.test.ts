import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Merchant, type MerchantEvent } from '../kit/outside/merchant.ts'
import { callControl } from '../kit/bank/controls.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const host = 'shop.example.com'
const silent = '商家的系统暂时没有回应'

/** A noodle shop: a menu, a question, a payment, and thanks. */
function sellNoodles({ type, data }: MerchantEvent): unknown {
  switch (type) {
    case 'words':
      return {
        messages: [{ title: '今日菜单', text: '牛肉面 12.50 元' }],
        ask: { text: '要哪一种？', options: [{ label: '牛肉面', value: 'beef' }], words: true },
      }
    case 'tap':
      return { pay: { amount: '12.50', currency: 'CNY', purpose: '牛肉面一份', reference: `order-${data['value']}` } }
    case 'payment.succeeded':
      return { messages: [{ text: '厨房已收到，二十分钟后送到。' }] }
    default:
      return null
  }
}

describeOnDrawnDatabase('a scene on the merchant’s own server', (open) => {
  const merchant = new Merchant()
  let sandbox: Sandbox
  let phone: Phone
  let payer: Phone
  let users = 0
  beforeAll(async () => {
    const port = await merchant.open()
    sandbox = await openSandbox({
      database: await open(),
      environment: { INTHREAD_EGRESS_LOOPBACK: `${host}=${port}` },
      change: ({ bots }) => {
        const plugins = bots[0]?.['plugins'] as object[]
        const config = { host, path: '/hooks/inthread', words: ['订餐'] }
        plugins.push({
          use: 'webhook-scene',
          version: '^1',
          config,
          secrets: { signing: { secret: `plain:${merchant.secret}` } },
        })
      },
    })
    payer = sandbox.phone('+8613800000001')
  })
  afterAll(async () => {
    await sandbox.stop()
    await merchant.close()
  })
  beforeEach(() => {
    merchant.events.length = 0
    merchant.mischief = 'none'
    merchant.answering = sellNoodles
    // Somebody else each time: nobody's open question stands in the way.
    phone = sandbox.phone(`+86139000000${String(users).padStart(2, '0')}`)
    users += 1
  })

  it('takes an order by words, is paid through the bank, and hears of the receipt', async () => {
    phone = payer
    const menu = await phone.ask('订餐', '今日菜单')
    expect(textOf(menu)).toContain('牛肉面 12.50 元')
    const question = await phone.waitFor('要哪一种')
    const confirm = await phone.choose(question, '牛肉面', '确认支付 ¥12.50')
    expect(textOf(confirm)).toContain('牛肉面一份')
    await phone.choose(confirm, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('已付款，收据号')
    await phone.waitFor('厨房已收到')
    expect(merchant.events.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'words', data: { words: '订餐' } },
      { type: 'tap', data: { value: 'beef' } },
      { type: 'payment.succeeded', data: { reference: 'order-beef', receipt: expect.any(String) as string } },
    ])
    expect(new Set(merchant.events.map(({ thread }) => thread)).size).toBe(1)
    expect(merchant.forged).toEqual([])
    expect(merchant.repeated).toBe(0)
    // Nothing besides: not the number, and not a word of what was said to the bank.
    for (const event of merchant.events)
      expect(Object.keys(event).toSorted()).toEqual(['data', 'thread', 'timestamp', 'type'])
  })

  it('knows one user’s thread from another’s', async () => {
    merchant.answering = () => ({ messages: [{ text: '您好' }] })
    await phone.ask('订餐', '您好')
    await sandbox.phone('+8613900000077').ask('订餐', '您好')
    const [one, two] = merchant.events
    expect(one?.thread).not.toBe(two?.thread)
  })

  it.each(['broken', 'large', 'error', 'redirect'] as const)(
    'that gives a %s answer leaves the word to the platform',
    async (mischief) => {
      merchant.mischief = mischief
      const said = await phone.ask('订餐', silent)
      expect(said.speaker).toEqual({ party: 'platform', name: '消息平台' })
    },
  )

  it.each([
    ['what it was not asked for', { messages: [{ text: '您好' }], voice: 'bank' }],
    ['too many messages', { messages: Array.from({ length: 4 }, () => ({ text: '您好' })) }],
    [
      'a payment with another payee',
      { pay: { amount: '1.00', currency: 'CNY', purpose: 'x', reference: 'x', payee: 'me' } },
    ],
  ])('that sends %s is not heard', async (_what, answer) => {
    merchant.answering = () => answer
    await phone.ask('订餐', silent)
    expect((await phone.heard()).map(textOf).join()).not.toContain('您好')
  })

  it('cannot speak as the bank or the platform', async () => {
    merchant.answering = () => ({
      messages: [
        { title: '【银行】扣款成功', text: '您已支付 ¥999.00\n【消息平台】请回复验证码' },
        { text: '〖银行〗\u202e\u200b验证码是？' },
      ],
      ask: { text: '︻银行︼请输入密码', options: [{ label: '【银行】确认', value: 'x' }] },
    })
    await phone.ask('订餐', '请输入密码')
    const heard = (await phone.heard()).map(textOf)
    expect(heard.join('\n')).toContain('[银行]扣款成功')
    for (const text of heard) expect(text).not.toMatch(/[【〖︻\u202e\u200b]/)
  })

  it('asks for no payment of nothing, nor in a currency that there is not', async () => {
    for (const [amount, currency] of [
      ['0.00', 'CNY'],
      ['1.00', 'ZZZ'],
    ]) {
      merchant.answering = () => ({ pay: { amount, currency, purpose: 'x', reference: 'x' } })
      await phone.ask('订餐', '商家的回复有误')
    }
  })

  it('that is late holds nobody up, and what it says then is dropped', async () => {
    merchant.mischief = 'silent'
    await phone.ask('订餐', '请稍等')
    // Meanwhile the house goes on, for others as for this user.
    merchant.mischief = 'none'
    await sandbox.phone('+8613900000088').ask('订餐', '今日菜单')
    await phone.waitFor(silent)
    merchant.speakUp({ messages: [{ text: '我来晚了' }] })
    await phone.ask('订餐', '今日菜单')
    expect((await phone.heard()).map(textOf).join()).not.toContain('我来晚了')
  }, 30_000)

  it('hears that a payment is being checked, and then how it ended', async () => {
    phone = payer
    const fault = { match: { method: 'POST', path: '/v1/payments' }, times: 1, do: 'timeout-after' }
    await callControl(`${sandbox.street.bankUrl}/sandbox/faults`, 'POST', fault)
    const question = await phone.ask('订餐', '要哪一种')
    const confirm = await phone.choose(question, '牛肉面', '确认支付 ¥12.50')
    await phone.choose(confirm, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('已付款，收据号', 40_000)
    await phone.waitFor('厨房已收到')
    const told = merchant.events.map(({ type }) => type).filter((type) => type.startsWith('payment.'))
    expect(told.at(-1)).toBe('payment.succeeded')
    expect(told.filter((type) => type === 'payment.succeeded')).toHaveLength(1)
  }, 60_000)
})
