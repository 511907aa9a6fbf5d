import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** Wealth products: what they are, whom they suit, and nothing that is promised. */
export const wealthTexts = {
  productTitle: text({ name: 'text', risk: 'text' }, { 'zh-CN': '{{name}} · {{risk}}', en: '{{name}} · {{risk}}' }),
  productBody: text(
    { term: 'text', benchmark: 'text', min: 'money', unfit: 'count' },
    {
      'zh-CN': '期限：{{term}}\n{{benchmark}}\n起购：{{min}}{{#if unfit}}\n与您的风险测评不匹配{{/if}}',
      en: 'Term: {{term}}\n{{benchmark}}\nFrom {{min}}{{#if unfit}}\nDoes not match your risk profile{{/if}}',
    },
    { keep: ['min'] },
  ),
  viewProduct: text({ name: 'text' }, { 'zh-CN': '买{{name}}', en: '{{name}}' }),
  noProducts: plain('现在没有在售的理财产品。', 'There is nothing on sale at the moment.'),
  howMuchWealth: text(
    { min: 'money' },
    { 'zh-CN': '买多少？{{min}} 起。', en: 'How much? From {{min}}.' },
    { keep: ['min'] },
  ),
  amountUnfit: plain(
    '低于起购金额，或不是递增金额的整数倍，请换一个金额。',
    'Below the minimum or not in its steps. Please choose another amount.',
  ),
  unsuitable: plain(
    '这款产品的风险高于您的测评结果，不能购买。您可以选风险更低的产品。',
    'Its risk is higher than your profile allows, so it cannot be bought. There are others with less risk.',
  ),
  assessFirst: plain(
    '您还没有有效的风险测评。先回答 5 个问题，一年内有效。',
    'You have no valid risk profile yet. Five questions first; it holds for a year.',
  ),
  question0: plain('1/5 投资的钱多久之内用不到？', '1/5 How long can you do without the money?'),
  question1: plain('2/5 您买过有波动的产品吗？', '2/5 Have you bought products that go up and down?'),
  question2: plain('3/5 一年亏多少您能接受？', '3/5 What loss in a year could you bear?'),
  question3: plain('4/5 这笔钱占您积蓄的多少？', '4/5 How much of your savings is it?'),
  question4: plain('5/5 您更看重什么？', '5/5 What matters more to you?'),
  answer0low: plain('随时要用', 'I may need it any day'),
  answer0mid: plain('一年以内', 'Within a year'),
  answer0high: plain('三年以上', 'Three years or more'),
  answer1low: plain('没有', 'No'),
  answer1mid: plain('买过一些', 'Some'),
  answer1high: plain('经常买', 'Often'),
  answer2low: plain('不能亏', 'None'),
  answer2mid: plain('10% 以内', 'Up to 10%'),
  answer2high: plain('30% 以内', 'Up to 30%'),
  answer3low: plain('大部分', 'Most of it'),
  answer3mid: plain('一半左右', 'About half'),
  answer3high: plain('很小一部分', 'A small part'),
  answer4low: plain('本金安全', 'That it is safe'),
  answer4mid: plain('稳中求进', 'A bit of both'),
  answer4high: plain('更高收益', 'More return'),
  profileIs: text(
    { profile: 'text' },
    { 'zh-CN': '您的风险等级是 {{profile}}，一年内有效。', en: 'Your risk profile is {{profile}}, good for a year.' },
    { keep: ['profile'] },
  ),
  discloseTitle: text(
    { name: 'text', amount: 'money' },
    { 'zh-CN': '{{name}} {{amount}}', en: '{{name}}: {{amount}}' },
    { keep: ['amount'] },
  ),
  readAndAgree: plain('已阅读，购买', 'I have read it: buy'),
  dontBuy: plain('不买了', 'Do not buy'),
  notBought: plain('好的，没有购买，钱没有动。', 'All right, nothing was bought.'),
  orderTaken: text(
    { name: 'text', amount: 'money', day: 'text' },
    {
      'zh-CN': '已受理：{{name}} {{amount}}，{{day}} 确认份额。截止时间前可以回复“撤单”。理财非存款，不保证收益。',
      en: 'Taken: {{name}} {{amount}}, units on {{day}}. Until the cut-off: “cancel the order”. Nothing is guaranteed.',
    },
    { keep: ['name', 'amount'] },
  ),
  orderConfirmed: text(
    { name: 'text', amount: 'money' },
    { 'zh-CN': '{{name}} {{amount}} 已确认份额。', en: '{{name}} {{amount}}: the units are yours.' },
    { keep: ['name', 'amount'] },
  ),
  orderRejected: text(
    { name: 'text', amount: 'money' },
    {
      'zh-CN': '{{name}} 没有成交，{{amount}} 已解冻。',
      en: '{{name}} was not bought; {{amount}} is yours to spend again.',
    },
    { keep: ['name', 'amount'] },
  ),
  orderChecking: plain(
    '银行还在处理这笔购买，请不要重复购买。',
    'The bank is still at it: do not buy again. I will tell you.',
  ),
  holdingsTitle: plain('我的理财', 'My wealth products'),
  noHoldings: plain('您还没有持有理财产品。', 'You hold no wealth products yet.'),
  orderWithdrawn: plain('已撤单，钱已解冻。', 'Cancelled, and the money is yours to spend again.'),
  orderTooLate: plain('已过截止时间，不能撤单。', 'The cut-off has passed: it cannot be cancelled.'),
  noOrder: plain('没有可以撤的单。', 'There is no order to cancel.'),
} as const
