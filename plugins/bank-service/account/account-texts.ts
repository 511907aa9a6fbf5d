import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** Looking at accounts. What is in them is only ever a variable. */
export const accountTexts = {
  whichAccount: plain('看哪个账户？', 'Which account?'),
  accountLabel: text({ label: 'text', mask: 'text' }, { 'zh-CN': '{{label}} {{mask}}', en: '{{label}} {{mask}}' }),
  balanceTitle: text(
    { mask: 'text', available: 'money', time: 'time' },
    {
      'zh-CN': '尾号 {{mask}} 可用 {{available}}（{{time}}）',
      en: 'Account ending {{mask}}: {{available}} available ({{time}})',
    },
    { keep: ['available'] },
  ),
  balanceBody: text(
    { held: 'money', income: 'money', spending: 'money', owed: 'text' },
    {
      'zh-CN': '{{#if owed}}已用额度：{{owed}}\n{{/if}}冻结：{{held}}\n本月收入：{{income}}\n本月支出：{{spending}}',
      en:
        '{{#if owed}}Owed: {{owed}}\n{{/if}}On hold: {{held}}\n' +
        'Came in this month: {{income}}\nSpent this month: {{spending}}',
    },
  ),
  whatMore: text(
    { mask: 'text', time: 'time' },
    {
      'zh-CN': '尾号 {{mask}} 上面的余额是 {{time}} 的，之后可能有变动。还要看什么？',
      en: 'The balance of the account ending {{mask}} is as of {{time}} and may have changed. What else do you need?',
    },
  ),
  showBalance: plain('现在的余额', 'Balance now'),
  showEntries: plain('收支明细', 'Show entries'),
  otherAccount: plain('看其他账户', 'Another account'),
  done: plain('看完了', 'Done'),
  entriesTitle: text(
    { mask: 'text' },
    { 'zh-CN': '尾号 {{mask}} 收支明细', en: 'Entries of the account ending {{mask}}' },
  ),
  noEntries: plain('这个账户还没有收支。', 'There are no entries yet.'),
  bye: plain('好的。为了安全，可以把上面的消息删掉。', 'All right. You may want to delete the messages above.'),
  viewLimited: plain(
    '今天查询的次数已用完（每天 30 次），请明天再查，或到手机银行查看。',
    'That was the last of the 30 looks of today. Please look again tomorrow or in the bank’s app.',
  ),
  proofOver: plain(
    '距上次核实身份已超过 10 分钟，为了安全请再说一次“余额”。',
    'It is more than ten minutes since it was verified that it is you. Please say “balance” once more.',
  ),
  nothingShown: plain('没有显示任何账户信息。要再试一次吗？', 'Nothing is shown. Would you like to try again?'),
  notVerified: plain(
    '没有核实到是您本人，没有显示任何账户信息。',
    'It could not be verified that it is you, so nothing is shown.',
  ),
} as const
