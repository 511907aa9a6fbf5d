import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** Tickets that somebody has, and the way back of one. */
export const returnTexts = {
  noTickets: plain(
    '您目前没有可以改签或退的车票。',
    'You have no ticket that could be changed or returned at the moment.',
  ),
  departedOnly: plain(
    '您的列车已经发车，不能再改签或退票。如需帮助，请回复“人工”。',
    'Your train has departed, so the ticket can no longer be changed or returned. For help, say “human”.',
  ),
  ticketBusy: plain(
    '您的车票正在办理改签或退款，有了结果马上告诉您，请不要重复办理。',
    'A change or refund of your ticket is still under way. I will tell you when it is done; please do not start again.',
  ),
  changedOnce: plain(
    '每张车票只能改签一次，这张已经改签过了；仍然可以退票。',
    'A ticket can be changed once, and this one has been. It can still be returned.',
  ),
  myTicketTitle: text(
    { number: 'text', departs: 'dateTime' },
    { 'zh-CN': '{{number}} {{departs}}', en: '{{number}} {{departs}}' },
  ),
  myTicketBody: text(
    { from: 'text', to: 'text', coach: 'text', place: 'text', fare: 'money' },
    {
      'zh-CN': '{{from}}→{{to}}\n{{coach}}车{{place}} · {{fare}}',
      en: '{{from}} → {{to}}\nCoach {{coach}}, seat {{place}} · {{fare}}',
    },
    { keep: ['fare'] },
  ),
  thisTicket: text(
    { number: 'text', date: 'date' },
    { 'zh-CN': '{{date}}的 {{number}}', en: '{{number}} on {{date}}' },
  ),
  returnTitle: text(
    { number: 'text', refund: 'money' },
    { 'zh-CN': '退票 {{number}} · 退回 {{refund}}', en: 'Return {{number}} · {{refund}} back' },
    { keep: ['refund'] },
  ),
  returnBody: text(
    { departs: 'dateTime', from: 'text', to: 'text', fare: 'money', percent: 'count', fee: 'money', refund: 'money' },
    {
      'zh-CN':
        '{{departs}} {{from}}→{{to}}\n票价 {{fare}}\n退票费 {{percent}}%：{{fee}}\n退回 {{refund}}，原路返回付款账户',
      en: [
        '{{departs}}, {{from}} → {{to}}',
        'Fare {{fare}}',
        'Fee of {{percent}}%: {{fee}}',
        '{{refund}} goes back to where you paid from',
      ].join('\n'),
    },
    { keep: ['fare', 'fee', 'refund'] },
  ),
  confirmReturn: plain('确认退票', 'Return the ticket'),
  keepTicket: plain('不退了', 'Keep it'),
  ticketKept: text(
    { number: 'text' },
    { 'zh-CN': '好的，{{number}}的车票保持不变。', en: 'All right, your ticket for {{number}} stays as it is.' },
  ),
  refundUnderWay: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}} 正在退回，银行确认后马上告诉您。',
      en: '{{amount}} is on its way back. I will tell you as soon as the bank confirms it.',
    },
    { keep: ['amount'] },
  ),
  returned: text(
    { number: 'text', fee: 'money', refund: 'money' },
    {
      'zh-CN': '退票成功：{{number}}\n退票费 {{fee}}，{{refund}} 已退回付款账户。',
      en: 'Returned: {{number}}\nFee {{fee}}. {{refund}} has gone back to where you paid from.',
    },
    { keep: ['fee', 'refund'] },
  ),
  returnRefused: text(
    { number: 'text' },
    {
      'zh-CN': '退款没有办成，{{number}}的车票仍然有效。请稍后再试，或回复“人工”。',
      en: [
        'The refund did not go through; your ticket for {{number}} is still valid.',
        'Try again later, or say “human”.',
      ].join(' '),
    },
  ),
  returnPartly: text(
    { number: 'text', refund: 'money' },
    {
      'zh-CN': '{{number}}已退票，应退 {{refund}} 中有一部分还没有退成。请回复“人工”，工作人员会为您补齐。',
      en: [
        '{{number}} is returned. Part of the {{refund}} has not gone back yet.',
        'Say “human”, and a colleague will see to the rest.',
      ].join(' '),
    },
    { keep: ['refund'] },
  ),
  returnOwed: text(
    { number: 'text', refund: 'money' },
    {
      'zh-CN': '{{number}}的 {{refund}} 还没有退成。请回复“人工”，工作人员会跟进，不用重新退票。',
      en: [
        'The {{refund}} for {{number}} has not gone back yet. Say “human”, and a colleague will see to it;',
        'there is no need to return the ticket again.',
      ].join(' '),
    },
    { keep: ['refund'] },
  ),
  ticketMoved: plain(
    '这张车票刚刚有了变动，请重新发起。',
    'This ticket has just changed. Please start again from your tickets.',
  ),
  issuing: plain(
    '已付款，正在出票，请不要重复支付。最多十分钟，出不了票会自动退款。',
    'Paid. Your ticket is being issued; please do not pay again. If it is not out in ten minutes, the money goes back.',
  ),
  paidGivenBack: text(
    { number: 'text', amount: 'money' },
    {
      'zh-CN': '{{number}}没有出票成功，您支付的 {{amount}} 已原路退回，非常抱歉。',
      en: 'The ticket for {{number}} could not be issued. Your {{amount}} has gone back to you. We are sorry.',
    },
    { keep: ['amount'] },
  ),
} as const
