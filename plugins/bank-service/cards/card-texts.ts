import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** Was that you, and which cards are here. Shop, amount and card are only ever variables. */
export const cardTexts = {
  spentTitle: text(
    { mask: 'text', amount: 'money' },
    { 'zh-CN': '尾号 {{mask}} 消费 {{amount}}', en: 'Card {{mask}}: {{amount}} spent' },
    { keep: ['mask', 'amount'] },
  ),
  spentBody: text(
    { shop: 'text', at: 'dateTime' },
    { 'zh-CN': '{{shop}}\n{{at}}\n是您本人消费吗？', en: '{{shop}}\n{{at}}\nWas that you?' },
    { keep: ['shop', 'at'] },
  ),
  itWasMe: plain('是我', 'It was me'),
  notMe: plain('不是我', 'It was not me'),
  thanksForTelling: plain(
    '谢谢确认。如果后来发现不是您本人，24 小时内回复“不是我”。',
    'Thank you. Should it turn out not to be you, write “not me” within 24 hours.',
  ),
  cardLocked: text(
    { mask: 'text', dispute: 'text' },
    {
      'zh-CN': '已锁定尾号 {{mask}} 的卡，争议受理单 {{dispute}}。核实期间先把这笔钱补给您。需要帮助请回复“人工”。',
      en: 'Card {{mask}} is locked, dispute {{dispute}}. You are credited meanwhile. Write “human” for help.',
    },
    { keep: ['mask', 'dispute'] },
  ),
  answeredTooLate: plain(
    '这笔消费已经处理过了。需要帮助请回复“人工”。',
    'This purchase has been dealt with already. Write “human” if you need help.',
  ),
  answerLost: plain(
    '没有得到银行的答复。如果不是您本人，请马上再点一次“不是我”。',
    'The bank did not answer. If it was not you, please tap “It was not me” once more right now.',
  ),
  whichPurchase: plain('哪一笔不是您本人消费？', 'Which purchase was not yours?'),
  purchaseLabel: text({ amount: 'money', time: 'time' }, { 'zh-CN': '{{amount}} {{time}}', en: '{{amount}} {{time}}' }),
  noPurchases: plain('没有待确认的刷卡消费。', 'No purchase is waiting for your answer.'),
  cardsTitle: plain('这里可用的卡', 'Cards you can use here'),
  bindCard: plain('绑定一张卡', 'Add a card'),
  chooseDefault: plain('换默认卡', 'Change the default'),
  unbindCard: plain('解绑', 'Remove one'),
  typeLast4: plain('请输入要绑定的卡的后四位。', 'Please type the last four digits of the card.'),
  cardBound: plain('已绑定，付款时可以选它了。', 'Added: you can now choose it when you pay.'),
  noSuchCard: plain(
    '没有这张卡，或已经绑定了。请核对后四位。',
    'There is no such card, or it is here already. Check the digits.',
  ),
  bindLimited: plain('今天绑卡的次数已用完，请明天再试。', 'No more tries today. Please try again tomorrow.'),
  whichDefault: plain('默认用哪张卡付款？', 'Which card shall pay unless you say otherwise?'),
  defaultChosen: plain('好的，以后默认用这张卡。', 'All right, that one from now on.'),
  whichUnbind: plain('解绑哪张卡？', 'Which card shall be removed?'),
  cardUnbound: plain('已解绑。', 'Removed.'),
  notBound: plain('这张是主卡，不能在这里解绑。', 'This is your main card, which cannot be removed here.'),
} as const
