import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const keep = { keep: ['amount'] } as const
const bought = { name: 'text', amount: 'money' } as const
const same = (wording: string) => ({ 'zh-CN': wording, en: wording })

const shelfTexts = {
  item: text({ name: 'text' }, same('{{name}}')),
  price: text({ amount: 'money' }, same('{{amount}}'), keep),
  take: text({ name: 'text' }, { 'zh-CN': '买{{name}}', en: 'Buy {{name}}' }),
  more: plain('更多', 'More'),
  back: plain('前一页', 'Previous'),
  nothingOnSale: plain('现在没有在售的商品。', 'There is nothing on sale at the moment.'),
  soldOut: plain('已经卖完了。', 'It is sold out.'),
  buyTitle: text({ name: 'text', amount: 'money' }, same('{{name}} {{amount}}'), keep),
  kept: text({ until: 'time' }, { 'zh-CN': '商品为您保留到 {{until}}。', en: 'It is kept for you until {{until}}.' }),
  pay: plain('支付', 'Pay'),
  inParts: plain('分期付款', 'Pay in parts'),
  leave: plain('不买了', 'Leave it'),
} as const

const remedyTexts = {
  shortOf: text(
    { amount: 'money', until: 'time' },
    {
      'zh-CN': '账户余额不够支付 {{amount}}，没有扣款。商品为您保留到 {{until}}，您可以：',
      en: 'There is not enough in the account for {{amount}}; nothing was taken. It is kept until {{until}}. You can:',
    },
    keep,
  ),
  notPaidYet: text(
    { amount: 'money', until: 'time' },
    {
      'zh-CN': '{{amount}} 还没有支付，没有扣款。商品为您保留到 {{until}}，您可以：',
      en: '{{amount}} is not paid, and nothing was taken. It is kept until {{until}}. You can:',
    },
    keep,
  ),
  otherCard: plain('换卡支付', 'Pay by another card'),
  byLoan: plain('贷款支付', 'Pay by loan'),
  getCard: plain('申请信用卡', 'Get a credit card'),
  cancel: plain('取消', 'Leave it'),
  notHere: plain('这种方式本店暂时不能用。要换卡支付吗？', 'That is not possible here for now. Pay by another card?'),
  partsTitle: text({ name: 'text', amount: 'money', rate: 'text' }, same('{{name}} {{amount}} · {{rate}}'), {
    keep: ['amount', 'rate'],
  }),
  partsBody: text(
    { row1: 'text', row2: 'text', row3: 'text', row4: 'text' },
    same('{{row1}}{{#if row2}}\n{{row2}}{{/if}}{{#if row3}}\n{{row3}}{{/if}}{{#if row4}}\n{{row4}}{{/if}}'),
  ),
  confirmParts: plain('就这样分期', 'In these parts'),
  noParts: plain('不用了', 'No, thanks'),
  noPartsHere: plain('这个金额不能分期。', 'This amount cannot be paid in parts.'),
  resumeTitle: text(
    { name: 'text', amount: 'money' },
    { 'zh-CN': '您的订单仍保留：{{name}} {{amount}}', en: 'Your order is still here: {{name}} {{amount}}' },
    keep,
  ),
  resumeBody: text(
    { until: 'time' },
    {
      'zh-CN': '保留到 {{until}}。新卡激活后就能用它支付；现在要支付吗？确认前不会扣款。',
      en:
        'Kept until {{until}}. Your new card pays once it is active. ' +
        'Pay now? Nothing is taken before you confirm.',
    },
  ),
  cardChecked: plain(
    '银行正在核对您的信用卡申请，有结果就告诉您。商品为您保留，没有扣款。',
    'The bank is checking your card; you will hear of it here. It is kept for you, and nothing was taken.',
  ),
  notNow: plain('不用了', 'No, thanks'),
} as const

const endTexts = {
  bought: text(
    { name: 'text', receipt: 'text' },
    { 'zh-CN': '已付款，{{name}}马上发货。单号 {{receipt}}', en: 'Paid: {{name}} is on its way. Order {{receipt}}' },
  ),
  soon: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}已留好，放款后马上发货。', en: '{{name}} is kept until the loan arrives.' },
  ),
  lapsed: plain(
    '订单已过期，没有扣款。需要时请重新下单。',
    'The order has expired; nothing was taken. Please order anew.',
  ),
  stillOpen: plain(
    '银行还没有给出结果。请不要再付一次，回复“人工”，工作人员会跟进。',
    'The bank has still not decided. Please do not pay again; say "human", and a colleague will see to it.',
  ),
  priceMoved: text(
    { before: 'money', amount: 'money' },
    {
      'zh-CN': '金额已由 {{before}} 变为 {{amount}}，请重新核对，没有扣款。',
      en: 'The price has gone from {{before}} to {{amount}}. Please look at it again; nothing was taken.',
    },
    { keep: ['before', 'amount'] },
  ),
  closed: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}已下架，没有扣款。', en: '{{name}} is not on sale any more. Nothing was taken.' },
  ),
  gone: text(
    bought,
    {
      'zh-CN': '已付款，但{{name}}没能保住，非常抱歉。{{amount}} 正在退回付款账户，结果在这里告诉您。',
      en: [
        'It is paid, but {{name}} could not be kept; we are sorry.',
        '{{amount}} is on its way back to the account that paid. You will hear of it here.',
      ].join(' '),
    },
    keep,
  ),
  goneByLoan: text(
    bought,
    {
      'zh-CN': '已付款，但{{name}}没能保住，非常抱歉。{{amount}} 正在退给银行，用来还这笔贷款，结果在这里告诉您。',
      en: [
        'It is paid, but {{name}} could not be kept; we are sorry.',
        '{{amount}} is on its way to the bank, to pay back the loan. You will hear of it here.',
      ].join(' '),
    },
    keep,
  ),
  goneByParts: text(
    bought,
    {
      'zh-CN': '已分期付款，但{{name}}没能保住，非常抱歉。{{amount}} 正在退回您的信用卡，结果在这里告诉您。',
      en: [
        'It is paid in parts, but {{name}} could not be kept; we are sorry.',
        '{{amount}} is on its way back to your credit card. You will hear of it here.',
      ].join(' '),
    },
    keep,
  ),
  backAtPayer: text(
    { amount: 'money' },
    { 'zh-CN': '{{amount}} 已退回付款账户。', en: '{{amount}} has gone back to the account that paid.' },
    keep,
  ),
  backAtBank: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}} 已退给银行，用来还这笔贷款。',
      en: '{{amount}} has gone to the bank and pays back the loan.',
    },
    keep,
  ),
  backOnCard: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}} 已退回您的信用卡，这笔分期已取消，以后各期不再扣。',
      en: '{{amount}} has gone back to your credit card: the plan has ended, and no part of it comes any more.',
    },
    keep,
  ),
  notBackYet: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}} 还没有退成。请回复“人工”，工作人员会跟进。',
      en: '{{amount}} has not gone back yet. Say "human", and a colleague will see to it.',
    },
    keep,
  ),
  notPaid: plain('没有付款，没有扣款，商品已放回。', 'Nothing was paid, and it is back on the shelf.'),
  checking: plain(
    '银行正在核对，请不要再付一次。商品为您保留，有结果就告诉您。',
    'The bank is checking: please do not pay again. It is kept for you, and you will hear of it here.',
  ),
  noPurchases: plain('您还没有买过东西。', 'You have bought nothing yet.'),
  lastPurchase: text(
    { name: 'text', amount: 'money', receipt: 'text', count: 'count' },
    {
      'zh-CN': '共 {{count}} 单。最近一单：{{name}} {{amount}}，单号 {{receipt}}。',
      en: 'Orders: {{count}}. The last one: {{name}} {{amount}}, order {{receipt}}.',
    },
    keep,
  ),
} as const

export const texts = { ...shelfTexts, ...remedyTexts, ...endTexts }
