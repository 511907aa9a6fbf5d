import { text } from '@inthread/sdk'

/** Trains to choose from, and the one that was chosen. */
export const offerTexts = {
  askPart: text(
    { date: 'date', from: 'text', to: 'text', trains: 'count' },
    {
      'zh-CN': '{{date}}{{from}}到{{to}}有{{trains}}趟车，您想什么时候出发？',
      en: '{{trains}} trains go from {{from}} to {{to}} on {{date}}. When would you like to leave?',
    },
  ),
  partChip: text(
    { part: 'text', trains: 'count' },
    { 'zh-CN': '{{part}}（{{trains}}趟）', en: '{{part}} ({{trains}})' },
  ),
  anyPart: text({}, { 'zh-CN': '全天都看', en: 'Show all' }),
  noRoute: text(
    { from: 'text', to: 'text' },
    {
      'zh-CN': '目前没有{{from}}到{{to}}的直达列车。',
      en: 'There is no direct train from {{from}} to {{to}} at the moment.',
    },
  ),
  noClass: text(
    { seatClass: 'text', from: 'text', to: 'text' },
    {
      'zh-CN': '{{from}}到{{to}}的列车没有{{seatClass}}。',
      en: 'Trains from {{from}} to {{to}} do not have this class: {{seatClass}}.',
    },
  ),
  classChip: text({ seatClass: 'text' }, { 'zh-CN': '看{{seatClass}}', en: '{{seatClass}}' }),
  noneThatDay: text(
    { date: 'date', from: 'text', to: 'text' },
    {
      'zh-CN': '{{date}}已没有可订的{{from}}到{{to}}车次，换一天看看？',
      en: 'No train from {{from}} to {{to}} can be booked for {{date}} any more. Another day?',
    },
  ),
  noneInPart: text(
    { date: 'date', part: 'text', trains: 'count' },
    {
      'zh-CN': '{{date}}{{part}}没有可订的车次，当天其他时间还有{{trains}}趟。',
      en: '{{date}}, {{part}}: no train left to book. {{trains}} more at other times that day.',
    },
  ),
  trainTitle: text(
    { number: 'text', departs: 'time', arrives: 'time' },
    { 'zh-CN': '{{number}} {{departs}}–{{arrives}}', en: '{{number}} {{departs}}–{{arrives}}' },
  ),
  trainTitleOvernight: text(
    { number: 'text', departs: 'time', arrivesOn: 'date', arrives: 'time' },
    {
      'zh-CN': '{{number}} {{departs}}–{{arrivesOn}} {{arrives}}',
      en: '{{number}} {{departs}}–{{arrives}} on {{arrivesOn}}',
    },
  ),
  trainBody: text(
    { date: 'date', from: 'text', to: 'text', hours: 'count', minutes: 'count', seatClass: 'text', fare: 'money' },
    {
      'zh-CN': '{{date}} {{from}}→{{to}}\n{{hours}}小时{{minutes}}分 · {{seatClass}} {{fare}}',
      en: '{{date}}, {{from}} → {{to}}\n{{hours}} h {{minutes}} min · {{seatClass}} {{fare}}',
    },
    { keep: ['fare'] },
  ),
  choose: text({ number: 'text' }, { 'zh-CN': '选 {{number}}', en: 'Choose {{number}}' }),
  laterTrains: text({}, { 'zh-CN': '更晚的车次', en: 'Later trains' }),
  changeSearch: text({}, { 'zh-CN': '修改条件', en: 'Change the search' }),
  tooLate: text(
    { number: 'text' },
    {
      'zh-CN': '{{number}}即将发车，已停止售票。看看之后的车次吧。',
      en: '{{number}} is about to leave and no longer on sale. Here is what comes after it.',
    },
  ),
  soldOut: text(
    { number: 'text', date: 'date', seatClass: 'text' },
    {
      'zh-CN': '{{number}} {{date}}的{{seatClass}}刚刚售完，看看其他车次吧。',
      en: '{{number}} on {{date}} has just sold out ({{seatClass}}). Here are the others.',
    },
  ),
  summaryTitle: text(
    { number: 'text', departs: 'time', fare: 'money' },
    { 'zh-CN': '{{number}} {{departs}} · {{fare}}', en: '{{number}} {{departs}} · {{fare}}' },
    { keep: ['fare'] },
  ),
  summaryBody: text(
    { date: 'date', from: 'text', to: 'text', arrives: 'dateTime', seatClass: 'text', until: 'time' },
    {
      'zh-CN': '{{date}} {{from}}→{{to}}，{{arrives}}到\n{{seatClass}} ×1，座位为您保留到{{until}}',
      en: '{{date}}, {{from}} → {{to}}, arriving {{arrives}}\n{{seatClass}} × 1. Your seat is held until {{until}}.',
    },
    { keep: ['until'] },
  ),
  pay: text({}, { 'zh-CN': '支付', en: 'Pay' }),
  anotherTrain: text({}, { 'zh-CN': '换一趟', en: 'Another train' }),
  otherClass: text(
    { seatClass: 'text', fare: 'money' },
    { 'zh-CN': '{{seatClass}} {{fare}}', en: '{{seatClass}} {{fare}}' },
    { keep: ['fare'] },
  ),
  holdOver: text(
    { number: 'text' },
    {
      'zh-CN': '{{number}}的座位保留时间已到，座位已经释放，没有扣款。需要时对我说“订火车票”即可。',
      en: 'Your seat on {{number}} was released; nothing was charged. Say “train tickets” to start again.',
    },
  ),
} as const
