import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** A sentence about one transfer, in any wording with how much and to whom. */
const ofTransfer = (chinese: string, english: string) =>
  text({ amount: 'money', name: 'text' }, { 'zh-CN': chinese, en: english }, { keep: ['amount', 'name'] })

/** What came of a transfer, and taking back one that has not gone yet. */
export const transferEndTexts = {
  notSent: plain('好的，没有转账，钱没有动。', 'All right, nothing was sent.'),
  stale: plain(
    '核对收款人已过 5 分钟，我再为您查一次。',
    'It is more than five minutes since the payee was checked, so I look them up once more.',
  ),
  askAfter: plain('没有转出去，您的钱没有动。接下来怎么办？', 'Nothing was sent. What next?'),
  checkAgain: plain('重新核对收款人', 'Check the payee again'),
  askWhetherNick: text(
    { name: 'text' },
    {
      'zh-CN': '要记住 {{name}} 吗？起个称呼，下次说“给妈妈转三百”就行。',
      en: 'Shall I remember {{name}}? With a name of your own for them, next time say “send Mum 300”.',
    },
  ),
  giveNick: plain('起个称呼', 'Give them a name'),
  askNick: text(
    { name: 'text' },
    {
      'zh-CN': '怎么称呼 {{name}}？请输入一个称呼，比如“妈妈”。',
      en: 'What shall I call {{name}}? Type one word, like “Mum”.',
    },
  ),
  noNick: plain('不用记', 'No need'),
  nickNotKept: plain('好的，下次输入手机号即可。', 'All right. Next time, just type the number.'),
  nickKept: text({ nick: 'text' }, { 'zh-CN': '记住了：{{nick}}。', en: 'I will remember: {{nick}}.' }),
  checking: ofTransfer(
    '{{amount}} 转给 {{name}}：银行还在核对，请勿重复转账。有结果马上告诉您。',
    '{{amount}} to {{name}}: the bank is still checking. Do not send it again; I will tell you.',
  ),
  arrived: text(
    { amount: 'money', name: 'text', receipt: 'text' },
    {
      'zh-CN': '{{amount}} 已转给 {{name}}，单号 {{receipt}}。',
      en: '{{amount}} has gone to {{name}}. Receipt {{receipt}}.',
    },
    { keep: ['amount', 'name', 'receipt'] },
  ),
  failed: ofTransfer(
    '{{amount}} 没有转给 {{name}}，钱仍在您的账户里。',
    '{{amount}} did not go to {{name}}. The money is still in your account.',
  ),
  returned: ofTransfer(
    '对方银行退回了转给 {{name}} 的 {{amount}}，已回到您的账户。请和对方核对账户。',
    'The bank of {{name}} has sent {{amount}} back; it is in your account again. Please check with them.',
  ),
  stillOpen: plain(
    '这笔转账银行还没有给出结果，工作人员会跟进。请勿重复转账。',
    'The bank has not decided this transfer yet; a colleague looks after it. Do not send it again.',
  ),
  askWithdraw: text(
    { amount: 'money', name: 'text', until: 'dateTime' },
    {
      'zh-CN': '已受理：{{amount}} 转给 {{name}}，{{until}} 前可以撤回。',
      en: 'Accepted: {{amount}} to {{name}}. You can take it back until {{until}}.',
    },
    { keep: ['amount', 'name', 'until'] },
  ),
  withdraw: plain('撤回', 'Take it back'),
  keepIt: plain('不撤回', 'Let it go'),
  goesOn: ofTransfer('好的，{{amount}} 会按时转给 {{name}}。', 'All right: {{amount}} goes to {{name}} as agreed.'),
  withdrawn: ofTransfer(
    '已撤回，{{amount}} 没有转给 {{name}}，已解冻。',
    'Taken back: {{amount}} did not go to {{name}} and is yours to spend again.',
  ),
  tooLate: plain('已经转出，不能撤回了。', 'It has gone already and cannot be taken back.'),
  canStill: text(
    { amount: 'money', name: 'text', until: 'dateTime' },
    {
      'zh-CN': '先到这里：{{amount}} 会按时转给 {{name}}。{{until}} 前说“撤回转账”还来得及。',
      en: 'I will leave it at that: {{amount}} goes to {{name}}. Until {{until}} you can still say “take it back”.',
    },
    { keep: ['amount', 'name', 'until'] },
  ),
  withdrawRefused: plain(
    '撤回没有被受理，转账还没有转出。请马上再说一次“撤回转账”，或回复“人工”。',
    'Taking it back was refused, and the transfer has not gone yet. Say “take it back” again now, or write “human”.',
  ),
  withdrawOutOfTime: plain(
    '撤回没有被受理，撤回的时间也过了。转账有结果会在这里告诉您；有疑问请回复“人工”。',
    'Taking it back was refused, and the time for it is over. You will hear of the transfer here; or write “human”.',
  ),
  withdrawUnsure: plain(
    '撤回没有得到银行答复。请再说一次“撤回转账”。',
    'The bank did not answer. Please say “take it back” once more.',
  ),
  nothingDelayed: plain('没有可以撤回的转账。', 'There is no transfer that could be taken back.'),
  askDelayed: plain('要撤回哪一笔？', 'Which one shall be taken back?'),
  delayedLabel: text({ amount: 'money', name: 'text' }, { 'zh-CN': '{{amount}} {{name}}', en: '{{amount}} {{name}}' }),
} as const
