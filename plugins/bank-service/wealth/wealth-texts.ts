import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** A sentence about one order, in any wording with the product and how much. */
const ofOrder = (chinese: string, english: string) =>
  text({ name: 'text', amount: 'money' }, { 'zh-CN': chinese, en: english }, { keep: ['name', 'amount'] })

/** Wealth products: what they are, whom they suit, and nothing that is promised. */
export const wealthTexts = {
  productTitle: text({ name: 'text', risk: 'text' }, { 'zh-CN': '{{name}} · {{risk}}', en: '{{name}} · {{risk}}' }),
  productBody: text(
    { term: 'text', benchmark: 'text', min: 'money', unfit: 'count' },
    {
      'zh-CN': '期限：{{term}}\n业绩参考：{{benchmark}}\n起购：{{min}}{{#if unfit}}\n与您的风险测评不匹配{{/if}}',
      en:
        'Term: {{term}}\nPerformance: {{benchmark}}\nFrom {{min}}' +
        '{{#if unfit}}\nDoes not match your risk profile{{/if}}',
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
  amountUnfit: text(
    { min: 'money', step: 'money' },
    {
      'zh-CN': '这款产品 {{min}} 起购，按 {{step}} 递增，也不能超过银行的上限。请换一个金额。',
      en: 'It takes {{min}} or more, in steps of {{step}}, and no more than the bank allows. Please choose another.',
    },
    { keep: ['min', 'step'] },
  ),
  unsuitable: plain(
    '这款产品的风险高于您的测评结果，不能购买。您可以选风险更低的产品。',
    'Its risk is higher than your profile allows, so it cannot be bought. There are others with less risk.',
  ),
  nothingFits: plain(
    '现在没有符合您测评结果的产品。',
    'There is nothing on sale at the moment that suits your profile.',
  ),
  assessFailed: plain(
    '银行没有给出测评结果，这次没有购买，钱没有动。请稍后再试；银行已收到答案的话，就不用再答。',
    'The bank made no profile of it, and nothing was bought. Try later: answers that it has are not asked for again.',
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
  orderConfirmed: ofOrder('{{name}} {{amount}} 已确认份额。', '{{name}} {{amount}}: the units are yours.'),
  orderPartly: ofOrder(
    '{{name}} {{amount}} 只成交了一部分，其余的钱已解冻；份额见“我的理财”。',
    '{{name}} {{amount}}: only a part was bought and the rest is free again. See “my holdings”.',
  ),
  orderRejected: ofOrder(
    '{{name}} 没有成交，{{amount}} 已解冻。',
    '{{name}} was not bought; {{amount}} is yours to spend again.',
  ),
  orderChecking: plain(
    '银行还在处理这笔购买，请不要重复购买。有结果马上告诉您。',
    'The bank is still working on it: do not buy again. I will tell you.',
  ),
  holdingsTitle: plain('我的理财', 'My wealth products'),
  noHoldings: plain('您还没有持有理财产品。', 'You hold no wealth products yet.'),
  buyRetry: plain('要换个金额再试吗？', 'Shall we try another amount?'),
  orderOpen: plain(
    '这笔购买银行还没有给出结果，工作人员会跟进。请不要重复购买。',
    'The bank has not decided this order yet; a colleague looks after it. Do not buy again.',
  ),
  askCancel: text(
    { name: 'text', amount: 'text' },
    {
      'zh-CN': '要撤销 {{name}}{{#if amount}} {{amount}}{{/if}} 的购买吗？',
      en: 'Cancel the order for {{name}}{{#if amount}}, {{amount}}{{/if}}?',
    },
  ),
  askWhichOrder: plain('要撤哪一单？', 'Which order shall be cancelled?'),
  orderLabel: text(
    { name: 'text', amount: 'text' },
    { 'zh-CN': '{{name}}{{#if amount}} {{amount}}{{/if}}', en: '{{name}}{{#if amount}} {{amount}}{{/if}}' },
  ),
  cancelIt: plain('撤单', 'Cancel it'),
  keepOrder: plain('不撤了', 'Keep it'),
  orderKept: plain('好的，没有撤单。', 'All right, nothing was cancelled.'),
  orderWithdrawn: text(
    { name: 'text' },
    { 'zh-CN': '已撤单：{{name}}，钱已解冻。', en: '{{name}} is cancelled, and the money is yours to spend again.' },
    { keep: ['name'] },
  ),
  orderTooLate: text(
    { name: 'text' },
    { 'zh-CN': '{{name}} 已过截止时间，不能撤单。', en: '{{name}}: the cut-off has passed, it cannot be cancelled.' },
    { keep: ['name'] },
  ),
  cancelRefused: plain(
    '撤单没有被受理，订单还在。请马上再说一次“撤单”，或回复“人工”。',
    'The bank did not take it, and the order stands. Say “cancel the order” again now, or write “human”.',
  ),
  cancelUnsure: plain(
    '银行还没有答复，不确定是否已撤单。请稍后再说一次“撤单”，或查看“我的理财”。',
    'The bank has not answered, so it may or may not be cancelled. Say “cancel the order” again a little later.',
  ),
  noOrder: plain('没有可以撤的单。', 'There is no order to cancel.'),
} as const
