import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** Bills and top-ups; biller, number, amount and period are only ever variables. */
export const billTexts = {
  whichBill: plain('缴什么费？', 'What would you like to pay?'),
  water: plain('水费', 'Water'),
  power: plain('电费', 'Electricity'),
  gas: plain('燃气费', 'Gas'),
  phone: plain('话费', 'Phone credit'),
  insurance: plain('医保', 'Medical insurance'),
  whichMeter: text(
    { biller: 'text' },
    { 'zh-CN': '{{biller}}：请选择户号，或直接输入户号。', en: '{{biller}}: pick an account, or type its number.' },
  ),
  typeMeter: text(
    { biller: 'text' },
    { 'zh-CN': '{{biller}}：请输入户号（账单上有）。', en: '{{biller}}: type the account number (it is on the bill).' },
  ),
  meterLabel: text({ tail: 'text' }, { 'zh-CN': '尾号 {{tail}}', en: 'Ending in {{tail}}' }),
  notAMeter: plain('没有这个户号，请核对账单后再输入。', 'There is no such account number. Please check the bill.'),
  noBill: text(
    { biller: 'text', tail: 'text' },
    { 'zh-CN': '{{biller}} 户号尾号 {{tail}} 没有待缴账单。', en: '{{biller}}, account {{tail}}: nothing is owed.' },
  ),
  whichOfBills: text(
    { biller: 'text', many: 'count' },
    {
      'zh-CN': '{{biller}}有 {{many}} 张待缴账单，先缴哪一张？',
      en: '{{biller}} has {{many}} bills for you. Which one first?',
    },
  ),
  billLabel: text(
    { period: 'text', amount: 'money' },
    { 'zh-CN': '{{period}} {{amount}}', en: '{{period}} {{amount}}' },
  ),
  billTitle: text(
    { biller: 'text', amount: 'money' },
    { 'zh-CN': '{{biller}} {{amount}}', en: '{{biller}}: {{amount}}' },
    { keep: ['amount'] },
  ),
  billBody: text(
    { account: 'text', period: 'text', late: 'text' },
    {
      'zh-CN': '户号 {{account}}\n账期 {{period}}\n{{#if late}}含滞纳金 {{late}}{{else}}无滞纳金{{/if}}',
      en: 'Account {{account}}\nPeriod {{period}}\n{{#if late}}Late fee included: {{late}}{{else}}No late fee{{/if}}',
    },
  ),
  payBill: plain('缴费', 'Pay'),
  notNow: plain('不缴了', 'Not now'),
  paidAlready: text(
    { at: 'dateTime', amount: 'money' },
    {
      'zh-CN': '您 {{at}} 已缴过同一账单 {{amount}}，是否仍要缴费？',
      en: 'You paid this very bill of {{amount}} on {{at}}. Pay it once more?',
    },
    { keep: ['amount'] },
  ),
  payAgain: plain('仍要缴', 'Pay it once more'),
  notPaidAgain: plain('好的，没有重复缴费。', 'All right, it was not paid twice.'),
  billNotPaid: plain('好的，没有缴费，钱没有动。', 'All right, nothing was paid.'),
  billSettled: text(
    { biller: 'text', amount: 'money' },
    {
      'zh-CN': '缴费成功，{{biller}}已销账 {{amount}}。',
      en: 'Paid: {{biller}} has booked {{amount}}.',
    },
    { keep: ['amount'] },
  ),
  billChecking: text(
    { biller: 'text', amount: 'money' },
    {
      'zh-CN': '{{amount}} 正在与{{biller}}核对，请勿重复缴费。有结果马上告诉您。',
      en: '{{amount}} is being checked with {{biller}}. Do not pay again; I will tell you.',
    },
    { keep: ['amount'] },
  ),
  billReturned: text(
    { biller: 'text', amount: 'money' },
    {
      'zh-CN': '{{biller}}没有收到这笔缴费，{{amount}} 已退回您的账户。',
      en: '{{biller}} did not take it: {{amount}} is back in your account.',
    },
    { keep: ['amount'] },
  ),
  billFell: text(
    { biller: 'text', amount: 'money' },
    {
      'zh-CN': '{{biller}} {{amount}} 没有办成：没有扣款，或已原路退回您的账户。',
      en: '{{biller}}, {{amount}}: it did not go through. Nothing was taken, or it is back in your account.',
    },
    { keep: ['amount'] },
  ),
  billOpen: plain(
    '这笔缴费还没有结果，工作人员会跟进。请勿重复缴费。',
    'This payment is still open; a colleague looks after it. Do not pay again.',
  ),
  billRetry: plain(
    '没有缴成：没有扣款，或已原路退回。账单可能有变化，要再查一次吗？',
    'It was not paid: nothing was taken, or it has been given back. The bill may have changed: look it up once more?',
  ),
  queryAgain: plain('再查一次', 'Look it up'),
} as const
