import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** A visit to a branch: what for, where, when; and what became of it. */
export const visitTexts = {
  whichService: plain('要办什么业务？', 'What would you like to do at the branch?'),
  general: plain('一般业务', 'General'),
  'cash-large': plain('大额取现', 'Large cash withdrawal'),
  coins: plain('零钞兑换', 'Coins and small notes'),
  certificate: plain('开立证明', 'A certificate'),
  'foreign-currency': plain('外币业务', 'Foreign currency'),
  howMuchCash: plain('取多少现金？', 'How much cash?'),
  branchName: text(
    { name: 'text', district: 'text' },
    { 'zh-CN': '{{name}}（{{district}}）', en: '{{name}} ({{district}})' },
  ),
  branchAddress: text({ address: 'text' }, { 'zh-CN': '{{address}}', en: '{{address}}' }),
  takeBranch: text({ name: 'text' }, { 'zh-CN': '选{{name}}', en: '{{name}}' }),
  noBranch: plain('没有能办这项业务的网点。', 'No branch does this.'),
  whichDay: plain('哪一天去？', 'Which day?'),
  dayLabel: text({ day: 'date' }, { 'zh-CN': '{{day}}', en: '{{day}}' }),
  whichHalf: plain('上午还是下午？', 'Morning or afternoon?'),
  morning: plain('上午', 'Morning'),
  afternoon: plain('下午', 'Afternoon'),
  whichTime: plain('几点到？', 'At what time?'),
  timeLabel: text({ time: 'time' }, { 'zh-CN': '{{time}}', en: '{{time}}' }),
  otherTimes: plain('更多时间', 'More times'),
  noTimes: plain(
    '暂时查不到时段，没有预约。请稍后再试。',
    'What is free cannot be looked up right now, so nothing was booked. Please try again later.',
  ),
  otherDay: plain('换一天', 'Another day'),
  noSlot: plain('那天没有空位了，请换一天。', 'There is nothing free on that day. Please choose another one.'),
  slotTaken: plain('这个时段刚刚被别人约走了，请选另一个。', 'Somebody was faster. Please choose another time.'),
  visitTitle: text({ service: 'text' }, { 'zh-CN': '{{service}}', en: '{{service}}' }),
  visitBody: text(
    { branch: 'text', from: 'dateTime', to: 'time', cash: 'text' },
    {
      'zh-CN': '{{#if cash}}金额：{{cash}}\n{{/if}}网点：{{branch}}\n时间：{{from}}–{{to}}\n为您保留 5 分钟',
      en: '{{#if cash}}Amount: {{cash}}\n{{/if}}Branch: {{branch}}\nTime: {{from}}–{{to}}\nKept for you for 5 minutes',
    },
    { keep: ['branch', 'from'] },
  ),
  bookIt: plain('确认', 'Book it'),
  otherTime: plain('改时间', 'Another time'),
  leaveIt: plain('不约了', 'Leave it'),
  booked: text(
    { branch: 'text', from: 'dateTime', ticket: 'text' },
    {
      'zh-CN': '已约好：{{from}}，{{branch}}，排队号 {{ticket}}。请带身份证，可提前 10 分钟到。',
      en: 'Booked: {{from}} at {{branch}}, ticket {{ticket}}. Bring your identity card; ten minutes early is fine.',
    },
    { keep: ['branch', 'from', 'ticket'] },
  ),
  ordering: text(
    { branch: 'text', from: 'dateTime' },
    {
      'zh-CN': '{{branch}}正在备款（{{from}}），确认后马上告诉您。',
      en: '{{branch}} is ordering the cash for {{from}}. I will tell you once it is confirmed.',
    },
    { keep: ['branch', 'from'] },
  ),
  noStock: text(
    { branch: 'text' },
    {
      'zh-CN': '{{branch}}那天备不齐这笔现金，预约已取消。要换个时间吗？',
      en: '{{branch}} cannot have that much cash by then, so the visit is off. Would another time do?',
    },
  ),
  bookFailed: plain(
    '预约没有成功，名额没有占用。要换个时间吗？',
    'The visit could not be booked, and no place is taken. Would another time do?',
  ),
  placeFree: plain('名额没有占用。要换个时间吗？', 'No place is taken. Would another time do?'),
  notBooked: plain('没有预约，名额没有占用。', 'Nothing was booked.'),
  bookChecking: plain(
    '银行还在处理这次预约，请不要重复预约。有结果马上告诉您。',
    'The bank is still working on it. Please do not book again; I will tell you.',
  ),
  noVisits: plain('您没有待办的预约。', 'You have no visits booked.'),
  myVisitBody: text(
    { branch: 'text', from: 'dateTime', ticket: 'text' },
    {
      'zh-CN': '{{branch}}\n{{from}}\n排队号 {{ticket}}',
      en: '{{branch}}\n{{from}}\nTicket {{ticket}}',
    },
    { keep: ['branch', 'from'] },
  ),
  moveTicket: text({ ticket: 'text' }, { 'zh-CN': '改时间 {{ticket}}', en: 'Move {{ticket}}' }),
  cancelTicket: text({ ticket: 'text' }, { 'zh-CN': '取消预约 {{ticket}}', en: 'Cancel {{ticket}}' }),
  cancelVisit: plain('取消预约', 'Cancel it'),
  allRight: plain('好的', 'All right'),
  visitMoved: text(
    { branch: 'text', from: 'dateTime' },
    { 'zh-CN': '已改到 {{from}}，{{branch}}。', en: 'Moved to {{from}}, {{branch}}.' },
    { keep: ['branch', 'from'] },
  ),
  unchanged: plain('好的，预约没有改动。', 'All right, the visit stays as it was.'),
  visitCancelled: plain('预约已取消，名额已释放。', 'The visit is cancelled and the place is free again.'),
  visitRefused: plain(
    '银行没有受理，预约没有改动。请稍后再试，或回复“人工”。',
    'The bank did not take it, and the visit stays as it was. Please try later, or write “human”.',
  ),
  visitUnsure: plain(
    '银行还没有答复，不确定是否已办成。请稍后用“我的预约”查看，不要重复办理。',
    'The bank has not answered, so it may be done or not. Please look at “my visits” later, and do not do it again.',
  ),
  noTimesToMove: plain(
    '暂时查不到时段，预约没有改动。请稍后再试。',
    'What is free cannot be looked up right now, so the visit stays as it was. Please try again later.',
  ),
  visitTooLate: plain(
    '离预约时间太近，不能再改了，请联系网点。',
    'It is too close to the visit to change it; please call the branch.',
  ),
  reminderUnclear: plain(
    '提醒：您近期有网点预约，暂时查不到详情。请稍后用“我的预约”查看。',
    'A reminder: you have a visit to a branch soon. The details are not available yet: look at “my visits” later.',
  ),
  calledOff: text(
    { from: 'dateTime', branch: 'text' },
    {
      'zh-CN': '{{branch}} {{from}} 的预约已被取消，不是在这里取消的。要另约时间吗？',
      en: 'Your visit to {{branch}}, {{from}}, has been called off, though not here. Would another time do?',
    },
    { keep: ['branch', 'from'] },
  ),
  calledOffUnclear: plain(
    '您的一个网点预约有变动，暂时查不到详情。请稍后用“我的预约”查看。',
    'One of your visits to a branch has changed. The details are not available yet: look at “my visits” later.',
  ),
  reminder: text(
    { from: 'dateTime', branch: 'text', service: 'text' },
    {
      'zh-CN': '提醒：{{from}} 在{{branch}}办理{{service}}，请带身份证。',
      en: 'A reminder: {{service}} at {{branch}}, {{from}}. Bring your identity card.',
    },
    { keep: ['branch', 'from'] },
  ),
} as const
