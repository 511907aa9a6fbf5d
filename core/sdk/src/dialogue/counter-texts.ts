import { text } from '../plugin/text.ts'
import type { CounterWords } from './counter-words.ts'

const order = { number: 'text', amount: 'money', payee: 'text' } as const

/** Everything that a counter says. Cards carry their rows as `label：value`, one a line. */
export function buildCounterTexts(words: CounterWords) {
  return {
    ...buildQuestions(words),
    ...buildRepeats(words),
    ...buildResults(words),
    ...checkingTexts,
    ...buildRefusals(words),
    ...buildEndings(words),
    ...buildPageEndings(words),
  }
}

/** What the bank's text message says that its code is for. */
const named = {
  'zh-CN': '{{#if pays}}金额和收款方{{else}}用途{{/if}}',
  en: '{{#if pays}}amount and payee{{else}}purpose{{/if}}',
} as const

function buildQuestions({ choose }: CounterWords) {
  return {
    chooseTitle: text(
      { amount: 'money' },
      { 'zh-CN': `${choose['zh-CN']} {{amount}}？`, en: `${choose.en} {{amount}}?` },
    ),
    method: text({ label: 'text', mask: 'text' }, { 'zh-CN': '{{label}} {{mask}}', en: '{{label}} {{mask}}' }),
    askCode: text(
      { destination: 'text', pays: 'count' },
      {
        'zh-CN': `验证码已发送到 {{destination}}。请核对短信中的${named['zh-CN']}，然后在这里输入 6 位验证码，2 分钟内有效。没收到的话，到时可以重新发送。`,
        en:
          `A code was sent to {{destination}}. Check its ${named.en}, then type the 6 digits within 2 minutes. ` +
          'If none comes, you can then ask for another.',
      },
    ),
    askCodeOnceMore: text(
      {},
      {
        'zh-CN': '没有发送新的验证码，请再输入一次短信里的 6 位数字。',
        en: 'No new code was sent: please type the 6 digits of the text message once more.',
      },
    ),
    pageTitle: text({}, { 'zh-CN': '请在银行页面上确认', en: "Confirm on the bank's page" }),
    page: text(
      {},
      {
        'zh-CN': '银行会在自己的页面上核实是您本人，请不要把密码发到对话里。完成后在这里继续。',
        en: 'The bank makes sure that it is you on a page of its own. Never send a PIN here. It goes on here later.',
      },
    ),
    openPage: text({}, { 'zh-CN': '打开银行页面', en: "Open the bank's page" }),
    wrongCode: text(
      { triesLeft: 'count' },
      {
        'zh-CN': '验证码不对，还可以再试 {{triesLeft}} 次。',
        en: 'That code is not right. Tries left: {{triesLeft}}.',
      },
    ),
  }
}

/** Titles with the amount, and without one where nothing moves; up to four rows of the bank's below the order's own. */
function buildResults({ done, accepted, notDone }: CounterWords) {
  const titled = (title: { 'zh-CN': string; en: string }) =>
    text(
      { amount: 'money' },
      { 'zh-CN': `${title['zh-CN']} {{amount}}`, en: `${title.en} {{amount}}` },
      { keep: ['amount'] },
    )
  const plain = (title: { 'zh-CN': string; en: string }) => text({}, title)
  return {
    paidTitle: titled(done),
    checkingTitle: titled({ 'zh-CN': '正在核对', en: 'Being checked' }),
    acceptedTitle: titled(accepted),
    refusedTitle: titled(notDone),
    doneTitle: plain(done),
    checkingPlain: plain({ 'zh-CN': '正在核对', en: 'Being checked' }),
    acceptedPlain: plain(accepted),
    refusedPlain: plain(notDone),
    paid: text(
      order,
      { 'zh-CN': '收款方：{{payee}}\n单号：{{number}}', en: 'Payee: {{payee}}\nOrder: {{number}}' },
      { keep: ['number', 'payee'] },
    ),
    numbered: text({ number: 'text' }, { 'zh-CN': '单号：{{number}}', en: 'Order: {{number}}' }, { keep: ['number'] }),
    row1: text({ row1: 'text' }, same('{{row1}}')),
    row2: text({ row1: 'text', row2: 'text' }, same('{{row1}}\n{{row2}}')),
    row3: text({ row1: 'text', row2: 'text', row3: 'text' }, same('{{row1}}\n{{row2}}\n{{row3}}')),
    row4: text(
      { row1: 'text', row2: 'text', row3: 'text', row4: 'text' },
      same('{{row1}}\n{{row2}}\n{{row3}}\n{{row4}}'),
    ),
    row5: text(
      { row1: 'text', row2: 'text', row3: 'text', row4: 'text', row5: 'text' },
      same('{{row1}}\n{{row2}}\n{{row3}}\n{{row4}}\n{{row5}}'),
    ),
  }
}

function same(wording: string): { 'zh-CN': string; en: string } {
  return { 'zh-CN': wording, en: wording }
}

/** While nobody knows: which order it is, and that it must not be asked for again. */
const checkingTexts = {
  checking: text(
    order,
    {
      'zh-CN':
        '收款方：{{payee}}\n金额：{{amount}}\n单号：{{number}}\n银行还没有给出结果，请勿重复支付。一有结果就在这里告诉您。',
      en:
        'Payee: {{payee}}\nAmount: {{amount}}\nOrder: {{number}}\n' +
        'Not decided yet: do not pay again. You will hear of it here.',
    },
    { keep: ['number', 'amount', 'payee'] },
  ),
  checkingOther: text(
    { number: 'text' },
    {
      'zh-CN': '单号：{{number}}\n银行还没有给出结果，请勿重复办理。一有结果就在这里告诉您。',
      en: 'Order: {{number}}\nNot decided yet: do not ask for it again. You will hear of it here.',
    },
    { keep: ['number'] },
  ),
} as const

function buildRefusals({ harmless, thing }: CounterWords) {
  const keep = { keep: ['number', 'payee'] } as const
  const head = { 'zh-CN': '收款方：{{payee}}\n单号：{{number}}\n', en: 'Payee: {{payee}}\nOrder: {{number}}\n' }
  const none = sentence(harmless.en)
  const refusal = (zh: string, en: string) => text(order, { 'zh-CN': head['zh-CN'] + zh, en: head.en + en }, keep)
  const other = (zh: string, en: string) =>
    text(
      { number: 'text' },
      { 'zh-CN': `单号：{{number}}\n${zh}`, en: `Order: {{number}}\n${en}` },
      { keep: ['number'] },
    )
  return {
    refusedFunds: refusal(
      `账户余额不足，${harmless['zh-CN']}。可以换一个账户，或存入款项后再试。`,
      `Not enough money; ${harmless.en}. Try another account.`,
    ),
    refusedLater: refusal(`银行现在不能受理，${harmless['zh-CN']}。请稍后再试。`, `${none} Please try again later.`),
    refused: refusal(
      `银行没有同意${thing['zh-CN']}，${harmless['zh-CN']}。如有疑问请联系银行。`,
      `The bank said no; ${harmless.en}. Ask the bank why.`,
    ),
    refusedOther: other(
      `银行没有同意${thing['zh-CN']}，${harmless['zh-CN']}。如有疑问请联系银行。`,
      `The bank said no; ${harmless.en}. Ask the bank why.`,
    ),
    refusedOtherFunds: other(
      `账户余额不足，${harmless['zh-CN']}。可以换一个账户，或存入款项后再试。`,
      `Not enough money; ${harmless.en}. Try another account.`,
    ),
    refusedOtherLater: other(`银行现在不能受理，${harmless['zh-CN']}。请稍后再试。`, `${none} Please try again later.`),
  }
}

/** Its time is over, and nothing was handed in: once more, or not. */
function buildRepeats({ thing, harmless: afterwards, unsent: harmless = afterwards }: CounterWords) {
  const [zh, en] = [`${thing['zh-CN']}还没有提交，${harmless['zh-CN']}`, `${thing.en} was not sent and ${harmless.en}`]
  return {
    codeAgain: text(
      {},
      { 'zh-CN': `验证码已过期，${zh}。要重新发送吗？`, en: `The code has expired: ${en}. Shall we send another?` },
    ),
    sendAgain: text({}, { 'zh-CN': '重新发送', en: 'Send another' }),
    pageAgain: text(
      {},
      {
        'zh-CN': `银行页面上的核实没有完成，${zh}。要重新核实吗？`,
        en: `It was not finished on the bank's page: ${en}. Shall we try again?`,
      },
    ),
    openAgain: text({}, { 'zh-CN': '重新核实', en: 'Try again' }),
    noMore: text({}, { 'zh-CN': '不办了', en: 'Leave it' }),
  }
}

function buildEndings({ thing, harmless: afterwards, unsent: harmless = afterwards }: CounterWords) {
  const [zh, en] = [thing['zh-CN'], thing.en]
  const none = harmless['zh-CN']
  const said = sentence(harmless.en)
  return {
    // A number without an account that may pay: nobody's, or one whose card is locked.
    notLinked: text(
      {},
      {
        'zh-CN': `这个手机号还没有在本行开通，或名下的卡已锁定。请在银行网点或手机银行用本机号码开通或解锁，再回来办理。${none}。`,
        en: `This number is not set up with this bank, or its card is locked: see a branch or its app. ${said}`,
      },
    ),
    noCard: text(
      {},
      {
        'zh-CN': `您还没有可用的信用卡，不能办理${zh}，${none}。`,
        en: `You have no credit card that can be used, so ${en} is not possible and ${harmless.en}.`,
      },
    ),
    notNow: text(
      {},
      {
        'zh-CN': `现在不能办理${zh}，${none}。请稍后再试。`,
        en: `The bank cannot take ${en} right now, and ${harmless.en}. Please try again later.`,
      },
    ),
    unreachable: text(
      {},
      {
        'zh-CN': `暂时联系不上银行系统，${zh}没有提交，${none}。请稍后再试。`,
        en: `The bank cannot be reached right now. Nothing was sent and ${harmless.en}. Please try again later.`,
      },
    ),
    locked: text(
      {},
      {
        'zh-CN': `验证码多次不对，${zh}已停止，${none}。15 分钟后可以重新发起。`,
        en: `Too many wrong codes: ${en} has stopped and ${harmless.en}. You can start again in 15 minutes.`,
      },
    ),
    expired: text(
      {},
      {
        'zh-CN': `确认时间已过，${zh}没有提交，${none}。`,
        en: `The time to confirm is over: ${en} was not sent and ${harmless.en}.`,
      },
    ),
    codeExpired: text(
      {},
      {
        'zh-CN': `验证码已过期，${zh}没有提交，${none}。`,
        en: `The code has expired: ${en} was not sent and ${harmless.en}.`,
      },
    ),
  }
}

/** The same where the user was asked on a page of the bank's, and no code was ever spoken of. */
function buildPageEndings({ thing, harmless: afterwards, unsent: harmless = afterwards }: CounterWords) {
  const [zh, en] = [thing['zh-CN'], thing.en]
  return {
    pageLocked: text(
      {},
      {
        'zh-CN': `银行页面上多次没有核实成功，${zh}已停止，${harmless['zh-CN']}。请稍后再试，或联系银行。`,
        en: `The bank's page refused too often: ${en} has stopped and ${harmless.en}. Try later, or ask the bank.`,
      },
    ),
    pageExpired: text(
      {},
      {
        'zh-CN': `银行页面上的核实没有完成，${zh}没有提交，${harmless['zh-CN']}。`,
        en: `It was not finished on the bank's page: ${en} was not sent and ${harmless.en}.`,
      },
    ),
  }
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
