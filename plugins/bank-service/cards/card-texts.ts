import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** A card was used: was that you, what the bank has made of the answer, and what became of a dispute. */
const spentTexts = {
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
  spentUnclear: plain(
    '您的卡刚刚有一笔消费，暂时查不到详情。如果不是您本人，请回复“不是我”。',
    'A card of yours was just used. The details are not available yet. If it was not you, write “not me”.',
  ),
  itWasMe: plain('是我', 'It was me'),
  notMe: plain('不是我', 'It was not me'),
  thanksForTelling: plain(
    '谢谢确认。如果后来发现不是您本人，24 小时内回复“不是我”。',
    'Thank you. Should it turn out not to be you, write “not me” within 24 hours.',
  ),
  nothingToDo: plain(
    '好的，不用再做什么。如果后来发现不是您本人，请回复“不是我”。',
    'All right, there is nothing else to do. Should it turn out not to be you, write “not me”.',
  ),
  cardLocked: text(
    { mask: 'text', dispute: 'text' },
    {
      'zh-CN': '已锁定尾号 {{mask}} 的卡{{#if dispute}}，争议受理单 {{dispute}}{{/if}}。银行会核实，结果在这里告诉您。',
      en:
        'Card {{mask}} is locked{{#if dispute}}, dispute {{dispute}}{{/if}}. ' +
        'The bank looks into it, and you will hear of it here.',
    },
    { keep: ['mask'] },
  ),
  cardNotLocked: text(
    { mask: 'text', dispute: 'text' },
    {
      'zh-CN':
        '银行已受理{{#if dispute}}，争议受理单 {{dispute}}{{/if}}，但还没有确认尾号 {{mask}} 的卡已锁定。' +
        '请马上回复“人工”。',
      en:
        'The bank has taken it{{#if dispute}}, dispute {{dispute}}{{/if}}, but has not said that card {{mask}} is ' +
        'locked. Write “human” right now.',
    },
    { keep: ['mask'] },
  ),
  denialNotTaken: plain(
    '银行现在没有受理，卡还没有锁定。请马上再点一次“不是我”，或回复“人工”。',
    'The bank did not take it and the card is NOT locked. Tap “It was not me” again now, or write “human”.',
  ),
  yesNotTaken: plain(
    '银行暂时没有记下您的回答。是您本人就不用再做什么；如果不是，请马上回复“不是我”。',
    'The bank has not noted your answer. If it was you, that is all; if not, write “not me” right now.',
  ),
  answeredTooLate: plain(
    '这笔消费已经处理过了。需要帮助请回复“人工”。',
    'This purchase has been dealt with already. Write “human” if you need help.',
  ),
  answerLost: plain(
    '没有得到银行的答复。如果不是您本人，请马上再点一次“不是我”。',
    'The bank did not answer. If it was not you, please tap “It was not me” once more right now.',
  ),
  stillDeniable: plain(
    '好的，先不问了。如果不是您本人，请回复“不是我”，卡会马上锁定。',
    'All right, I will leave it there. If it was not you, write “not me” and the card will be locked.',
  ),
  whichPurchase: plain('哪一笔不是您本人消费？', 'Which purchase was not yours?'),
  purchaseLabel: text({ amount: 'money', at: 'dateTime' }, { 'zh-CN': '{{amount}} {{at}}', en: '{{amount}} {{at}}' }),
  noPurchases: plain('没有待确认的刷卡消费。', 'No purchase is waiting for your answer.'),
  cannotList: plain(
    '现在查不到您的刷卡消费。如果卡被盗刷，请马上回复“人工”。',
    'Your purchases cannot be looked up right now. If somebody else is using your card, write “human” right now.',
  ),
} as const

const about = {
  'zh-CN': '{{#if dispute}}争议 {{dispute}} {{else}}您的争议{{/if}}',
  en: '{{#if dispute}}Dispute {{dispute}}{{else}}Your dispute{{/if}}',
}

const disputeTexts = {
  disputeCredited: text(
    { dispute: 'text', amount: 'money' },
    {
      'zh-CN': `${about['zh-CN']}核实期间，银行已先把 {{amount}} 补给您。`,
      en: `${about.en}: the bank has credited you {{amount}} while it looks into it.`,
    },
    { keep: ['amount'] },
  ),
  disputeWon: text(
    { dispute: 'text', amount: 'money', mask: 'text', frozen: 'count' },
    {
      'zh-CN':
        `${about['zh-CN']}已核实，{{amount}} 归您。` +
        '{{#if frozen}}尾号 {{mask}} 的卡仍然锁定，解锁或换卡请回复“人工”。{{/if}}',
      en:
        `${about.en} is settled: {{amount}} is yours.` +
        '{{#if frozen}} Card {{mask}} is still locked: write “human” to have it unlocked or replaced.{{/if}}',
    },
    { keep: ['amount'] },
  ),
  disputeLost: text(
    { dispute: 'text', amount: 'money', credited: 'count' },
    {
      'zh-CN': `${about['zh-CN']}未获支持{{#if credited}}，之前补给您的 {{amount}} 已收回{{/if}}。有疑问请回复“人工”。`,
      en:
        `${about.en} was not upheld{{#if credited}}, and the {{amount}} credited to you was taken back{{/if}}. ` +
        'Write “human” if you have questions.',
    },
  ),
  disputeUnclear: plain(
    '您的刷卡争议有了进展，暂时查不到详情。请稍后回复“人工”了解。',
    'There is news of your dispute, but the details are not available yet. Write “human” later to hear of it.',
  ),
} as const

const boundTexts = {
  cardsTitle: plain('已绑定的卡', 'Your cards here'),
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
  cardsRefused: plain(
    '银行没有受理，您的卡没有变动。请稍后再试，或回复“人工”。',
    'The bank did not take it, and nothing has changed. Please try later, or write “human”.',
  ),
  cardsUnsure: plain(
    '银行还没有答复，不确定是否已办成。请稍后用“我的卡”查看，不要重复办理。',
    'The bank has not answered, so it may be done or not. Please look at “my cards” later, and do not do it again.',
  ),
} as const

/** Shop, amount and card are only ever variables. */
export const cardTexts = { ...spentTexts, ...disputeTexts, ...boundTexts } as const
