import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

export const offerTexts = {
  roomTitle: text(
    { name: 'text', price: 'money' },
    { 'zh-CN': '{{name}} · {{price}}/晚', en: '{{name}} · {{price}} a night' },
    { keep: ['price'] },
  ),
  roomLine: text(
    { date: 'date', line: 'text' },
    { 'zh-CN': '{{date}}入住 · {{line}}', en: 'Night of {{date}} · {{line}}' },
  ),
  take: text({ name: 'text' }, { 'zh-CN': '订{{name}}', en: 'Book {{name}}' }),
  noThanks: plain('不用了', 'No, thanks'),
  never: plain('不再推荐', 'No more hotels'),
  closing: plain('好的，先到这里，需要时随时找我。', 'All right. I am here whenever you need me.'),
  neverAgain: plain('好的，以后不再推荐酒店。', 'All right, no more hotels from me.'),
  consent: text(
    { name: 'text' },
    {
      'zh-CN': '为了预订，需要把您的姓名和手机号提供给{{name}}，仅用于本次入住。是否同意？',
      en: 'To book, {{name}} needs your name and phone number, for this stay only. Do you agree?',
    },
  ),
  agree: plain('同意', 'I agree'),
  disagree: plain('不同意', 'I do not'),
  notShared: plain('好的，没有提供任何信息，也没有预订。', 'All right: nothing was passed on and nothing booked.'),
  full: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}刚刚订满了，没有扣款。', en: '{{name}} has just filled up. Nothing was charged.' },
  ),
  booked: text(
    { name: 'text', date: 'date', price: 'money', receipt: 'text' },
    {
      'zh-CN': '预订成功：{{name}}\n{{date}}入住一晚 · 已付 {{price}}\n单号 {{receipt}}',
      en: 'Booked: {{name}}\nOne night, {{date}} · paid {{price}}\nReceipt {{receipt}}',
    },
    { keep: ['price', 'receipt'] },
  ),
  notBooked: text(
    { name: 'text' },
    {
      'zh-CN': '{{name}}没有预订，没有扣款，您的车票不受影响。',
      en: '{{name}}: not booked and nothing charged. Your ticket is not affected.',
    },
  ),
  checking: text(
    { price: 'money' },
    {
      'zh-CN': '银行正在核实 {{price}}，请不要重复支付，房间为您保留。',
      en: 'The bank is checking your {{price}}. Please do not pay again; the room stays held.',
    },
    { keep: ['price'] },
  ),
  stillOpen: plain(
    '银行还没有给出结果。请不要再付一次，回复“人工”，工作人员会跟进。',
    'The bank has still not decided. Please do not pay again; say “human”, and a colleague will see to it.',
  ),
  goingBack: text(
    { name: 'text', price: 'money' },
    {
      'zh-CN': '{{name}}没有房间了，非常抱歉。{{price}} 正在退回付款账户，结果在这里告诉您。您的车票不受影响。',
      en: [
        '{{name}} has no room left; we are sorry. {{price}} is on its way back to the account that paid.',
        'You will hear of it here, and your ticket is not affected.',
      ].join(' '),
    },
    { keep: ['price'] },
  ),
  givenBack: text(
    { name: 'text', price: 'money' },
    {
      'zh-CN': '{{name}}的 {{price}} 已原路退回。您的车票不受影响。',
      en: '{{name}}: {{price}} has gone back to you. Your ticket is not affected.',
    },
    { keep: ['price'] },
  ),
  owed: text(
    { name: 'text', price: 'money' },
    {
      'zh-CN': '{{name}}的 {{price}} 还没有退成。请回复“人工”，工作人员会跟进。您的车票不受影响。',
      en: [
        '{{name}}: {{price}} has not gone back yet. Say “human”, and a colleague will see to it.',
        'Your ticket is not affected.',
      ].join(' '),
    },
    { keep: ['price'] },
  ),
} as const
