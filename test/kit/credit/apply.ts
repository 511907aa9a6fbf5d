import type { MessageView } from '@inthread/sandbox-operator/views'
import type { Phone } from '../phone.ts'
import { fillIn } from './fill-in.ts'

export interface Applicant {
  readonly phone: Phone
  readonly name: string
  readonly bankUrl: string
}

/** From the key facts to the offer: consents one by one, the bank's page, the signed query, the decision. */
export async function apply(
  { phone, name, bankUrl }: Applicant,
  facts: MessageView,
  query = '授权：查询个人征信',
): Promise<MessageView> {
  const data = await phone.choose(facts, '申请', '授权：提供申请资料')
  const offers = await phone.choose(data, '同意', '可选：接收优惠信息')
  const form = await phone.choose(offers, '不同意', '请在银行页面填写资料')
  await fillIn(bankUrl, form, name)
  const credit = await phone.waitFor(query)
  const sign = await phone.choose(credit, '签名授权', '授权内容')
  return signCredit(phone, sign)
}

async function signCredit(phone: Phone, card: MessageView): Promise<MessageView> {
  await phone.choose(card, '签名授权', '验证码已发送')
  await phone.say(await phone.code())
  await phone.waitFor('授权签名成功')
  return phone.waitFor((message) => /审批通过|已批准额度/.test(message.card?.title ?? ''))
}
