import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** Credit for a phone. */
export const topUpTexts = {
  whichNumber: plain('给哪个号码充值？', 'Which number shall be topped up?'),
  ownNumber: plain('本机', 'This phone'),
  howMuchCredit: plain('充多少？一个号码每天最多 ¥500。', 'How much? At most ¥500 a day for one number.'),
  topUpTitle: text(
    { phone: 'text', amount: 'money' },
    { 'zh-CN': '为 {{phone}} 充值 {{amount}}', en: 'Top up {{phone}}: {{amount}}' },
    { keep: ['amount'] },
  ),
  topUpBody: text({ carrier: 'text' }, { 'zh-CN': '收款方：{{carrier}}', en: 'Payee: {{carrier}}' }),
  topUp: plain('充值', 'Top up'),
  topUpLimited: plain(
    '这个号码今天的充值额度不够了（每天最多 ¥500，每次至少 ¥10）。',
    'That is more than is left for this number today (at most ¥500 a day, at least ¥10 at a time).',
  ),
  credited: text(
    { phone: 'text', amount: 'money' },
    { 'zh-CN': '充值成功，{{phone}} 已到账 {{amount}}。', en: 'Done: {{amount}} is on {{phone}}.' },
    { keep: ['amount'] },
  ),
  topUpRetry: plain(
    '没有充值成功：没有扣款，或已原路退回。要换个金额再试吗？',
    'It was not topped up: nothing was taken, or it has been given back. Try another amount?',
  ),
  changeCredit: plain('换金额', 'Another amount'),
  noTopUp: plain('不充了', 'No, leave it'),
  otherCredit: plain('改金额', 'Change the amount'),
} as const
