import { text } from '@inthread/sdk'

/** Until it is known who travels where, when. */
export const searchTexts = {
  oneTicketOnly: text(
    {},
    {
      'zh-CN': '目前一次只能订一张票。先为您订一张，其余的稍后可以再订。',
      en: 'I can book one ticket at a time. Let’s do the first one; you can book the others right after.',
    },
  ),
  sameCity: text(
    { city: 'text' },
    {
      'zh-CN': '出发和到达都是{{city}}，换一个到达城市就可以继续。',
      en: 'You would start and arrive in {{city}}. Tell me another destination and we can go on.',
    },
  ),
  askOrigin: text({}, { 'zh-CN': '您从哪个城市出发？', en: 'Which city do you leave from?' }),
  askOriginFor: text(
    { to: 'text' },
    { 'zh-CN': '去{{to}}，您从哪个城市出发？', en: 'To {{to}}, then. Which city do you leave from?' },
  ),
  askDestination: text(
    { from: 'text' },
    { 'zh-CN': '从{{from}}出发，您要去哪个城市？', en: 'From {{from}}. Which city are you going to?' },
  ),
  cityChip: text({ city: 'text' }, { 'zh-CN': '{{city}}', en: '{{city}}' }),
  askDate: text(
    { from: 'text', to: 'text', example: 'date' },
    {
      'zh-CN': '{{from}}到{{to}}，您哪天出发？可以点选，也可以直接输入，比如“{{example}}”。',
      en: '{{from}} to {{to}}. Which day? Tap one, or write a date such as “{{example}}”.',
    },
  ),
  todayChip: text({ date: 'date' }, { 'zh-CN': '今天 {{date}}', en: 'Today, {{date}}' }),
  tomorrowChip: text({ date: 'date' }, { 'zh-CN': '明天 {{date}}', en: 'Tomorrow, {{date}}' }),
  dayAfterChip: text({ date: 'date' }, { 'zh-CN': '后天 {{date}}', en: 'In two days, {{date}}' }),
  dayChip: text({ date: 'date' }, { 'zh-CN': '{{date}}', en: '{{date}}' }),
  pastDate: text(
    { date: 'date' },
    { 'zh-CN': '{{date}}已经过去了，我们换一天吧。', en: '{{date}} is already over. Let’s choose another day.' },
  ),
  farDate: text(
    { last: 'date' },
    {
      'zh-CN': '那天的车票还没有开售，目前可以订到{{last}}。',
      en: 'Tickets for that day are not on sale yet. You can book up to {{last}}.',
    },
  ),
  checkTitle: text(
    { date: 'date', part: 'text', from: 'text', to: 'text' },
    { 'zh-CN': '{{date}} {{part}} {{from}}→{{to}}', en: '{{date}}, {{part}}: {{from}} → {{to}}' },
  ),
  checkBody: text(
    { seatClass: 'text' },
    { 'zh-CN': '{{seatClass}} ×1\n我理解得对吗？', en: '{{seatClass}} × 1\nDid I get that right?' },
  ),
  right: text({}, { 'zh-CN': '对', en: 'Correct' }),
  wrong: text({}, { 'zh-CN': '修改', en: 'Change' }),
  askChange: text({}, { 'zh-CN': '您想改哪一项？', en: 'What would you like to change?' }),
  changeDate: text({}, { 'zh-CN': '换日期', en: 'Another day' }),
  changePart: text({}, { 'zh-CN': '换时段', en: 'Another time of day' }),
  changeRoute: text({}, { 'zh-CN': '换路线', en: 'Another route' }),
  swap: text({}, { 'zh-CN': '对调出发和到达', en: 'Swap the direction' }),
  quiet: text(
    {},
    {
      'zh-CN': '这次订票先到这里，没有扣款。需要时对我说“订火车票”即可。',
      en: 'I have closed this booking; nothing was charged. Say “train tickets” whenever you need me.',
    },
  ),
  notUnderstood: text(
    {},
    {
      'zh-CN': '抱歉，我没能看懂，这次订票先到这里。您可以说“明天上午从成都到北京”，或回复“人工”。',
      en: 'Sorry, I could not make sense of that. Try “Chengdu to Beijing tomorrow morning”, or say “human”.',
    },
  ),
} as const
