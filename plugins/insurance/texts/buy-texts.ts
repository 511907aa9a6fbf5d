import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** Up to eight lines of the bank's, as it words them. */
const eightRows = [2, 3, 4, 5, 6, 7, 8].reduce((rows, n) => `${rows}{{#if r${n}}}\n{{r${n}}}{{/if}}`, '{{r1}}')

/** Premium, policy, and its next year. */
export const buyTexts = {
  whichProduct: plain('要投保哪一种？', 'Which insurance would you like?'),
  productTitle: text({ name: 'text' }, { 'zh-CN': '{{name}}', en: '{{name}}' }),
  productLine: text({ line: 'text' }, { 'zh-CN': '{{line}}', en: '{{line}}' }),
  getQuote: text({ name: 'text' }, { 'zh-CN': '{{name}}报价', en: 'Quote: {{name}}' }),
  noneSold: plain('目前没有可投保的产品。', 'There is nothing on sale at the moment.'),
  quoteTitle: text(
    { name: 'text', premium: 'money' },
    { 'zh-CN': '{{name}} · 保费 {{premium}}', en: '{{name}} · premium {{premium}}' },
    { keep: ['premium'] },
  ),
  quoteBody: text(
    { r1: 'text', r2: 'text', r3: 'text', r4: 'text', r5: 'text', r6: 'text', r7: 'text', r8: 'text' },
    { 'zh-CN': eightRows, en: eightRows },
  ),
  premiumMoved: text(
    { before: 'money', premium: 'money' },
    {
      'zh-CN': '保费已由 {{before}} 变为 {{premium}}，请重新核对，没有扣款。',
      en: 'The premium has gone from {{before}} to {{premium}}. Please look at it again; nothing was charged.',
    },
    { keep: ['before', 'premium'] },
  ),
  declareAndBuy: plain('声明属实，投保', 'All true: insure me'),
  notNow: plain('暂不投保', 'Not now'),
  purpose: plain('保费', 'Premium'),
  noAnswer: plain(
    '暂时拿不到报价，没有扣款，请稍后再试。',
    'There is no quote to be had at the moment. Nothing was charged; please try again a little later.',
  ),
  notRenewable: plain('这份保单已经续过保，或者已经到期。', 'This policy has been renewed already, or has ended.'),
  later: plain('好的，需要时对我说“投保”或“续保”。', 'All right. Say “insurance” or “renew” whenever you like.'),
  bound: text(
    { name: 'text', number: 'text', from: 'text', to: 'text', premium: 'money' },
    {
      'zh-CN':
        '承保成功：{{name}}\n保单号 {{number}}\n{{from}} 至 {{to}}\n保费 {{premium}}\n电子保单已生效，到期前会提醒您。',
      en: [
        'Insured: {{name}}',
        'Policy {{number}}',
        '{{from}} to {{to}}',
        'Premium {{premium}}',
        'The e-policy is in force. I will remind you before it ends.',
      ].join('\n'),
    },
    { keep: ['premium', 'number'] },
  ),
  boundPlain: text(
    { name: 'text', premium: 'money' },
    { 'zh-CN': '承保成功：{{name}}，保费 {{premium}}。', en: 'Insured: {{name}}, premium {{premium}}.' },
    { keep: ['premium'] },
  ),
  binding: text(
    { premium: 'money' },
    {
      'zh-CN': '保费 {{premium}} 已支付，正在等待承保，请勿重复投保。24 小时内没有承保会自动全额退回。',
      en: [
        'The premium of {{premium}} is paid, and the insurer is issuing your policy.',
        'Please do not buy again: without a policy within 24 hours, all of it comes back.',
      ].join(' '),
    },
    { keep: ['premium'] },
  ),
  checking: text(
    { premium: 'money' },
    {
      'zh-CN': '银行正在核实 {{premium}} 的保费，请勿重复投保。',
      en: 'The bank is checking your premium of {{premium}}. Please do not buy again.',
    },
    { keep: ['premium'] },
  ),
  premiumBack: text(
    { name: 'text', premium: 'money' },
    {
      'zh-CN': '{{name}}没有承保，保费 {{premium}} 已全额退回您的账户。',
      en: '{{name}}: no policy was issued. The premium of {{premium}} has gone back to your account in full.',
    },
    { keep: ['premium'] },
  ),
  notBound: text(
    { name: 'text' },
    {
      'zh-CN': '{{name}}没有投保成功，没有扣款。',
      en: '{{name}}: not insured, and nothing was charged.',
    },
  ),
  notBoundAfterAll: text(
    { name: 'text' },
    {
      'zh-CN': '{{name}}没有投保成功：没有扣款，或已原路退回。',
      en: '{{name}}: not insured. Nothing was charged, or it has gone back to you.',
    },
  ),
  stillOpen: plain(
    '这次投保还没有结果，请勿重复投保。回复“人工”，工作人员会跟进。',
    'Your insurance is still open; please do not buy again. Say “human”, and a colleague will see to it.',
  ),
  notBoundYet: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}还没有投保。要再试一次吗？', en: '{{name}}: not insured yet. Try again?' },
  ),
  tryAgain: plain('再试一次', 'Try again'),
  whichPolicy: plain('要续哪一份保单？', 'Which policy would you like to renew?'),
  policyChip: text({ name: 'text', to: 'text' }, { 'zh-CN': '{{name}} {{to}}', en: '{{name}} {{to}}' }),
  noPolicy: plain('您在这里还没有有效的保单。', 'You have no policy in force here.'),
  ends: text(
    { name: 'text', to: 'text', premium: 'money' },
    {
      'zh-CN': '您的{{name}} {{to}} 到期。去年方案保费 {{premium}}，续保只需一点。',
      en: 'Your {{name}} ends on {{to}}. Last year it was {{premium}}; one tap renews it.',
    },
    { keep: ['premium'] },
  ),
  renewNow: plain('一键续保', 'Renew'),
  otherPlan: plain('换方案', 'Another plan'),
  noReminders: plain('不再提醒', 'No more reminders'),
  remindersOff: plain('好的，这份保单不再提醒。', 'All right, no more reminders of this policy.'),
} as const
