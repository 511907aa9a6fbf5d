import { text } from '@inthread/sdk'

/** From the payment's outcome to the ticket. */
export const paymentTexts = {
  ticketTitle: text(
    { coach: 'text', place: 'text' },
    { 'zh-CN': '出票成功 {{coach}}车{{place}}', en: 'Ticket issued: Coach {{coach}}, seat {{place}}' },
    { keep: ['coach', 'place'] },
  ),
  ticketBody: text(
    {
      number: 'text',
      from: 'text',
      to: 'text',
      departs: 'dateTime',
      arrives: 'dateTime',
      seatClass: 'text',
      fare: 'money',
      receipt: 'text',
    },
    {
      'zh-CN': [
        '{{number}} {{from}}→{{to}}',
        '{{departs}} 开，{{arrives}} 到',
        '{{seatClass}} ×1 · 已付 {{fare}}',
        '收据 {{receipt}}',
      ].join('\n'),
      en: [
        '{{number}} {{from}} → {{to}}',
        'Departs {{departs}}, arrives {{arrives}}',
        '{{seatClass}} × 1 · Paid {{fare}}',
        'Receipt {{receipt}}',
      ].join('\n'),
    },
    { keep: ['number', 'departs', 'fare', 'receipt'] },
  ),
  addToCalendar: text({}, { 'zh-CN': '加入日历', en: 'Add to calendar' }),
  journey: text(
    { number: 'text', from: 'text', to: 'text' },
    { 'zh-CN': '{{number}} {{from}}→{{to}}', en: '{{number}} {{from}} → {{to}}' },
  ),
  insufficientFunds: text(
    { fare: 'money' },
    {
      'zh-CN': '账户余额不足 {{fare}}，没有扣款，座位已释放。',
      en: 'There is not enough in the account for {{fare}}. Nothing was charged; the seat was released.',
    },
  ),
  declined: text(
    {},
    {
      'zh-CN': '银行没有通过这笔付款，没有扣款，座位已释放。',
      en: 'The bank did not accept the payment. Nothing was charged and the seat was released.',
    },
  ),
  tryLater: text(
    {},
    {
      'zh-CN': '银行正忙，没有扣款，座位已释放。请稍后再试。',
      en: 'The bank is busy. Nothing was charged; the seat was released. Please try again a little later.',
    },
  ),
  notLinked: text(
    {},
    {
      'zh-CN': '您的手机号还没有在银行开通消息支付，没有扣款，座位已释放。开通后欢迎再来订票。',
      en: 'Your bank has not set up this number for paying yet. Nothing was charged; the seat was released.',
    },
  ),
  cancelled: text(
    {},
    {
      'zh-CN': '支付已取消，没有扣款，座位已释放。',
      en: 'The payment was cancelled. Nothing was charged and the seat was released.',
    },
  ),
  expired: text(
    {},
    {
      'zh-CN': '支付时间已过，没有扣款，座位已释放。',
      en: 'The time to pay is over. Nothing was charged and the seat was released.',
    },
  ),
  tryAgain: text({}, { 'zh-CN': '再试一次', en: 'Try again' }),
  noThanks: text({}, { 'zh-CN': '不订了', en: 'No, thanks' }),
  goodbye: text({}, { 'zh-CN': '好的，需要订票时再来找我。', en: 'All right. I am here whenever you need a ticket.' }),
  beingChecked: text(
    { number: 'text', fare: 'money' },
    {
      'zh-CN': [
        '银行正在核实这笔 {{fare}} 的付款，请不要重复支付。',
        '结果明确之前，{{number}}的座位一直为您保留。如需帮助，请回复“人工”。',
      ].join(''),
      en: [
        'The bank is still checking your payment of {{fare}}; please do not pay again.',
        'Your seat on {{number}} stays held until this is clear. If you need help, say “human”.',
      ].join(' '),
    },
    { keep: ['fare'] },
  ),
  stillOpen: text(
    { number: 'text', fare: 'money' },
    {
      'zh-CN': '{{number}}的 {{fare}} 银行还没有给出结果。请不要重复支付，回复“人工”，工作人员会跟进。',
      en: [
        'The bank has still not decided on your {{fare}} for {{number}}.',
        'Please do not pay again; say “human”, and a colleague will see to it.',
      ].join(' '),
    },
    { keep: ['fare'] },
  ),
  paidNoSeat: text(
    { number: 'text', fare: 'money', receipt: 'text' },
    {
      'zh-CN': [
        '已收到您支付的 {{fare}}，但{{number}}的座位没能保住，非常抱歉。',
        '请回复“人工”，工作人员会为您改订或退款。收据 {{receipt}}',
      ].join(''),
      en: [
        'Your payment of {{fare}} has arrived, but the seat on {{number}} could not be kept. We are sorry.',
        'Say “human”, and a colleague will rebook or refund it. Receipt {{receipt}}',
      ].join(' '),
    },
    { keep: ['fare', 'receipt'] },
  ),
} as const
