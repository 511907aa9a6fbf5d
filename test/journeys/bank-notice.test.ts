import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRows } from '../faults/kit/rows.store.ts'
import { callControl, letHappen } from '../kit/bank/controls.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const number = '+8613800000001'
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'river-bank' })
  phone = sandbox.phone(number)
})
afterAll(() => sandbox.stop())

/** The user's card is used in a shop; gives what the bank's notice of it is called. */
async function spend(amount: string): Promise<string> {
  const told = await callControl(`${sandbox.street.bankUrl}/sandbox/card-events`, 'POST', {
    phone: number,
    amount,
    shop: '东方超市',
  })
  const { notices } = told as { readonly notices: readonly { readonly id: string }[] }
  return notices[0]?.id ?? ''
}

async function confirm(): Promise<void> {
  const card = await phone.waitFor((message) => message.suggestions.some(({ label }) => label.startsWith('确认')))
  await phone.tap(card, '确认')
  await phone.waitFor('验证码已发送')
  await phone.say(await phone.code())
}

describe('what the bank tells by itself', () => {
  it('begins a conversation, once, with what the bank says when it is asked', async () => {
    await phone.ask('积分', '积分 2000，可抵 ¥20.00')
    await spend('30000')
    const question = await phone.waitFor('尾号 1234 消费 ¥300.00')
    expect(textOf(question)).toContain('东方超市')
    await phone.choose(question, '是我', '谢谢确认')
    const asked = (await phone.heard()).filter((message) => textOf(message).includes('消费 ¥300.00'))
    expect(asked).toHaveLength(1)
  })

  it('waits for no open question, locks the card with one tap, and says what becomes of it', async () => {
    await phone.ask('预约网点', '要办什么业务')
    const notice = await spend('12000')
    const question = await phone.waitFor('尾号 1234 消费 ¥120.00')
    const locked = await phone.choose(question, '不是我', '已锁定尾号 1234 的卡')
    expect(textOf(locked)).toMatch(/争议受理单 D-[0-9A-Z]+/)
    await phone.waitFor('要办什么业务')
    // What comes of a dispute can wait until nothing else is open.
    await phone.ask('取消', '已取消')
    await phone.waitFor('银行已先把 ¥120.00 补给您')
    await letHappen(sandbox.street.bankUrl, notice, 'lost')
    await phone.waitFor('之前补给您的 ¥120.00 已收回')
  })
})

/** Answers of somebody who wants no risk, each with the question after it. */
const careful = [
  ['随时要用', '2/5'],
  ['没有', '3/5'],
  ['不能亏', '4/5'],
  ['大部分', '5/5'],
  ['本金安全', '风险等级是 C1'],
] as const

describe('the user’s own things at the bank', () => {
  it('are bound, opened and bought in the thread', async () => {
    const other = sandbox.phone('+8613800000004')
    phone = other
    const cards = await phone.ask('我的卡', '已绑定的卡')
    expect(textOf(cards)).toContain('****2204（默认）')
    await phone.tap(cards, '换默认卡')
    const which = await phone.waitFor('默认用哪张卡')
    await phone.choose(which, '7719', '以后默认用这张卡')
    const offer = await phone.ask('数字钱包', '还没有数字人民币钱包')
    await phone.tap(offer, '开立钱包')
    await confirm()
    await phone.waitFor('钱包可以用了')
    const wallet = await phone.ask('数字钱包', '余额 ¥0.00')
    await phone.tap(wallet, '充值')
    const much = await phone.waitFor('充多少')
    await phone.choose(much, '200', '用哪个账户')
    await phone.tap((await phone.heard()).at(-1) ?? much, '7719')
    await confirm()
    await phone.waitFor('已充入 ¥200.00')
    await phone.ask('数字钱包', '余额 ¥200.00')
    const products = await phone.ask('理财', '起购')
    await phone.tap(products, products.suggestions[0]?.label ?? '')
    await phone.waitFor('买多少')
    let question = await phone.ask('1000', '1/5')
    for (const [label, next] of careful) question = await phone.choose(question, label, next)
    const terms = await phone.waitFor((message) => message.suggestions.some(({ label }) => label === '已阅读，购买'))
    await phone.choose(terms, '已阅读', '用哪个账户')
    await phone.tap((await phone.heard()).at(-1) ?? terms, '7719')
    await confirm()
    await phone.waitFor('不保证收益')
    const order = await phone.ask('撤单', '的购买吗')
    await phone.choose(order, '撤单', '已撤单')
  })

  it('are told as a part where the bank filled only a part of an order', async () => {
    const products = await phone.ask('理财', '起购')
    await phone.tap(products, products.suggestions[0]?.label ?? '')
    await phone.waitFor('买多少')
    const terms = await phone.ask('1000', '¥1,000.00')
    await phone.choose(terms, '已阅读', '用哪个账户')
    await phone.tap((await phone.heard()).at(-1) ?? terms, '7719')
    await confirm()
    await phone.waitFor('不保证收益')
    const { bank_order: orders } = await readRows(sandbox.house.store)
    const placed = orders.find(({ state, capability }) => state === 'processing' && capability === 'wealth')
    await letHappen(sandbox.street.bankUrl, String(placed?.bank_ref), 'partly')
    await phone.waitFor('只成交了一部分')
  })
})
