import type { Phone } from '../../kit/phone.ts'
import { reachConfirm } from '../../kit/purchase.ts'
import type { World } from '../kit/world.ts'

export const numbers = ['+8613800000001', '+8613800000002', '+8613800000004'] as const

/** Buys in every way that leads to a code, and returns every code that was sent or typed. */
export async function playPurchases(world: World): Promise<readonly string[]> {
  const [one, two, four] = numbers.map((number) => world.phoneOf(number))
  if (!one || !two || !four) throw new Error('three phones are needed')
  const others = await Promise.all([payInVain(two), payAtSecondTry(four)])
  return [await pay(one), await payInDoubt(one, world), await answerTooLate(one), ...others].flat()
}

async function reachCode(phone: Phone): Promise<string> {
  await phone.choose(await reachConfirm(phone), '确认支付', '验证码已发送')
  return phone.code()
}

async function pay(phone: Phone): Promise<readonly string[]> {
  const code = await reachCode(phone)
  await phone.ask(code, '出票成功')
  return [code]
}

async function payInVain(phone: Phone): Promise<readonly string[]> {
  const code = await reachCode(phone)
  await phone.ask(code, '没有支付成功')
  return [code]
}

/** The bank's answer is lost, and for a while nobody knows. */
async function payInDoubt(phone: Phone, world: World): Promise<readonly string[]> {
  await world.orderFault({ match: { method: 'POST', path: '/v1/payments' }, do: 'timeout-after' })
  const code = await reachCode(phone)
  await phone.ask(code, '正在核对')
  await world.advance(3000)
  await phone.waitFor('出票成功')
  return [code]
}

/** What is typed in place of the code is as confidential as the code. This customer has two accounts. */
async function payAtSecondTry(phone: Phone): Promise<readonly string[]> {
  const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
  const trains = await phone.choose(reading, '对', 'G308')
  const check = await phone.choose(trains, 'G308', '座位为您保留')
  const accounts = await phone.choose(check, '支付', '用哪个账户支付')
  const confirm = await phone.choose(accounts, '储蓄卡', '确认支付 ¥')
  await phone.choose(confirm, '确认支付', '验证码已发送')
  const code = await phone.code()
  const wrong = code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10))
  await phone.ask(wrong, '验证码不对')
  await phone.ask(code, '出票成功')
  return [code, wrong]
}

async function answerTooLate(phone: Phone): Promise<readonly string[]> {
  const code = await reachCode(phone)
  await phone.ask('取消', '支付已取消')
  await phone.ask(code, '现在不需要验证码')
  return [code]
}
