import { text } from '../plugin/text.ts'
import { buildCounterTexts } from '../dialogue/counter-texts.ts'
import type { CreditWords } from './credit-words.ts'

/** Rows that a card of key facts has room for, and payments that one message lists. */
export const rowsAtMost = 12
export const paymentsAtMost = 24

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** Everything that is said on the way to a credit, and all of a counter at its end. */
export function buildCreditTexts(words: CreditWords) {
  return {
    ...buildCounterTexts(words),
    ...buildFactTexts(words),
    ...consentTexts,
    ...buildWayTexts(words),
    ...buildLeavingTexts(words),
  }
}

function buildFactTexts({ apply, approved, sign, notOffered }: CreditWords) {
  const keep = { keep: ['amount', 'rate'] } as const
  return {
    factsTitle: text(
      { name: 'text', amount: 'money', rate: 'text' },
      { 'zh-CN': '{{name}} {{amount}} · {{rate}}', en: '{{name}} {{amount}} · {{rate}}' },
      keep,
    ),
    productTitle: text(
      { name: 'text', rate: 'text' },
      { 'zh-CN': '{{name}} {{rate}}', en: '{{name}} {{rate}}' },
      { keep: ['rate'] },
    ),
    offerTitle: text(
      { amount: 'money', rate: 'text' },
      { 'zh-CN': `${approved['zh-CN']} {{amount}} · {{rate}}`, en: `${approved.en} {{amount}} · {{rate}}` },
      keep,
    ),
    rows: text(rowVars(rowsAtMost), same(writeRows(rowsAtMost))),
    payments: text(rowVars(paymentsAtMost), same(writeRows(paymentsAtMost))),
    apply: text({}, { ...apply }),
    howMuch: plain('我能贷多少', 'How much could I borrow?'),
    estimateTitle: text(
      { name: 'text', rate: 'text' },
      { 'zh-CN': '{{name}} · 年利率 {{rate}}%（单利）', en: '{{name}} · annual rate {{rate}}% (simple)' },
      { keep: ['rate'] },
    ),
    noEstimate: plain(
      '银行现在没有预估额度可以告诉您。您可以直接申请，以审批结果为准。',
      'The bank has no estimate to tell right now. You can apply all the same: it decides then.',
    ),
    schedule: plain('查看每期', 'See each payment'),
    leave: plain('不需要', 'No, thanks'),
    sign: text({}, { ...sign }),
    giveUp: plain('放弃', 'Give it up'),
    afterSchedule: plain('以上是每期还款。要继续吗？', 'These are the payments. Shall we go on?'),
    notOffered: text({}, { ...notOffered }),
  }
}

const consentTexts = {
  consentData: plain('授权：提供申请资料', 'Consent: your details'),
  consentCredit: plain('授权：查询个人征信（需签名）', 'Consent: your credit report (to be signed)'),
  consentBusinessCredit: plain(
    '授权：查询个人和商户征信（需签名）',
    'Consent: credit reports of you and your business (to be signed)',
  ),
  consentMarketing: plain('可选：接收优惠信息', 'Optional: offers of the bank'),
  consentOther: plain('授权', 'Consent'),
  consent: text(
    { words: 'text', receiver: 'text', purpose: 'text' },
    {
      'zh-CN': '{{words}}\n接收方：{{receiver}}\n用途：{{purpose}}',
      en: '{{words}}\nReceiver: {{receiver}}\nPurpose: {{purpose}}',
    },
    { keep: ['words', 'receiver'] },
  ),
  agree: plain('同意', 'I agree'),
  agreeAndSign: plain('签名授权', 'Sign it'),
  disagree: plain('不同意', 'I do not agree'),
} as const

function buildWayTexts({ harmless }: CreditWords) {
  return {
    formTitle: plain('请在银行页面填写资料', "Fill in the form on the bank's page"),
    form: plain(
      '姓名、身份证号等只在银行页面填写，请不要发到对话里。填好后在这里继续。',
      "Name and identity number belong on the bank's page only, never in a message. It goes on here afterwards.",
    ),
    resumed: plain('您有一笔进行中的申请，接着办理，不用重新填写。', 'You have an open application: we go on with it.'),
    otherOpen: text(
      { amount: 'money' },
      {
        'zh-CN': '您还有一笔 {{amount}} 的申请没有办完，同时只能办一笔。',
        en: 'Your application for {{amount}} is still open, and there can be one at a time.',
      },
      { keep: ['amount'] },
    ),
    replace: plain('撤回它，重新申请', 'Withdraw it, start anew'),
    reviewing: plain(
      '银行审核中，通常 2 分钟。有结果就在这里告诉您，不用一直等着。',
      'The bank is deciding, usually within 2 minutes. You will hear of it here.',
    ),
    unfinished: plain(
      `先到这里：还没有办完，${harmless['zh-CN']}。再发起一次就能接着办理，不用重新填写。`,
      `This is as far as we got, and ${harmless.en}. Start again later, and it goes on from here.`,
    ),
    unsure: plain(
      `银行还没有答复，不确定是否已办成，${harmless['zh-CN']}。请稍后再发起一次，银行已收到的会接着办理。`,
      `The bank has not answered, so nobody knows whether it was taken; ${harmless.en}. Start again later to go on.`,
    ),
    notSigned: plain(
      `授权还没有签名，申请先保留，${harmless['zh-CN']}。要重新签名吗？`,
      `It is not signed yet: your application is kept, and ${harmless.en}. Sign it again?`,
    ),
    signAgain: plain('重新签名', 'Sign again'),
    needMore: plain(
      `银行还需要补充材料，工作人员会联系您。${harmless['zh-CN']}。`,
      `The bank needs more papers and will call you. So far ${harmless.en}.`,
    ),
    activateTitle: text(
      { mask: 'text' },
      { 'zh-CN': '新卡 {{mask}} 已签发', en: 'Your new card {{mask}} is issued' },
      { keep: ['mask'] },
    ),
    activateBody: plain('激活后马上可以付款。', 'Once you have activated it, you can pay with it.'),
    activate: plain('激活', 'Activate it'),
    activateLater: plain('以后再说', 'Later'),
    active: plain('新卡已激活，可以付款了。', 'Your card is active and can pay.'),
    notActive: plain(
      '新卡还没有激活。回复“激活”可以随时办理。',
      'The card is not active yet. Write "activate" at any time.',
    ),
    changedOffer: plain('审批条件有变化，请看新的条件。', 'The offer has changed. These are the new terms.'),
  }
}

function buildLeavingTexts({ harmless, afterNo = { 'zh-CN': '', en: '' } }: CreditWords) {
  return {
    left: plain(`好的，没有申请，${harmless['zh-CN']}。`, `All right: nothing was applied for, and ${harmless.en}.`),
    withoutConsent: plain(
      `没有这项授权就不能办理，申请已停止，${harmless['zh-CN']}。`,
      `It cannot be done without this consent, so it ends here and ${harmless.en}.`,
    ),
    withdrawn: plain(
      `申请已撤回，本次授权同时结束，${harmless['zh-CN']}。`,
      `The application is withdrawn, your consents for it have ended, and ${harmless.en}.`,
    ),
    turnedDown: plain(
      `银行这次没有批准，${harmless['zh-CN']}。${afterNo['zh-CN']}`,
      `The bank has not approved it this time, and ${harmless.en}. ${afterNo.en}`.trim(),
    ),
    already: plain(
      `您在本行已有一笔同类申请在办理，请先在原处办完。这次没有申请，${harmless['zh-CN']}。`,
      `You have such an application at this bank already: finish it where you began it. Here ${harmless.en}.`,
    ),
    kept: plain(
      `好的，原来的申请仍然有效，没有新的申请，${harmless['zh-CN']}。`,
      `All right: your earlier application stands, nothing new was applied for, and ${harmless.en}.`,
    ),
    offerOver: plain(
      `这份审批已过期，${harmless['zh-CN']}。需要时可以重新申请。`,
      `This approval has expired, and ${harmless.en}. You can apply anew.`,
    ),
    closed: plain(
      `这笔申请已经结束，${harmless['zh-CN']}。需要时可以重新申请。`,
      `This application is over, and ${harmless.en}. You can apply anew.`,
    ),
  }
}

function rowVars(count: number): Readonly<Record<string, 'text'>> {
  return Object.fromEntries(Array.from({ length: count }, (_each, index) => [`row${index + 1}`, 'text' as const]))
}

/** A value is one line, so each row is a variable of its own; those that are empty are left out. */
function writeRows(count: number): string {
  const rows = Array.from({ length: count }, (_each, index) => `row${index + 1}`)
  return rows.map((row, index) => `{{#if ${row}}}${index === 0 ? '' : '\n'}{{${row}}}{{/if}}`).join('')
}

function same(wording: string): { 'zh-CN': string; en: string } {
  return { 'zh-CN': wording, en: wording }
}
