import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** From the bill to the word that it is settled. */
export const billTexts = {
  billTitle: text(
    { name: 'text', amount: 'money' },
    { 'zh-CN': '{{name}} {{amount}}', en: '{{name}} · {{amount}}' },
    { keep: ['amount'] },
  ),
  billBody: text(
    { company: 'text', account: 'text', period: 'text', until: 'time' },
    {
      'zh-CN': '{{company}} 户号 {{account}}\n{{period}} · 无滞纳金\n金额有效至 {{until}}',
      en: '{{company}}, account {{account}}\n{{period}} · no late fee\nThe amount holds until {{until}}',
    },
  ),
  billBodyLate: text(
    { company: 'text', account: 'text', period: 'text', fee: 'money', until: 'time' },
    {
      'zh-CN': '{{company}} 户号 {{account}}\n{{period}} · 含滞纳金 {{fee}}\n金额有效至 {{until}}',
      en: [
        '{{company}}, account {{account}}',
        '{{period}} · {{fee}} of it is a late fee',
        'The amount holds until {{until}}',
      ].join('\n'),
    },
    { keep: ['fee'] },
  ),
  whichBill: text(
    { count: 'count', name: 'text' },
    {
      'zh-CN': '{{name}}有 {{count}} 笔账单没有缴，先缴哪一笔？',
      en: '{{name}}: {{count}} bills are open. Which one first?',
    },
  ),
  billChip: text(
    { period: 'text', amount: 'money' },
    { 'zh-CN': '{{period}} {{amount}}', en: '{{period}} {{amount}}' },
    { keep: ['amount'] },
  ),
  amountMoved: text(
    { before: 'money', amount: 'money' },
    {
      'zh-CN': '账单金额已由 {{before}} 变为 {{amount}}，请重新核对，没有扣款。',
      en: 'The bill has gone from {{before}} to {{amount}}. Please look at it again; nothing was charged.',
    },
    { keep: ['before', 'amount'] },
  ),
  pay: plain('缴费', 'Pay'),
  notNow: plain('稍后', 'Later'),
  paidBefore: text(
    { at: 'dateTime', amount: 'money' },
    {
      'zh-CN': '您 {{at}} 已缴同一账单 {{amount}}，是否仍要缴费？',
      en: 'You paid this very bill, {{amount}}, on {{at}}. Would you still like to pay it again?',
    },
    { keep: ['amount'] },
  ),
  doNotPay: plain('不缴了', 'Do not pay'),
  payAgain: plain('仍要缴', 'Pay it again'),
  nothingOwed: text(
    { name: 'text', account: 'text' },
    { 'zh-CN': '{{name}} 户号 {{account}} 目前没有欠费。', en: '{{name}}, account {{account}}: nothing is owed.' },
  ),
  noAnswer: plain(
    '暂时查不到账单，没有扣款，请稍后再试。',
    'The bill cannot be looked up at the moment. Nothing was charged; please try again a little later.',
  ),
  settled: text(
    { name: 'text', account: 'text', amount: 'money', company: 'text', receipt: 'text' },
    {
      'zh-CN': '缴费成功：{{name}} {{amount}}\n户号 {{account}}，{{company}}已销账\n单号 {{receipt}}',
      en: 'Paid: {{name}}, {{amount}}\nAccount {{account}}, settled by {{company}}\nReceipt {{receipt}}',
    },
    { keep: ['amount', 'receipt'] },
  ),
  debited: text(
    { amount: 'money', company: 'text' },
    {
      'zh-CN': '已扣款 {{amount}}，正在与{{company}}核对，请勿重复缴费。有结果马上告诉您。',
      en: [
        '{{amount}} was debited and is being checked with {{company}}.',
        'Please do not pay again; I will tell you how it ends.',
      ].join(' '),
    },
    { keep: ['amount'] },
  ),
  checking: text(
    { amount: 'money' },
    {
      'zh-CN': '银行正在核实这笔 {{amount}}，请勿重复缴费。有结果马上告诉您。',
      en: 'The bank is checking your {{amount}}. Please do not pay again; I will tell you how it ends.',
    },
    { keep: ['amount'] },
  ),
  givenBack: text(
    { company: 'text', amount: 'money' },
    {
      'zh-CN': '{{company}}没有收下这笔缴费，{{amount}} 已退回您的账户。需要时可以重新缴。',
      en: '{{company}} did not take the payment; {{amount}} has gone back to your account. You can pay again.',
    },
    { keep: ['amount'] },
  ),
  notPaid: text(
    { name: 'text' },
    {
      'zh-CN': '{{name}}没有缴成：没有扣款，或已原路退回。需要时再来找我。',
      en: '{{name}} is not paid: nothing was charged, or it has gone back. Come back whenever you like.',
    },
  ),
  stillOpen: plain(
    '这笔缴费还没有结果，请勿重复缴费。回复“人工”，工作人员会跟进。',
    'Your payment is still open; please do not pay again. Say “human”, and a colleague will see to it.',
  ),
  notPaidYet: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}还没有缴。要再试一次吗？', en: '{{name}} is not paid yet. Try again?' },
  ),
  tryAgain: plain('再试一次', 'Try again'),
  later: plain('好的，需要缴费时对我说“生活缴费”。', 'All right. Say “bills” whenever you would like to pay.'),
} as const
