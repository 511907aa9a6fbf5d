import { text } from '@inthread/sdk'
import { plain } from '../common-texts.ts'
import { transferEndTexts } from './end-texts.ts'

const firstTime = {
  'zh-CN': '{{#if first}}您还没有给这位收款人转过账，请仔细核对。{{else}}请核对是不是本人。{{/if}}',
  en: '{{#if first}}You have not paid them before: look closely.{{else}}Is it the right person?{{/if}}',
}

const nameAsked = {
  'zh-CN': '首次大额转给此人：银行会在自己的页面上请您填写姓名中被隐去的字，请勿发到这里。',
  en: 'First large transfer to them: the bank asks on its page for the hidden character of the name. Not here.',
}

/** What the bank said of the transfer beyond the payee, its fee above all, stands in `terms`. */
const payeeRows = {
  'zh-CN': '收款人：{{name}}\n账户：{{bank}} {{account}}{{#if terms}}\n{{terms}}{{/if}}',
  en: 'Payee: {{name}}\nAccount: {{bank}} {{account}}{{#if terms}}\n{{terms}}{{/if}}',
}

/** From the first word to the transfer that is handed over. */
export const transferTexts = {
  ...transferEndTexts,
  askWho: text(
    { known: 'count' },
    {
      'zh-CN': '转给谁？请输入对方的手机号{{#if known}}，或选最近的收款人{{/if}}。',
      en: 'Who is it for? Type their mobile number{{#if known}}, or pick somebody{{/if}}.',
    },
  ),
  whoAgain: plain(
    '请输入 11 位手机号，例如 13912345678。',
    'Please type a mobile number of 11 digits, like 13912345678.',
  ),
  payeeLabel: text({ name: 'text' }, { 'zh-CN': '{{name}}', en: '{{name}}' }),
  unknownNick: text(
    { nick: 'text' },
    {
      'zh-CN': '还没有名叫“{{nick}}”的收款人。请输入对方的手机号。',
      en: 'I do not know “{{nick}}” yet. Please type their mobile number.',
    },
  ),
  askDraft: text(
    { nick: 'text', phone: 'text', name: 'text', amount: 'money' },
    {
      'zh-CN': '{{nick}} = {{phone}}（{{name}}），转 {{amount}}，对吗？',
      en: '{{nick}} is {{phone}} ({{name}}). Send {{amount}}?',
    },
  ),
  askDraftPayee: text(
    { nick: 'text', phone: 'text', name: 'text' },
    {
      'zh-CN': '{{nick}} = {{phone}}（{{name}}），对吗？',
      en: '{{nick}} is {{phone}} ({{name}}), right?',
    },
  ),
  right: plain('对', 'Right'),
  change: plain('改', 'Change'),
  askWhich: text(
    { nick: 'text' },
    { 'zh-CN': '有几位“{{nick}}”，转给哪一位？', en: 'There are several called “{{nick}}”. Which one?' },
  ),
  nickPhone: text({ nick: 'text', phone: 'text' }, { 'zh-CN': '{{nick}} {{phone}}', en: '{{nick}} {{phone}}' }),
  askBank: plain('对方的收款银行是哪一家？', 'At which bank does the payee have the account?'),
  bankLabel: text({ name: 'text' }, { 'zh-CN': '{{name}}', en: '{{name}}' }),
  anyBank: plain('不清楚', 'I do not know'),
  payeeTitle: text({ name: 'text' }, { 'zh-CN': '收款人：{{name}}', en: 'Payee: {{name}}' }),
  payeeBody: text(
    { bank: 'text', account: 'text', phone: 'text', first: 'count' },
    {
      'zh-CN': `{{bank}} {{account}}\n手机号 {{phone}}\n${firstTime['zh-CN']}`,
      en: `{{bank}} {{account}}\nPhone {{phone}}\n${firstTime.en}`,
    },
  ),
  isThem: plain('是他/她', 'Yes, that is them'),
  isNotThem: plain('不是', 'No, somebody else'),
  notRegistered: plain(
    '这个手机号没有查到收款账户。请核对号码，或请对方先在银行开通手机号收款。',
    'No account was found for this number. Check it, or ask them to register it with their bank.',
  ),
  lookupLimited: plain(
    '为了安全，现在不能再查询收款人，请稍后再试。',
    'To keep everybody safe, no more payees can be looked up for now. Please try again later.',
  ),
  askAmount: plain('转多少钱？', 'How much?'),
  askEither: text(
    { first: 'money', second: 'money' },
    { 'zh-CN': '是 {{first}} 还是 {{second}}？', en: 'Is it {{first}} or {{second}}?' },
  ),
  amountLabel: text({ amount: 'money' }, { 'zh-CN': '{{amount}}', en: '{{amount}}' }),
  speedTitle: text(
    { amount: 'money', words: 'text', chinese: 'count' },
    {
      'zh-CN': '转账 {{amount}}{{#if chinese}}（{{words}}）{{/if}}',
      en: 'Send {{amount}}{{#if chinese}} ({{words}}){{/if}}',
    },
    { keep: ['amount'] },
  ),
  speedBody: text(
    { name: 'text', bank: 'text', account: 'text', terms: 'text' },
    {
      'zh-CN': `${payeeRows['zh-CN']}\n想什么时候到账？`,
      en: `${payeeRows.en}\nWhen should it arrive?`,
    },
    { keep: ['name', 'account'] },
  ),
  speedBodyAsked: text(
    { name: 'text', bank: 'text', account: 'text', terms: 'text' },
    {
      'zh-CN': `${payeeRows['zh-CN']}\n${nameAsked['zh-CN']}\n想什么时候到账？`,
      en: `${payeeRows.en}\n${nameAsked.en}\nWhen should it arrive?`,
    },
    { keep: ['name', 'account'] },
  ),
  realtime: plain('实时到账', 'Right away'),
  inTwoHours: plain('2小时后', 'In 2 hours'),
  nextDay: plain('次日', 'Tomorrow'),
  otherAmount: plain('改金额', 'Change the amount'),
} as const
