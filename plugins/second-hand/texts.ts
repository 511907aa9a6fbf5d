import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const same = (wording: string) => ({ 'zh-CN': wording, en: wording })
const keep = { keep: ['amount'] } as const
const thing = { item: 'text', amount: 'money' } as const

const shelfTexts = {
  item: text({ name: 'text' }, same('{{name}}')),
  price: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}}\n货款由银行保管，收到货再付给卖家',
      en: '{{amount}}\nThe bank keeps the money until it arrives',
    },
    keep,
  ),
  take: text({ name: 'text' }, { 'zh-CN': '买{{name}}', en: 'Buy {{name}}' }),
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
  closing: plain('好的，先到这里，需要时随时找我。', 'All right. I am here whenever you need me.'),
  nothingHere: plain('现在没有二手商品。', 'There is nothing second-hand at the moment.'),
  gone: plain('已经被别人买走了，没有扣款。', 'Somebody else has taken it: nothing was taken from you.'),
  notPaid: plain('没有付款，商品已放回。', 'Nothing was paid: it is back on the shelf.'),
  notKept: plain('这个金额银行不能保管，没有付款。', 'The bank does not keep this amount: nothing was paid.'),
  lapsed: plain(
    '钱已由银行保管，但商品保留时间已过。请用“担保订单”申请退款。',
    'The bank keeps the money, but the item is gone. Write "kept orders" to have it given back.',
  ),
  checking: plain('正在核对付款，请不要再付一次。', 'The payment is being checked: please do not pay again.'),
} as const

const orderTexts = {
  shipped: text(
    { item: 'text', parcel: 'text' },
    {
      'zh-CN': '卖家已寄出{{item}}，包裹 {{parcel}}。收到后写“担保订单”确认收货，货款才会付给卖家。',
      en:
        '{{item}} is on its way, parcel {{parcel}}. ' +
        'Write "kept orders" once it is there: only then is the seller paid.',
    },
  ),
  toBeShipped: text(
    { item: 'text', receipt: 'text' },
    {
      'zh-CN': '货款由银行保管，等待卖家寄出{{item}}，单号 {{receipt}}。寄出后在这里告诉您。',
      en: 'The bank keeps the money until {{item}} is sent, order {{receipt}}. You will hear of it here.',
    },
  ),
  toBeShippedBy: text(
    { item: 'text', receipt: 'text', until: 'dateTime' },
    {
      'zh-CN':
        '货款由银行保管，等待卖家寄出{{item}}，单号 {{receipt}}。' +
        '{{until}} 前没有寄出，货款会自动退回。寄出后在这里告诉您。',
      en:
        'The bank keeps the money until {{item}} is sent, order {{receipt}}. ' +
        'If it is not before {{until}}, the money comes back to you. You will hear of it here.',
    },
  ),
  orderTitle: text(thing, { 'zh-CN': '{{item}} {{amount}}', en: '{{item}} {{amount}}' }, keep),
  orderBody: text(
    { standing: 'text', until: 'text', rule: 'text' },
    {
      'zh-CN': '{{standing}}{{#if until}}\n请在 {{until}} 前答复{{#if rule}}，没有答复将按约定付给卖家{{/if}}{{/if}}',
      en:
        '{{standing}}{{#if until}}\nPlease answer before {{until}}' +
        '{{#if rule}}: without an answer the seller is paid{{/if}}{{/if}}',
    },
  ),
  which: plain('哪一单？', 'Which one?'),
  received: plain('确认收货', 'It has arrived'),
  moneyBack: plain('申请退款', 'Money back'),
  object: plain('有争议', 'Something is wrong'),
  later: plain('以后再说', 'Later'),
  sureTitle: text(
    thing,
    { 'zh-CN': '把 {{amount}} 付给卖家（{{item}}）？', en: 'Pay {{amount}} to the seller ({{item}})?' },
    keep,
  ),
  sureBody: plain('确认后货款马上付给卖家，不能撤回。', 'It is paid at once and cannot be taken back.'),
  sure: plain('确认付给卖家', 'Pay the seller'),
} as const

const endTexts = {
  released: text(
    thing,
    { 'zh-CN': '{{item}}：{{amount}} 已付给卖家。', en: '{{item}}: {{amount}} is paid to the seller.' },
    keep,
  ),
  returned: text(
    thing,
    { 'zh-CN': '{{item}}：{{amount}} 已退回您的账户。', en: '{{item}}: {{amount}} is back in your account.' },
    keep,
  ),
  releasedBy: text(
    { ...thing, why: 'text' },
    {
      'zh-CN': '{{item}}：{{why}}，{{amount}} 已付给卖家。',
      en: '{{item}}: {{why}}, and {{amount}} is paid to the seller.',
    },
    keep,
  ),
  returnedBy: text(
    { ...thing, why: 'text' },
    {
      'zh-CN': '{{item}}：{{why}}，{{amount}} 已退回您的账户。',
      en: '{{item}}: {{why}}, and {{amount}} is back in your account.',
    },
    keep,
  ),
  asked: plain(
    '已申请退款，等卖家同意。卖家不同意时，可以在“担保订单”里选“有争议”，由银行裁定。',
    'Asked for: the seller has to agree. If not, choose "Something is wrong" under "kept orders": the bank decides.',
  ),
  disputed: plain(
    '已提交银行裁定。裁定前不会付给任何一方，有结果马上告诉您。',
    'The bank will decide. Until then nobody is paid; you will hear of it here.',
  ),
  noOrders: plain(
    '现在没有由银行保管货款的订单。',
    'You have no orders for which the bank keeps the money at the moment.',
  ),
  notNow: plain('银行现在不能查询，请稍后再试。', 'The bank cannot look it up right now. Please try again later.'),
  newsLater: plain(
    '您的担保订单有新进展，暂时查不到详情。写“担保订单”可以查看。',
    'There is news of a kept order, and it cannot be looked up just now. Write "kept orders" to see it.',
  ),
  unreachable: plain('暂时联系不上银行系统，请稍后再试。', 'The bank cannot be reached right now. Please try later.'),
  unsure: plain(
    '银行还没有给出结果，正在核对。写“担保订单”可以查看，请不要重复操作。',
    'The bank has not answered yet, and it is being checked. Write "kept orders" to look; please do not do it again.',
  ),
} as const

export const texts = { ...shelfTexts, ...orderTexts, ...endTexts }
