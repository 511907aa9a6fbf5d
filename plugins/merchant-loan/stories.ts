import { money } from '@inthread/sdk'
import { proveByCode, story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'
import { wordsOf, type Words } from './story-words.ts'

const order = { number: '0009', amount: money('10000.00', 'CNY'), payee: '林** ****3601' }
const none = { id: 'none', label: '', mask: '' }
const setting = { plugin, locale: 'zh-CN' }
const english = { plugin, locale: 'en' }
const zh = wordsOf('zh-CN')
const en = wordsOf('en')

const quoted = {
  ...{ id: 'q-1', name: '小微经营贷款', expiresAt: 9_000_000_000_000_000 },
  headline: '年利率 8.99%（单利）/9.37%（复利）',
  facts: [
    { label: '本金', value: '10,000.00 元' },
    { label: '用途', value: '采购货物' },
  ],
  credit: { schedule: [{ n: 1, due: '2026-10-01', payment: '87450' }] },
}

function consent({ user, bank, bot }: Stage, { purpose, answer }: { purpose: string; answer: string }): void {
  bank.answers('asked', { consent: `c-${purpose}`, text: `${purpose}…`, receiver: '示例银行', sha256: 'ab'.repeat(32) })
  bot.asked('示例银行')
  user.taps(answer)
}

/** Key facts with the purpose, two consents, and the bank's page for the licence. */
function fillIn(stage: Stage, words: Words): void {
  const { starts, user, bank, bot } = stage
  starts('borrow', { order: 'o-9' })
  const asked = { product: 'merchant-loan', periods: '12', use: 'stock' }
  bank.answers('ready', { methods: [none], order, asked })
  bank.answers('quoted', quoted)
  bot.asked(/10,000\.00 · .*8\.99%/)
  bot.said('采购货物')
  user.taps(words.apply)
  bank.answers('listed', { items: [] })
  consent(stage, { purpose: 'data', answer: words.agree })
  bank.answers('granted', { ref: 'cns-1' })
  consent(stage, { purpose: 'offers', answer: words.disagree })
  bank.answers('refused')
  bank.answers('applied', { id: 'app-1' })
  bank.answers('to_fill', { id: 'app-1' })
  bank.answers('opened', { page: { url: 'https://bank.example/page/1' } })
  bot.said(words.form)
}

/** The query of both credit reports, on a card of its own and signed; then the bank decides. */
function sign(stage: Stage, words: Words): void {
  const { bank, bot } = stage
  bank.settles({ product: 'app-1', state: 'credit_authorisation' })
  bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
  bank.answers('asked', { consent: 'c-credit', text: '…', receiver: '征信机构', sha256: 'cd'.repeat(32) })
  bot.asked(words.credit)
  stage.user.taps(words.signIt)
  bank.answers('granted', { ref: 'cns-2' })
  bank.accepts({ receipt: '0010' })
  bank.answers('reviewing')
}

function takeUp(stage: Stage, words: Words): void {
  const { user, bank, bot } = stage
  bank.settles({ product: 'app-1', state: 'offered' })
  bank.answers('offered', { id: 'app-1', offer: 'off-1' })
  bank.answers('open', { ...quoted, id: 'off-1' })
  bot.asked(words.approved)
  user.taps(words.sign)
  bank.answers('ready', { methods: [none], order })
  user.says(words.confirm)
  proveByCode(stage)
}

function goThrough(stage: Stage, words: Words): void {
  fillIn(stage, words)
  sign(stage, words)
  takeUp(stage, words)
}

export const stories: readonly Story[] = [
  story('paid-out', setting, (stage) => {
    goThrough(stage, zh)
    stage.bank.answers('accepted', { state: 'pending', receipt: '0009' })
    stage.bank.settles({ result: 'succeeded', receipt: '0009' })
    stage.bot.said('放款成功')
  }),
  story('paid-out-in-english', english, (stage) => {
    goThrough(stage, en)
    stage.bank.accepts({ receipt: '0009' })
    stage.bot.said('Loan paid out')
  }),
  story('turned-down', setting, (stage) => {
    fillIn(stage, zh)
    sign(stage, zh)
    stage.bank.settles({ product: 'app-1', state: 'declined' })
    stage.bank.answers('declined', { reason: 'declined' })
    stage.bot.said('银行这次没有批准，没有产生借款。')
    if (stage.bot.text.includes('商户')) throw new Error(stage.bot.text)
  }),
  story('not-signed', english, (stage) => {
    const { user, bank, bot } = stage
    fillIn(stage, en)
    bank.settles({ product: 'app-1', state: 'credit_authorisation' })
    bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
    consent(stage, { purpose: 'credit', answer: en.disagree })
    bank.answers('refused')
    bank.answers('withdrawn')
    bank.answers('ended')
    bot.said('nothing is owed')
    user.says('135790')
  }),
  story('answer-lost', english, (stage) => {
    goThrough(stage, en)
    stage.bank.timesOut()
    stage.bot.said('do not pay again')
    stage.bank.settles({ result: 'declined', reason: 'declined' })
    stage.bot.said('Loan not paid out')
  }),
]
