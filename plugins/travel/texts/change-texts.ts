import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** A ticket that becomes one for another train. */
export const changeTexts = {
  askWhen: text(
    { number: 'text', departs: 'dateTime' },
    {
      'zh-CN': '{{number}}（{{departs}}）改到什么时候？可以说“下午”“后天上午”。',
      en: '{{number}} ({{departs}}): when would you rather go? Say “afternoon” or “the day after tomorrow”.',
    },
  ),
  noneThen: plain(
    '那个时间没有可以改签的车次，换一个时间？',
    'There is no train to change to at that time. Another time?',
  ),
  whenChip: text({ part: 'text' }, { 'zh-CN': '{{part}}', en: '{{part}}' }),
  nextDayChip: text({ date: 'date' }, { 'zh-CN': '{{date}}', en: '{{date}}' }),
  anotherTime: plain('换个时间', 'Another time'),
  rideMore: text(
    { date: 'date', from: 'text', to: 'text', seatClass: 'text', fare: 'money', amount: 'money' },
    {
      'zh-CN': '{{date}} {{from}}→{{to}}\n{{seatClass}} {{fare}} · 补差价 {{amount}}',
      en: '{{date}}, {{from}} → {{to}}\n{{seatClass}} {{fare}} · {{amount}} more',
    },
    { keep: ['fare', 'amount'] },
  ),
  rideBack: text(
    { date: 'date', from: 'text', to: 'text', seatClass: 'text', fare: 'money', amount: 'money' },
    {
      'zh-CN': '{{date}} {{from}}→{{to}}\n{{seatClass}} {{fare}} · 退差价 {{amount}}',
      en: '{{date}}, {{from}} → {{to}}\n{{seatClass}} {{fare}} · {{amount}} back',
    },
    { keep: ['fare', 'amount'] },
  ),
  rideSame: text(
    { date: 'date', from: 'text', to: 'text', seatClass: 'text', fare: 'money' },
    {
      'zh-CN': '{{date}} {{from}}→{{to}}\n{{seatClass}} {{fare}} · 票价相同',
      en: '{{date}}, {{from}} → {{to}}\n{{seatClass}} {{fare}} · same fare',
    },
    { keep: ['fare'] },
  ),
  changeTitleMore: text(
    { number: 'text', departs: 'time', amount: 'money' },
    {
      'zh-CN': '改签 {{number}} {{departs}}，补差价 {{amount}}',
      en: 'Change to {{number}} {{departs}}: {{amount}} more',
    },
    { keep: ['amount'] },
  ),
  changeTitleBack: text(
    { number: 'text', departs: 'time', amount: 'money' },
    {
      'zh-CN': '改签 {{number}} {{departs}}，退差价 {{amount}}',
      en: 'Change to {{number}} {{departs}}: {{amount}} back',
    },
    { keep: ['amount'] },
  ),
  changeTitleSame: text(
    { number: 'text', departs: 'time' },
    { 'zh-CN': '改签 {{number}} {{departs}}，票价相同', en: 'Change to {{number}} {{departs}}: same fare' },
  ),
  changeBody: text(
    {
      date: 'date',
      from: 'text',
      to: 'text',
      seatClass: 'text',
      old: 'text',
      oldFare: 'money',
      fare: 'money',
      until: 'time',
    },
    {
      'zh-CN':
        '{{date}} {{from}}→{{to}} {{seatClass}}\n新票 {{fare}}，原票 {{old}} {{oldFare}}\n新票出票后原票作废；座位保留到{{until}}',
      en: [
        '{{date}}, {{from}} → {{to}}, {{seatClass}}',
        'New fare {{fare}}; {{old}} was {{oldFare}}',
        'The old ticket ends once the new one is issued. Seat held until {{until}}.',
      ].join('\n'),
    },
    { keep: ['fare', 'oldFare', 'until'] },
  ),
  confirmChange: plain('确认改签', 'Change the ticket'),
  dropChange: plain('不改了', 'Leave it'),
  changed: text(
    { coach: 'text', place: 'text' },
    { 'zh-CN': '改签成功 {{coach}}车{{place}}', en: 'Changed: Coach {{coach}}, seat {{place}}' },
  ),
  changedSame: text(
    { number: 'text', departs: 'dateTime', from: 'text', to: 'text', old: 'text', fare: 'money' },
    {
      'zh-CN': '{{number}} {{from}}→{{to}}\n{{departs}} 开 · {{fare}}\n原票 {{old}} 已作废',
      en: [
        '{{number}} {{from}} → {{to}}',
        'Departs {{departs}} · {{fare}}',
        'Your ticket for {{old}} is no longer valid.',
      ].join('\n'),
    },
    { keep: ['fare'] },
  ),
  changedMore: text(
    { number: 'text', departs: 'dateTime', from: 'text', to: 'text', old: 'text', fare: 'money', amount: 'money' },
    {
      'zh-CN': '{{number}} {{from}}→{{to}}\n{{departs}} 开 · {{fare}}\n原票 {{old}} 已作废，已补差价 {{amount}}',
      en: [
        '{{number}} {{from}} → {{to}}',
        'Departs {{departs}} · {{fare}}',
        'Your ticket for {{old}} is no longer valid. You paid {{amount}} more.',
      ].join('\n'),
    },
    { keep: ['fare', 'amount'] },
  ),
  changedBack: text(
    { number: 'text', departs: 'dateTime', from: 'text', to: 'text', old: 'text', fare: 'money', amount: 'money' },
    {
      'zh-CN':
        '{{number}} {{from}}→{{to}}\n{{departs}} 开 · {{fare}}\n原票 {{old}} 已作废，差价 {{amount}} 正在退回付款账户',
      en: [
        '{{number}} {{from}} → {{to}}',
        'Departs {{departs}} · {{fare}}',
        'Your ticket for {{old}} is no longer valid. {{amount}} is on its way back to where you paid from.',
      ].join('\n'),
    },
    { keep: ['fare', 'amount'] },
  ),
  differenceBack: text(
    { amount: 'money' },
    {
      'zh-CN': '差价 {{amount}} 已退回付款账户。',
      en: 'The difference of {{amount}} has gone back to where you paid from.',
    },
    { keep: ['amount'] },
  ),
  differenceOwed: text(
    { amount: 'money' },
    {
      'zh-CN': '差价 {{amount}} 还没有退成。请回复“人工”，工作人员会跟进。',
      en: 'The difference of {{amount}} has not gone back yet. Say “human”, and a colleague will see to it.',
    },
    { keep: ['amount'] },
  ),
  notChanged: text(
    { old: 'text' },
    {
      'zh-CN': '没有改签，没有扣款，原票 {{old}} 仍然有效。',
      en: 'Nothing was changed and nothing was charged. Your ticket for {{old}} is still valid.',
    },
  ),
  changeFailed: text(
    { old: 'text' },
    {
      'zh-CN': '新票没有出成，原票 {{old}} 仍然有效。',
      en: 'The new ticket could not be issued. Your ticket for {{old}} is still valid.',
    },
  ),
  changeFailedBack: text(
    { old: 'text', amount: 'money' },
    {
      'zh-CN': '新票没有出成，原票 {{old}} 仍然有效，差价 {{amount}} 正在退回。',
      en: [
        'The new ticket could not be issued.',
        'Your ticket for {{old}} is still valid, and {{amount}} is on its way back.',
      ].join(' '),
    },
    { keep: ['amount'] },
  ),
  changeUnclear: text(
    { amount: 'money', old: 'text' },
    {
      'zh-CN':
        '{{old}}的改签还没有结果：银行没有说明 {{amount}} 是否已付。请不要重复支付，回复“人工”，工作人员会跟进。',
      en: [
        'Your change from {{old}} is still open: the bank has not said whether {{amount}} was paid.',
        'Please do not pay again. Say “human”, and a colleague will see to it.',
      ].join(' '),
    },
    { keep: ['amount'] },
  ),
  changeSoldOut: text(
    { number: 'text' },
    { 'zh-CN': '{{number}} 刚刚售完了，没有扣款。', en: '{{number}} has just sold out. Nothing was charged.' },
  ),
  changeChecking: text(
    { amount: 'money', old: 'text' },
    {
      'zh-CN': '银行正在核实 {{amount}} 的差价，请不要重复支付。结果明确之前，新座位为您保留，原票 {{old}} 仍然有效。',
      en: [
        'The bank is checking your {{amount}}; please do not pay again.',
        'The new seat stays held and {{old}} is still valid.',
      ].join(' '),
    },
    { keep: ['amount'] },
  ),
} as const
