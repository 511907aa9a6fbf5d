import { hours, minutes, money } from '@inthread/sdk'
import { proveByCode, story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'
import { wordsOf, type Words } from './story-words.ts'

const order = { number: '0007', amount: money('18800.00', 'CNY'), payee: '星光小学 ****6621' }
const none = { id: 'none', label: '', mask: '' }
const setting = { plugin, locale: 'zh-CN' }
const zh = wordsOf('zh-CN')

const schedule = [
  { n: 1, due: '2026-10-01', payment: '15353' },
  { n: 2, due: '2026-11-01', payment: '97784' },
]
const quoted = {
  id: 'q-1',
  name: '教育分期贷款',
  expiresAt: 9_000_000_000_000_000,
  headline: '年利率 9.80%（单利）/10.25%（复利）',
  facts: [
    { label: '借款金额', value: '¥18,800.00' },
    { label: '还款', value: '前 3 期只还利息' },
    { label: '利息总额', value: '¥2,195.20' },
    { label: '提前还款', value: '可随时提前还款，无违约金' },
  ],
  credit: { schedule },
}

function seeFacts({ starts, bank, bot }: Stage, words: Words = zh): void {
  starts('finance', { order: 'o-7' })
  bank.answers('ready', { methods: [none], order, asked: { product: 'education-loan', periods: '24' } })
  bank.answers('quoted', quoted)
  bot.asked(/18,800\.00 · .*9\.80%/)
  bot.said(words.early)
}

/** From the key facts through two consents, each on its own card: the data may be used, advertising is refused. */
function giveConsents(stage: Stage, words: Words = zh): void {
  const { user, bank } = stage
  seeFacts(stage, words)
  user.taps(words.apply)
  bank.answers('listed', { items: [] })
  consent(stage, { purpose: words.data, answer: words.agree })
  bank.answers('granted', { ref: 'cns-1' })
  consent(stage, { purpose: words.offers, answer: words.disagree })
  bank.answers('refused')
}

function consent({ user, bank, bot }: Stage, { purpose, answer }: { purpose: string; answer: string }): void {
  bank.answers('asked', { consent: `c-${purpose}`, text: `${purpose}…`, receiver: '示例银行', sha256: 'ab'.repeat(32) })
  bot.asked('示例银行')
  user.taps(answer)
}

/** As far as the form on the bank's page. */
function apply(stage: Stage, words: Words = zh): void {
  const { bank, bot } = stage
  giveConsents(stage, words)
  bank.answers('applied', { id: 'app-1' })
  bank.answers('to_fill', { id: 'app-1' })
  bank.answers('opened', { page: { url: 'https://bank.example/page/1' } })
  bot.said(words.form)
}

/** The form is filled in on the bank's page, and the credit query is signed. */
function sign(stage: Stage, words: Words = zh): void {
  const { bank, bot } = stage
  bank.settles({ product: 'app-1', state: 'credit_authorisation' })
  bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
  consent(stage, { purpose: words.credit, answer: words.signIt })
  bank.answers('granted', { ref: 'cns-2' })
  bank.accepts({ receipt: '0008' })
  bank.answers('reviewing')
  bot.said(words.reviewing)
}

function approve({ bank, bot }: Stage, words: Words = zh): void {
  bank.settles({ product: 'app-1', state: 'offered' })
  bank.answers('offered', { id: 'app-1', offer: 'off-1' })
  bank.answers('open', { ...quoted, id: 'off-1' })
  bot.asked(words.approved)
}

function takeUp(stage: Stage, words: Words = zh): void {
  const { user, bank } = stage
  user.taps(words.sign)
  bank.answers('ready', { methods: [none], order })
  user.says(words.confirm)
  proveByCode(stage)
}

const goThrough = (stage: Stage, words: Words = zh): void => {
  apply(stage, words)
  sign(stage, words)
  approve(stage, words)
  takeUp(stage, words)
}

const paidOut = story('paid-out', setting, (stage) => {
  goThrough(stage)
  stage.bank.answers('accepted', { state: 'pending', receipt: '0007' })
  stage.bot.said('正在放款')
  stage.bank.settles({ result: 'succeeded', receipt: '0007' })
  stage.bot.said('放款成功')
})

const english = story('paid-out-in-english', { plugin, locale: 'en' }, (stage) => {
  goThrough(stage, wordsOf('en'))
  stage.bank.accepts({ receipt: '0007' })
  stage.bot.said('Loan paid out')
})

const scheduleSeen = story('schedule-first', setting, (stage) => {
  seeFacts(stage)
  stage.user.taps('查看每期')
  stage.bot.said('第 1 期 2026年10月1日 ¥153.53')
  stage.user.taps('不需要')
  stage.bot.said('没有产生借款')
})

const noConsent = story('consent-refused', setting, (stage) => {
  seeFacts(stage)
  stage.user.taps('申请')
  stage.bank.answers('listed', { items: [] })
  consent(stage, { purpose: zh.data, answer: '不同意' })
  stage.bank.answers('refused')
  stage.bot.said('不能办理')
})

const noSignature = story('signature-refused', setting, (stage) => {
  apply(stage)
  stage.bank.settles({ product: 'app-1', state: 'credit_authorisation' })
  stage.bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
  consent(stage, { purpose: zh.credit, answer: '不同意' })
  stage.bank.answers('refused')
  stage.bank.answers('withdrawn')
  stage.bank.answers('ended')
  stage.bot.said('申请已撤回')
})

const turnedDown = story('turned-down', setting, (stage) => {
  apply(stage)
  sign(stage)
  stage.bank.settles({ product: 'app-1', state: 'declined' })
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('商户不会知道原因')
})

const underAge = story('under-eighteen', setting, (stage) => {
  giveConsents(stage)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('没有产生借款')
})

const withdrawn = story('given-up', setting, (stage) => {
  apply(stage)
  sign(stage)
  approve(stage)
  stage.user.taps('放弃')
  stage.bank.answers('withdrawn')
  stage.bank.answers('ended')
  stage.bot.said('授权同时结束')
})

const lost = story('answer-lost', setting, (stage) => {
  goThrough(stage)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('没有放款成功')
})

const changed = story('offer-changed', setting, (stage) => {
  apply(stage)
  sign(stage)
  approve(stage)
  stage.user.taps('签署合同')
  stage.bank.answers('expired')
  stage.bank.answers('offered', { id: 'app-1', offer: 'off-2' })
  stage.bank.answers('open', { ...quoted, id: 'off-2', headline: '年利率 10.20%（单利）/10.69%（复利）' })
  stage.bot.asked('10.20%')
})

const resumed = story('resumed', setting, (stage) => {
  seeFacts(stage)
  stage.user.taps('申请')
  const item = { id: 'app-1', type: 'loan', product: 'education-loan', state: 'offered', amount: order.amount }
  stage.bank.answers('listed', { items: [item] })
  stage.bank.answers('offered', { id: 'app-1', offer: 'off-1' })
  stage.bank.answers('open', { ...quoted, id: 'off-1' })
  stage.bot.asked('审批通过')
  stage.clock.advance(hours(24))
  stage.bot.said('接着办理')
})

const formLeft = story('form-left', setting, (stage) => {
  apply(stage)
  for (let looks = 0; looks < 12; looks += 1) {
    stage.clock.advance(minutes(1))
    stage.bank.answers('to_fill', { id: 'app-1' })
  }
  stage.bot.said('再发起一次就能接着办理')
})

const notTaken = story('application-unanswered', setting, (stage) => {
  const { bank, bot } = stage
  giveConsents(stage)
  bank.timesOut()
  bot.said('不确定是否已办成，没有产生借款')
})

const later = story('not-now', { plugin, locale: 'en' }, (stage) => {
  const { bank, bot } = stage
  giveConsents(stage, wordsOf('en'))
  bank.answers('declined', { reason: 'try_later' })
  bot.said('The bank cannot take this loan right now')
})

const elsewhere = story('open-elsewhere', setting, (stage) => {
  const { bank, bot } = stage
  giveConsents(stage)
  bank.answers('already')
  bot.said('请先在原处办完')
})

const kept = story('earlier-one-kept', setting, ({ user, bank, bot, ...stage }) => {
  seeFacts({ user, bank, bot, ...stage })
  user.taps('申请')
  const item = { id: 'app-1', type: 'loan', product: 'education-loan', state: 'offered' }
  bank.answers('listed', { items: [{ ...item, amount: money('9000.00', 'CNY') }] })
  bot.asked('¥9,000.00 的申请没有办完')
  user.taps('不需要')
  bot.said('原来的申请仍然有效')
})

const died = story('offer-died', setting, (stage) => {
  const { bank, bot, clock } = stage
  apply(stage)
  sign(stage)
  bank.settles({ product: 'app-1', state: 'offered' })
  bank.answers('offered', { id: 'app-1', offer: 'off-1' })
  bank.answers('open', { ...quoted, id: 'off-1', expiresAt: clock.now + hours(20) * 1000 })
  clock.advance(hours(24))
  bot.said('这份审批已过期，没有产生借款')
})

const signedAgain = story('signature-too-late', setting, (stage) => {
  const { user, bank, bot } = stage
  apply(stage)
  bank.settles({ product: 'app-1', state: 'credit_authorisation' })
  bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
  consent(stage, { purpose: zh.credit, answer: '签名授权' })
  bank.answers('granted', { ref: 'cns-2' })
  bank.expires()
  bot.asked('授权还没有签名，申请先保留')
  user.taps('重新签名')
  bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-2' } })
  consent(stage, { purpose: zh.credit, answer: '签名授权' })
  bank.answers('granted', { ref: 'cns-3' })
  bank.cancels()
  user.says('放弃')
  bank.answers('withdrawn')
  bank.answers('ended')
  bot.said('申请已撤回')
})

const signatureLeft = story('signature-left', setting, (stage) => {
  const { bank, bot, clock } = stage
  apply(stage)
  bank.settles({ product: 'app-1', state: 'credit_authorisation' })
  bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
  bank.answers('asked', { consent: 'c-1', text: '征信…', receiver: '示例银行', sha256: 'ab'.repeat(32) })
  clock.advance(minutes(15))
  bot.said('再发起一次就能接着办理')
})

const everyPayment = story('long-schedule', setting, ({ starts, user, bank, bot }) => {
  const lines = Array.from({ length: 60 }, (_each, index) => ({
    n: index + 1,
    due: `${2027 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`,
    payment: `${40_000 - index}`,
  }))
  starts('finance', { order: 'o-7' })
  bank.answers('ready', { methods: [none], order, asked: { product: 'education-loan', periods: '60' } })
  bank.answers('quoted', { ...quoted, credit: { schedule: lines } })
  user.taps('查看每期')
  bot.said('第 1 期 2027年1月1日 ¥400.00')
  bot.said('第 25 期 2029年1月1日 ¥399.76')
  bot.said('第 60 期 2031年12月1日 ¥399.41')
  bot.asked('以上是每期还款')
})

const item = { product: 'education-loan', name: '教育分期贷款', min: money('1000.00', 'CNY'), annualRate: '0.098' }
const estimated = (...most: readonly string[]): object => ({
  ...{ id: 'lpc-1', expiresAt: 9_000_000_000_000_000 },
  facts: [{ label: '依据', value: '本行已有的资料，没有查询征信' }],
  items: most.map((amount) => ({ ...item, max: money(amount, 'CNY') })),
})

const howMuch = story('how-much-first', setting, (stage) => {
  const { user, bank, bot } = stage
  seeFacts(stage)
  user.taps('我能贷多少')
  if (JSON.stringify(bank.asked.at(-1)) !== '{"order":"o-7","product":"education-loan"}')
    throw new Error(JSON.stringify(bank.asked.at(-1)))
  bank.answers('estimated', estimated('31000.00'))
  bot.asked(
    '教育分期贷款 · 年利率 9.80%（单利）\n预估可借：¥1,000.00 至 ¥31,000.00\n依据：本行已有的资料，没有查询征信',
  )
  user.taps('查看每期')
  bot.asked('以上是每期还款')
  user.taps('申请')
  bank.answers('listed', { items: [] })
  consent(stage, { purpose: zh.data, answer: '不同意' })
  bank.answers('refused')
  bot.said('不能办理')
})

const tooMuch = story('more-than-estimated', { plugin, locale: 'en' }, (stage) => {
  const { user, bank, bot } = stage
  seeFacts(stage, wordsOf('en'))
  user.says('How much could I borrow, by the way?')
  bank.answers('estimated', estimated('12000.00'))
  bot.asked('annual rate 9.80% (simple)\nEstimate: ¥1,000.00 to ¥12,000.00')
  bot.said('This time: ¥18,800.00, more than that')
  user.taps('No, thanks')
  bot.said('nothing was applied for')
})

/** Whether it has no amount to tell, tells nobody, cannot now, or does not answer: there is the application. */
const noEstimate = (['none', 'not_offered', 'declined', 'lost'] as const).map((how) =>
  story(`no-estimate-${how.replace('_', '-')}`, setting, (stage) => {
    const { user, bank, bot } = stage
    seeFacts(stage)
    user.says('我能借多少？')
    if (how === 'none') bank.answers('estimated', estimated())
    else if (how === 'not_offered') bank.answers('not_offered')
    else if (how === 'declined') bank.declines('try_later')
    else bank.timesOut()
    bot.asked('您可以直接申请，以审批结果为准')
    user.taps('申请')
    bank.answers('listed', { items: [] })
    consent(stage, { purpose: zh.data, answer: '不同意' })
    bank.answers('refused')
    bot.said('不能办理')
  }),
)

export const stories: readonly Story[] = [
  ...[howMuch, tooMuch, ...noEstimate],
  ...[notTaken, later, elsewhere, kept, died, signedAgain, signatureLeft, everyPayment],
  ...[paidOut, english, scheduleSeen, noConsent, noSignature, turnedDown, underAge],
  ...[withdrawn, lost, changed, resumed, formLeft],
]
