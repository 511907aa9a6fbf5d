import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'

/** The digital wallet, points, and red envelopes. */
export const walletTexts = {
  noWallet: plain(
    '您还没有数字人民币钱包。四类钱包凭手机号就能开：余额最多 ¥10,000，单笔 ¥2,000，每天 ¥5,000。',
    'No digital wallet yet. A class 4 one needs only your number: ¥10,000 in it, ¥2,000 a payment, ¥5,000 a day.',
  ),
  openWallet: plain('开立钱包', 'Open a wallet'),
  noWalletNow: plain('不开了', 'Not now'),
  walletTitle: text(
    { mask: 'text', balance: 'money' },
    { 'zh-CN': '数字钱包 {{mask}} 余额 {{balance}}', en: 'Digital wallet {{mask}}: {{balance}}' },
    { keep: ['balance'] },
  ),
  walletBody: text(
    { single: 'money', left: 'money', frozen: 'count' },
    {
      'zh-CN': '{{#if frozen}}已冻结，请联系银行。{{else}}单笔最多 {{single}}\n今天还可付 {{left}}{{/if}}',
      en: '{{#if frozen}}It is frozen: please ask the bank.{{else}}{{single}} a payment\n{{left}} left today{{/if}}',
    },
  ),
  loadWallet: plain('充值', 'Load it'),
  howMuchLoad: plain('充多少到钱包？', 'How much shall go into the wallet?'),
  loadLimited: plain(
    '超过这类钱包的限额了，请少充一些，或到网点升级钱包。',
    'That is more than such a wallet holds. Take less, or have it upgraded at a branch.',
  ),
  walletFrozen: plain('钱包已冻结，请联系银行。', 'The wallet is frozen: please ask the bank.'),
  walletReady: plain('钱包可以用了，付款时可以选它。', 'The wallet is ready: you can choose it when you pay.'),
  walletLoaded: text(
    { amount: 'money' },
    { 'zh-CN': '已充入 {{amount}}。', en: '{{amount}} is in the wallet.' },
    { keep: ['amount'] },
  ),
  walletUnchanged: plain('好的，没有办理，钱没有动。', 'All right, nothing was done.'),
  walletRetry: plain('要再试一次吗？', 'Shall we try once more?'),
  walletFell: plain(
    '没有办成：没有扣款，或已原路退回。',
    'It did not go through: nothing was taken, or it has been given back.',
  ),
  walletOpen: plain(
    '银行还没有给出结果，工作人员会跟进。请不要重复办理。',
    'The bank has not decided it yet; a colleague looks after it. Do not do it again.',
  ),
  walletChecking: plain(
    '银行还在处理，请不要重复办理。有结果马上告诉您。',
    'The bank is still working on it: do not do it again. I will tell you.',
  ),
  pointsTitle: text(
    { points: 'text', worth: 'money' },
    { 'zh-CN': '积分 {{points}}，可抵 {{worth}}', en: '{{points}} points, worth {{worth}}' },
    { keep: ['points', 'worth'] },
  ),
  pointsLot: text(
    { points: 'text', day: 'text' },
    { 'zh-CN': '最早到期：{{points}} 分，{{day}}', en: 'First to expire: {{points}} points on {{day}}' },
  ),
  noPoints: plain('您还没有积分。', 'You have no points yet.'),
  envelopeTitle: plain('您有一个红包', 'There is a red envelope for you'),
  openEnvelope: plain('拆', 'Open it'),
  envelopeGot: text(
    { amount: 'money', again: 'count' },
    {
      'zh-CN': '{{#if again}}您已领取 {{amount}}。{{else}}恭喜获得 {{amount}}，存入您的默认账户。{{/if}}',
      en:
        '{{#if again}}You already have {{amount}}.{{else}}' +
        'You got {{amount}}! It goes to your default account.{{/if}}',
    },
    { keep: [] },
  ),
  envelopeBack: text(
    { amount: 'money' },
    {
      'zh-CN': '{{amount}} 没有入账，已退回红包：您的默认账户现在不能收款。请联系银行，或回复“人工”。',
      en: 'The {{amount}} could not be paid in and has gone back. Please ask the bank, or write “human”.',
    },
    { keep: ['amount'] },
  ),
  envelopeReserved: text(
    { amount: 'money' },
    {
      'zh-CN': '恭喜获得 {{amount}}，为您保留 24 小时',
      en: 'You got {{amount}}! It is kept for you for 24 hours',
    },
    { keep: ['amount'] },
  ),
  envelopeHow: plain(
    '这个手机号还没有在本行开通。请在网点或手机银行用本机号码开户，24 小时内回到这里点“已开通，领取”。过期自动退回。',
    'This number is not set up with the bank yet. Open an account with it at a branch or in the bank’s app, and come ' +
      'back within 24 hours. After that it goes back.',
  ),
  fetchEnvelope: plain('已开通，领取', 'It is set up: take it'),
  fetchLater: plain('稍后再来', 'Later'),
  envelopeComeBack: plain(
    '好的。开通后回复“红包”即可领取，24 小时内有效。',
    'All right. Once it is set up, write “red envelope” within the 24 hours.',
  ),
  envelopeReleased: text(
    { amount: 'money' },
    {
      'zh-CN': '为您保留的 {{amount}} 已到期，退回红包了。',
      en: 'The {{amount}} kept for you was not taken in time and has gone back.',
    },
    { keep: ['amount'] },
  ),
  envelopeUnsure: plain(
    '没有得到银行的答复。请再拆一次，不会重复领取。',
    'The bank did not answer. Open it once more: you will not get it twice.',
  ),
  envelopeEmpty: plain('手慢了，红包已领完。', 'Too late: the envelope is empty.'),
  envelopeOver: plain('现在没有红包活动。', 'There is no red envelope at the moment.'),
} as const
