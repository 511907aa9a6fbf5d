import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const item = { name: 'text', amount: 'money' } as const
const keep = { keep: ['amount'] } as const

const feeTexts = {
  fee: text({ name: 'text' }, { 'zh-CN': '{{name}}', en: '{{name}}' }),
  amount: text({ amount: 'money' }, { 'zh-CN': '{{amount}}', en: '{{amount}}' }, keep),
  choose: text({ name: 'text' }, { 'zh-CN': '缴{{name}}', en: 'Pay {{name}}' }),
  noFees: plain('现在没有要缴的费用。', 'There is nothing to pay at the moment.'),
  feeCard: text(item, { 'zh-CN': '{{name}} {{amount}}', en: '{{name}} {{amount}}' }, keep),
  feeBody: plain('由银行收款，付给学校。', 'The bank takes the payment for the school.'),
  pay: plain('支付', 'Pay'),
  later: plain('稍后', 'Later'),
  seeYou: plain('好的，随时回来缴费。', 'All right. Come back whenever you like.'),
  feeNotPaid: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}还没有缴。要再试一次吗？', en: '{{name}} is not paid yet. Try again?' },
  ),
  feeClosed: text(
    { name: 'text' },
    {
      'zh-CN': '{{name}}已停止收费，没有扣款。',
      en: '{{name}} is not asked for any more. Nothing was taken.',
    },
  ),
  feePaid: text(
    { name: 'text', receipt: 'text' },
    { 'zh-CN': '{{name}}已缴，谢谢！收据 {{receipt}}', en: '{{name}} is paid, thank you! Receipt {{receipt}}' },
  ),
  paidBefore: text(
    { name: 'text', receipt: 'text' },
    {
      'zh-CN': '{{name}}已经缴过了，收据 {{receipt}}，不用再付。',
      en: '{{name}} is paid already, receipt {{receipt}}. Nothing more to do.',
    },
  ),
} as const

const courseTexts = {
  course: text(
    { name: 'text', months: 'count' },
    { 'zh-CN': '{{name}} · {{months}} 个月', en: '{{name}} · {{months}} months' },
  ),
  takeCourse: text({ name: 'text' }, { 'zh-CN': '报{{name}}', en: 'Take {{name}}' }),
  noCourses: plain('现在没有开放报名的课程。', 'No course is open at the moment.'),
  full: plain('这门课程已经报满了。', 'This course is full.'),
  howToPay: text(
    { name: 'text', months: 'count', amount: 'money' },
    { 'zh-CN': '{{name}} · {{months}} 个月 · {{amount}}', en: '{{name}} · {{months}} months · {{amount}}' },
    keep,
  ),
  howToPayBody: plain('名额已为您保留。怎么付款？', 'Your place is kept. How would you like to pay?'),
  payAll: plain('全额支付', 'Pay in full'),
  byLoan: plain('分期贷款', 'Pay by loan'),
  noCourse: plain('先不报了', 'Not now'),
  opened: text(
    { name: 'text', receipt: 'text' },
    { 'zh-CN': '{{name}}已开通！单号 {{receipt}}', en: 'Your place in {{name}} is booked. Order {{receipt}}' },
  ),
  soon: text(
    { name: 'text' },
    { 'zh-CN': '{{name}}的名额已留好，放款后马上开通。', en: 'Your place in {{name}} is kept until the loan arrives.' },
  ),
  notByLoan: plain(
    '没有办成贷款，没有扣款，名额还为您保留。要全额支付吗？',
    'It was not paid by a loan, and nothing was taken. Your place is still kept. Pay in full?',
  ),
  noLoanHere: plain('本校暂时不能用贷款付款。要全额支付吗？', 'There are no loans here for now. Pay in full?'),
  notYetPaid: plain(
    '还没有付款，名额还为您保留。要再试一次吗？',
    'It is not paid yet, and your place is still kept. Try again?',
  ),
  courseClosed: text(
    { name: 'text' },
    {
      'zh-CN': '{{name}}已停止报名，没有扣款。',
      en: '{{name}} takes no more pupils. Nothing was taken.',
    },
  ),
  placeGone: text(
    item,
    {
      'zh-CN': '{{name}}的名额没能保住，非常抱歉。{{amount}} 正在退回付款账户，结果在这里告诉您。',
      en: [
        'Your place in {{name}} could not be kept; we are sorry.',
        '{{amount}} is on its way back to the account that paid. You will hear of it here.',
      ].join(' '),
    },
    keep,
  ),
  placeGoneByLoan: text(
    item,
    {
      'zh-CN': '{{name}}的名额没能保住，非常抱歉。{{amount}} 正在退给银行，用来还这笔贷款，结果在这里告诉您。',
      en: [
        'Your place in {{name}} could not be kept; we are sorry.',
        '{{amount}} is on its way to the bank, to pay back the loan. You will hear of it here.',
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
  notBackYet: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}} 还没有退成。请回复“人工”，工作人员会跟进。',
      en: '{{amount}} has not gone back yet. Say "human", and a colleague will see to it.',
    },
    keep,
  ),
} as const

const leaveTexts = {
  leaveCourse: text({ name: 'text' }, { 'zh-CN': '退{{name}}', en: 'Leave {{name}}' }),
  whichCourse: plain('要退哪一门课？', 'Which course would you like to leave?'),
  leaveAtSchool: text(
    { name: 'text', days: 'count' },
    {
      'zh-CN': '在这里退课限付款后 {{days}} 天内。{{name}}请回复“人工”，由学校办理。',
      en: 'You can leave a course here within {{days}} days of paying. For {{name}}, say "human" to reach the school.',
    },
  ),
  nothingToLeave: plain('您没有可以退的课程。', 'You have no course to leave.'),
  leaveCard: text(item, { 'zh-CN': '退课：{{name}}，退 {{amount}}', en: 'Leave {{name}}: {{amount}} back' }, keep),
  leaveByLoan: plain(
    '这门课是贷款付的：钱直接退给银行，用来减少您的贷款本金，不退现金。',
    'It was paid by a loan: the money goes to the bank and lowers your loan. There is no cash.',
  ),
  leaveByPayment: plain('退回您付款的账户。', 'It goes back to the account that paid.'),
  yesLeave: plain('确认退课', 'Yes, leave'),
  stay: plain('不退了', 'I stay'),
  stayed: plain('好的，课程不变。', 'All right, nothing changes.'),
  lowered: text(
    { amount: 'money', name: 'text' },
    {
      'zh-CN': '{{name}}已退。{{amount}} 已退给银行，用于提前还本；新的还款计划请问银行。',
      en: 'You have left {{name}}. {{amount}} went to the bank and lowers your loan; the bank has the new plan.',
    },
    keep,
  ),
  returned: text(
    { amount: 'money', name: 'text' },
    {
      'zh-CN': '{{name}}已退，{{amount}} 退回您的账户。',
      en: 'You have left {{name}}. {{amount}} is back in your account.',
    },
    keep,
  ),
  refundChecked: plain(
    '退款已提交，学校和银行正在处理，不用重复申请。',
    'The refund is on its way and being looked at. Please do not ask again.',
  ),
  refundRefused: plain('暂时不能退，请回复“人工”联系学校。', 'That is not possible now. Say "human" to reach us.'),
} as const

const endTexts = {
  more: plain('更多', 'More'),
  back: plain('前一页', 'Previous'),
  notPaid: plain('没有付款，没有扣款。', 'Nothing was paid and nothing was taken.'),
  stillOpen: plain(
    '银行还没有给出结果。请不要再付一次，回复“人工”，工作人员会跟进。',
    'The bank has still not decided. Please do not pay again; say "human", and a colleague will see to it.',
  ),
  tryAgain: plain('再试一次', 'Try again'),
  amountMoved: text(
    { before: 'money', amount: 'money' },
    {
      'zh-CN': '金额已由 {{before}} 变为 {{amount}}，请重新核对，没有扣款。',
      en: 'It has gone from {{before}} to {{amount}}. Please look at it again; nothing was taken.',
    },
    { keep: ['before', 'amount'] },
  ),
  checking: plain(
    '银行正在核对，请不要再付一次。有结果就告诉您。',
    'The bank is checking: please do not pay again. You will hear of it here.',
  ),
} as const

export const texts = { ...feeTexts, ...courseTexts, ...leaveTexts, ...endTexts }
