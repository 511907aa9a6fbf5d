import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const same = (wording: string) => ({ 'zh-CN': wording, en: wording })
const keep = { keep: ['amount'] } as const

/** A loan that runs, with its annual rate. */
const named = {
  'zh-CN': '{{name}}{{#if rate}}\n年利率：{{rate}}%（单利）{{/if}}',
  en: '{{name}}{{#if rate}}\nAnnual rate: {{rate}}% (simple){{/if}}',
} as const

const loanTexts = {
  noLoans: plain(
    '您现在没有贷款。想知道大约能借多少，请回复“我能贷多少”。',
    'You have no loan at the moment. Write "how much could I borrow" to hear about how much it could be.',
  ),
  lateTitle: text(
    { n: 'count', days: 'count', amount: 'money' },
    {
      'zh-CN': '第 {{n}} 期已逾期 {{days}} 天，今日应还 {{amount}}',
      en: 'Instalment {{n}} is {{days}} days late: {{amount}} to pay today',
    },
    keep,
  ),
  lateBody: text(
    { name: 'text', rate: 'text', penalty: 'money', left: 'money' },
    {
      'zh-CN': `${named['zh-CN']}\n含罚息：{{penalty}}\n剩余本金：{{left}}`,
      en: `${named.en}\nIncluding a penalty: {{penalty}}\nPrincipal left: {{left}}`,
    },
    { keep: ['penalty'] },
  ),
  nextTitle: text(
    { n: 'count', due: 'text', amount: 'money' },
    { 'zh-CN': '第 {{n}} 期 {{due}} 应还 {{amount}}', en: 'Instalment {{n}}: {{amount}} due on {{due}}' },
    keep,
  ),
  nextBody: text(
    { name: 'text', rate: 'text', left: 'money' },
    { 'zh-CN': `${named['zh-CN']}\n剩余本金：{{left}}`, en: `${named.en}\nPrincipal left: {{left}}` },
  ),
  repay: plain('还款', 'Pay it'),
  part: plain('提前还一部分', 'Pay some early'),
  payoff: plain('提前结清', 'Pay off all of it'),
  notNow: plain('以后再说', 'Later'),
  howMuch: plain('还多少元？请写金额，例如 500。', 'How much, in yuan? Write an amount, like 500.'),
  quoted: text({ amount: 'money' }, { 'zh-CN': '今日还款 {{amount}}', en: 'Pay {{amount}} today' }, keep),
  rows: text(
    { row1: 'text', row2: 'text', row3: 'text', row4: 'text', row5: 'text' },
    same(['{{row1}}', ...['row2', 'row3', 'row4', 'row5'].map((row) => `{{#if ${row}}}\n{{${row}}}{{/if}}`)].join('')),
  ),
  goOn: plain('继续', 'Go on'),
  notPossible: plain('这个金额不能还，请核对后再试。', 'That amount is not possible. Please look again.'),
  loanTitle: text(
    { name: 'text', rate: 'text' },
    { 'zh-CN': '{{name}} · 年利率 {{rate}}%（单利）', en: '{{name}} · annual rate {{rate}}% (simple)' },
    { keep: ['rate'] },
  ),
  loanBody: text(
    { method: 'text', min: 'money', max: 'money', months: 'text' },
    {
      'zh-CN': '{{method}}\n额度：{{min}} 至 {{max}}\n期限：{{months}} 个月\n放款到您商户的结算账户',
      en: '{{method}}\nFrom {{min}} to {{max}}\nFor {{months}} months\nPaid to the settlement account of your business',
    },
  ),
  noBusinessLoan: plain('银行现在没有开放经营贷款。', 'The bank offers no business loan at the moment.'),
  whatFor: plain('这笔钱用来做什么？只能用于经营。', 'What is the money for? It has to be for your business.'),
  named: text({ name: 'text' }, same('{{name}}')),
  borrowHowMuch: text(
    { min: 'money', max: 'money' },
    {
      'zh-CN': '想借多少？请写金额，{{min}} 至 {{max}}，例如 10000。',
      en: 'How much would you like? From {{min}} to {{max}}: write an amount, like 10000.',
    },
  ),
  borrowUpTo: text(
    { min: 'money', max: 'money', upTo: 'money' },
    {
      'zh-CN': '想借多少？请写金额，{{min}} 至 {{max}}，例如 10000。预估可借到 {{upTo}}，以审批结果为准。',
      en:
        'How much would you like? From {{min}} to {{max}}: write an amount, like 10000. ' +
        'The estimate was up to {{upTo}}; the bank decides when you apply.',
    },
  ),
  howLong: plain('借多久？', 'For how long?'),
  months: text({ months: 'count' }, { 'zh-CN': '{{months}} 个月', en: '{{months}} months' }),
  borrowTitle: text(
    { name: 'text', amount: 'money', rate: 'text' },
    {
      'zh-CN': '{{name}} {{amount}} · 年利率 {{rate}}%（单利）',
      en: '{{name}} {{amount}} · annual rate {{rate}}% (simple)',
    },
    { keep: ['amount', 'rate'] },
  ),
  borrowBody: text(
    { use: 'text', months: 'count' },
    {
      'zh-CN': '用途：{{use}}\n期限：{{months}} 个月\n请核对用途：贷款不能用于买房、炒股或个人消费。',
      en:
        'Purpose: {{use}}\nFor: {{months}} months\n' +
        'Is this the purpose? It must not pay for homes, shares or private shopping.',
    },
    { keep: ['use'] },
  ),
  borrowed: text(
    { receipt: 'text' },
    {
      'zh-CN': '款项已到您的结算账户。单号 {{receipt}}',
      en: 'The money is in your settlement account. Order {{receipt}}',
    },
  ),
  borrowing: plain(
    '合同已提交，放款后马上告诉您，请不要再申请一次。',
    'The contract is handed in. You will hear of it here when the money is there: do not apply again.',
  ),
  borrowChecking: plain(
    '银行还没有给出结果，正在核对，请不要再申请一次。一有结果就在这里告诉您。',
    'The bank has not decided yet and it is being checked: do not apply again. You will hear of it here.',
  ),
  notBorrowed: plain(
    '没有借款。以后需要时，写“经营贷款”可以重新申请。',
    'Nothing was borrowed. Write "business loan" whenever you would like to apply again.',
  ),
  amountOutside: text(
    { outside: 'money' },
    { 'zh-CN': '{{outside}} 不在可借的范围内。', en: '{{outside}} is outside of what can be borrowed.' },
    { keep: ['outside'] },
  ),
  repaid: text(
    { amount: 'money' },
    { 'zh-CN': '已还款 {{amount}}，谢谢。', en: '{{amount}} is paid back, thank you.' },
    keep,
  ),
  notRepaid: plain('没有还款，没有扣款。', 'Nothing was paid back and nothing was taken.'),
  checking: plain(
    '正在核对这次还款，请不要再还一次。一有结果就在这里告诉您。',
    'The repayment is being checked: please do not pay again. You will hear of it here.',
  ),
} as const

const estimateRows = '{{row1}}{{#if row2}}\n{{row2}}{{/if}}'
const estimateVars = { min: 'money', max: 'money', row1: 'text', row2: 'text', until: 'text' } as const
const estimateHead = {
  'zh-CN': `预估可借：{{min}} 至 {{max}}\n${estimateRows}\n有效至：{{until}}`,
  en: `Estimate: {{min}} to {{max}}\n${estimateRows}\nHolds until: {{until}}`,
} as const

/** What somebody could borrow is told with its annual rate, and called what it is. */
const estimateTexts = {
  estimateTitle: text(
    { name: 'text', rate: 'text' },
    { 'zh-CN': '{{name}} · 年利率 {{rate}}%（单利）', en: '{{name}} · annual rate {{rate}}% (simple)' },
    { keep: ['rate'] },
  ),
  estimateBody: text(estimateVars, estimateHead, { keep: ['min', 'max'] }),
  estimateAtShop: text(
    estimateVars,
    {
      'zh-CN': `${estimateHead['zh-CN']}\n在商户付款时选择贷款，就可以申请`,
      en: `${estimateHead.en}\nApply for it where you buy: choose the loan when you pay`,
    },
    { keep: ['min', 'max'] },
  ),
  applyFor: text({ name: 'text' }, { 'zh-CN': '申请{{name}}', en: 'Apply: {{name}}' }),
  noneToTell: plain(
    '按银行现有的资料，现在没有预估额度可以告诉您。您也可以直接申请，以审批结果为准。',
    'The bank has no estimate to tell from what it knows now. You can apply all the same: it decides then.',
  ),
  applyAnyway: plain('申请经营贷款', 'Apply: business loan'),
  noEstimate: plain(
    '银行现在没有给出预估额度。您可以直接申请，以审批结果为准。',
    'The bank gives no estimate right now. You can apply all the same: it decides then.',
  ),
} as const

const payRows = '{{row1}}{{#if row2}}\n{{row2}}{{/if}}{{#if row3}}\n{{row3}}{{/if}}'

const billTexts = {
  noBills: plain('您现在没有要还的信用卡账单。', 'There is no card bill to pay at the moment.'),
  billNews: plain(
    '您有新的信用卡账单，暂时查不到详情。写“信用卡账单”可以查看。',
    'There is a new card bill, and it cannot be looked up just now. Write "card bill" to see it.',
  ),
  billTitle: text({ amount: 'money' }, { 'zh-CN': '信用卡账单 {{amount}}', en: 'Card bill {{amount}}' }, keep),
  billLeft: text(
    { left: 'money' },
    { 'zh-CN': '信用卡账单还剩 {{left}}', en: 'Card bill: {{left}} left' },
    { keep: ['left'] },
  ),
  billBody: text(
    { due: 'text', minimum: 'text', paid: 'text' },
    {
      'zh-CN': '还款日：{{due}}{{#if paid}}\n已还：{{paid}}{{/if}}{{#if minimum}}\n最低还款：{{minimum}}{{/if}}',
      en: 'Due on: {{due}}{{#if paid}}\nPaid: {{paid}}{{/if}}{{#if minimum}}\nMinimum: {{minimum}}{{/if}}',
    },
  ),
  payFull: plain('全额还款', 'Pay in full'),
  payMinimum: text({ minimum: 'money' }, { 'zh-CN': '最低还款 {{minimum}}', en: 'Minimum {{minimum}}' }),
  billQuote: text(
    { row1: 'text', row2: 'text', row3: 'text', left: 'text' },
    {
      'zh-CN': `${payRows}{{#if left}}\n还款后还剩：{{left}}，没有还清的部分银行可能计收利息{{/if}}`,
      en: `${payRows}{{#if left}}\nLeft afterwards: {{left}}, on which the bank may charge interest{{/if}}`,
    },
  ),
  billPaid: plain('信用卡账单已还清，谢谢。', 'Your card bill is paid in full, thank you.'),
  billPaidPart: text(
    { amount: 'money', left: 'money', due: 'text' },
    {
      'zh-CN': '已还 {{amount}}，这张账单还剩 {{left}}，还款日 {{due}}。没有还清的部分银行可能计收利息。',
      en: '{{amount}} is paid. {{left}} of this bill is left, due on {{due}}: the bank may charge interest on it.',
    },
    { keep: ['amount', 'left'] },
  ),
  billNotPaid: plain('没有还款，没有扣款，账单不变。', 'Nothing was paid or taken: the bill stays as it is.'),
  billChanged: plain(
    '这张账单已经还清、已分期，或刚有变化，没有扣款。',
    'This bill is paid, in parts, or has just changed. Nothing was taken.',
  ),
  inParts: plain('分 12 期', 'In 12 parts'),
  planTitle: text(
    { amount: 'money', rate: 'text' },
    { 'zh-CN': '账单分期 {{amount}} · {{rate}}', en: 'Bill in parts {{amount}} · {{rate}}' },
    { keep: ['amount', 'rate'] },
  ),
  planChecking: plain(
    '正在核对这次账单分期，请不要重复办理。结果出来前账单不变，仍按还款日还款。一有结果就在这里告诉您。',
    'The plan for your bill is being checked: do not ask again. Until you hear of it here, the bill is due as before.',
  ),
  planned: plain(
    '账单已分期，每期金额会记入以后的账单。',
    'The bill is in parts now: each part comes with a later bill.',
  ),
  notPlanned: plain('没有分期，账单不变。', 'Nothing has changed: the bill stays as it is.'),
  noPlan: plain(
    '这张账单不能分期：可能金额太小或太大，已经还了，或已经分期。',
    'This bill cannot be split. It may be too small or too large, paid, or split already.',
  ),
} as const

const cardTexts = {
  cardReady: plain(
    '信用卡已办好，激活后付款时就可以选它。回复“新客礼”可以领取礼品。',
    'The card is yours: once it is active, you can choose it when you pay. Write "welcome gift" to take your gift.',
  ),
  noCard: plain(
    '没有办信用卡。以后需要时，写“申请信用卡”。',
    'You have taken out no card. Write "credit card" whenever you would like one.',
  ),
  cardChecking: plain(
    '银行正在核对您的信用卡申请，有结果就告诉您，请不要重复申请。',
    'The bank is checking your card. You will hear of it here: do not apply again.',
  ),
} as const

const giftTexts = {
  noGift: plain('现在没有可领的新客礼。', 'There is no gift for you at the moment.'),
  giftTitle: text({ name: 'text' }, { 'zh-CN': '新客礼：{{name}}', en: 'A gift for you: {{name}}' }),
  takeGift: plain('领取', 'Take it'),
  giftTaken: text(
    { name: 'text', voucher: 'text' },
    { 'zh-CN': '已领取{{name}}，券码 {{voucher}}', en: '{{name}} is yours: voucher {{voucher}}' },
  ),
  giftNotNow: plain('这次没有领成，请稍后再试。', 'It could not be taken just now. Please try later.'),
  giftGone: plain('新客礼已经领完了。', 'The gifts are all gone.'),
  leave: plain('好的，先到这里，需要时随时找我。', 'All right, that is all for now. Write whenever you need me.'),
  unreachable: plain('暂时联系不上银行系统，请稍后再试。', 'The bank cannot be reached right now. Please try later.'),
} as const

export const texts = { ...loanTexts, ...estimateTexts, ...billTexts, ...cardTexts, ...giftTexts }
