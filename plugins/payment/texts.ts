import { text } from '@inthread/sdk'

const order = { number: 'text', amount: 'money', payee: 'text' } as const
const keep = { keep: ['number', 'amount', 'payee'] } as const

/** What the bank says. Cards carry their rows as `label：value`, one a line, so that every phone shows them alike. */
export const texts = {
  chooseTitle: text(
    { amount: 'money' },
    { 'zh-CN': '用哪个账户支付 {{amount}}？', en: 'Which account pays {{amount}}?' },
  ),
  method: text({ label: 'text', mask: 'text' }, { 'zh-CN': '{{label}} {{mask}}', en: '{{label}} {{mask}}' }),
  askCode: text(
    { destination: 'text' },
    {
      'zh-CN': '验证码已发送到 {{destination}}。请核对短信中的金额和收款方，然后在这里输入 6 位验证码，2 分钟内有效。',
      en: 'A code was sent to {{destination}}. Check its amount and payee, then type the 6 digits within 2 minutes.',
    },
  ),
  wrongCode: text(
    { triesLeft: 'count' },
    { 'zh-CN': '验证码不对，还可以再试 {{triesLeft}} 次。', en: 'That code is not right. Tries left: {{triesLeft}}.' },
  ),
  paidTitle: text({ amount: 'money' }, { 'zh-CN': '支付成功 {{amount}}', en: 'Paid {{amount}}' }, { keep: ['amount'] }),
  paid: text(
    order,
    { 'zh-CN': '收款方：{{payee}}\n单号：{{number}}', en: 'Payee: {{payee}}\nOrder: {{number}}' },
    { keep: ['number', 'payee'] },
  ),
  checkingTitle: text(
    { amount: 'money' },
    { 'zh-CN': '正在核对 {{amount}}', en: 'Being checked {{amount}}' },
    { keep: ['amount'] },
  ),
  checking: text(
    order,
    {
      'zh-CN':
        '收款方：{{payee}}\n金额：{{amount}}\n单号：{{number}}\n银行还没有给出结果，请勿重复支付。一有结果就在这里告诉您。',
      en: 'Payee: {{payee}}\nAmount: {{amount}}\nOrder: {{number}}\nNot decided yet: do not pay again.',
    },
    keep,
  ),
  refusedTitle: text(
    { amount: 'money' },
    { 'zh-CN': '没有支付成功 {{amount}}', en: 'Not paid {{amount}}' },
    { keep: ['amount'] },
  ),
  refusedFunds: text(
    order,
    {
      'zh-CN': '收款方：{{payee}}\n单号：{{number}}\n账户余额不足，没有扣款。可以换一个账户，或充值后再试。',
      en: 'Payee: {{payee}}\nOrder: {{number}}\nNot enough money; nothing was taken. Try another account.',
    },
    { keep: ['number', 'payee'] },
  ),
  refusedLater: text(
    order,
    {
      'zh-CN': '收款方：{{payee}}\n单号：{{number}}\n银行现在不能受理，没有扣款。请稍后再试。',
      en: 'Payee: {{payee}}\nOrder: {{number}}\nNothing was taken. Please try again later.',
    },
    { keep: ['number', 'payee'] },
  ),
  refused: text(
    order,
    {
      'zh-CN': '收款方：{{payee}}\n单号：{{number}}\n银行没有同意这笔付款，没有扣款。如有疑问请联系银行。',
      en: 'Payee: {{payee}}\nOrder: {{number}}\nThe bank said no; nothing was taken. Ask the bank why.',
    },
    { keep: ['number', 'payee'] },
  ),
  notLinked: text(
    {},
    {
      'zh-CN': '这个手机号还没有在本行开通付款。请先在银行网点或手机银行用本机号码开通，再回来支付。没有扣款。',
      en: 'This number is not set up for paying with this bank: do that at a branch or in its app. Nothing was taken.',
    },
  ),
  notNow: text(
    {},
    {
      'zh-CN': '现在不能办理付款，没有扣款。请稍后再试。',
      en: 'Payments cannot be taken right now, and nothing was taken. Please try again later.',
    },
  ),
  unreachable: text(
    {},
    {
      'zh-CN': '暂时联系不上银行系统，这次付款没有提交，没有扣款。请稍后再试。',
      en: 'The bank cannot be reached right now. Nothing was sent and nothing was taken. Please try again later.',
    },
  ),
  locked: text(
    {},
    {
      'zh-CN': '验证码多次不对，这次付款已停止，没有扣款。15 分钟后可以重新发起。',
      en: 'Too many wrong codes: this payment has stopped and nothing was taken. You can start again in 15 minutes.',
    },
  ),
  expired: text(
    {},
    {
      'zh-CN': '确认时间已过，这次付款没有提交，没有扣款。',
      en: 'The time to confirm is over. This payment was not sent and nothing was taken.',
    },
  ),
  codeExpired: text(
    {},
    {
      'zh-CN': '验证码已过期，这次付款没有提交，没有扣款。',
      en: 'The code has expired. This payment was not sent and nothing was taken.',
    },
  ),
}
