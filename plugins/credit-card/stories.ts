import { hours, money } from '@inthread/sdk'
import { proveByCode, story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0012', amount: money('0.00', 'CNY'), payee: '数码商城 ****3308' }
const none = { id: 'none', label: '', mask: '' }
const setting = { plugin, locale: 'zh-CN' }

const product = {
  ...{ id: 'young-card', name: '青春信用卡', annualRate: '0.1825' },
  ...{ annualFee: money('0.00', 'CNY'), limit: money('8000.00', 'CNY') },
}
const offer = {
  id: 'off-1',
  name: '青春信用卡',
  expiresAt: 9_000_000_000_000_000,
  headline: '年利率 18.25%（单利）',
  limit: money('8000.00', 'CNY'),
  facts: [{ label: '年费', value: '0' }],
}

function seeFacts({ starts, bank, bot }: Stage): void {
  starts('apply', { order: 'o-12' })
  bank.answers('ready', { methods: [none], order, asked: { product: 'young-card' } })
  bank.answers('listed', { products: [product] })
  bot.asked('青春信用卡 年利率 18.25%')
  bot.said('年费：¥0.00')
}

function consent({ user, bank, bot }: Stage, words: string, answer: string): void {
  bank.answers('asked', { consent: `c-${words}`, text: words, receiver: '示例银行', sha256: 'ab'.repeat(32) })
  bot.asked(words)
  user.taps(answer)
}

/** As far as the decision, with advertising refused. */
function apply(stage: Stage): void {
  const { user, bank } = stage
  seeFacts(stage)
  user.taps('开始申请')
  bank.answers('listed', { items: [] })
  consent(stage, '资料', '同意')
  bank.answers('granted', { ref: 'cns-1' })
  consent(stage, '优惠', '不同意')
  bank.answers('refused')
  bank.answers('applied', { id: 'app-1' })
  bank.answers('to_sign', { id: 'app-1', authorisation: { id: 'cck-1' } })
  consent(stage, '征信', '签名授权')
  bank.answers('granted', { ref: 'cns-2' })
  bank.accepts({ receipt: '0013' })
  bank.answers('reviewing')
  bank.settles({ product: 'app-1', state: 'approved' })
}

function sign(stage: Stage): void {
  const { user, bank, bot } = stage
  bank.answers('offered', { id: 'app-1', offer: 'off-1' })
  bank.answers('open', offer)
  bot.asked('已批准额度 ¥8,000.00 · 年利率 18.25%')
  user.taps('签约')
  bank.answers('ready', { methods: [none], order })
  user.says('签约信用卡')
  proveByCode(stage, '138****0002')
}

const active = story('signed-and-active', setting, (stage) => {
  apply(stage)
  sign(stage)
  stage.bank.accepts({ receipt: '0012' })
  stage.bot.said('信用卡签约成功')
  stage.bank.answers('listed', { items: [{ id: 'crd-1', state: 'card_issued', mask: '****4321' }] })
  stage.bank.answers('issued', { id: 'crd-1', mask: '****4321', activation: { id: 'act-1' } })
  stage.bot.asked('新卡 ****4321 已签发')
  stage.user.taps('激活')
  stage.bank.accepts({ receipt: '0014' })
})

const later = story('activated-later', setting, (stage) => {
  apply(stage)
  sign(stage)
  stage.bank.accepts({ receipt: '0012' })
  stage.bank.answers('listed', { items: [{ id: 'crd-1', state: 'card_issued', mask: '****4321' }] })
  stage.bank.answers('issued', { id: 'crd-1', mask: '****4321', activation: { id: 'act-1' } })
  stage.clock.advance(hours(1))
  stage.bot.said('还没有激活')
})

const declined = story('turned-down', setting, (stage) => {
  apply(stage)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('没有批准')
})

const lost = story('answer-lost', setting, (stage) => {
  apply(stage)
  sign(stage)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('没有办卡')
})

const left = story('key-facts-only', setting, (stage) => {
  seeFacts(stage)
  stage.user.taps('不需要')
  stage.bot.said('没有申请')
})

const noConsent = story('consent-refused', setting, (stage) => {
  seeFacts(stage)
  stage.user.taps('开始申请')
  stage.bank.answers('listed', { items: [] })
  consent(stage, '资料', '不同意')
  stage.bank.answers('refused')
  stage.bot.said('不能办理')
})

const second = story('second-application', setting, (stage) => {
  seeFacts(stage)
  stage.user.taps('开始申请')
  stage.bank.answers('listed', { items: [{ id: 'app-1', type: 'card', product: 'young-card', state: 'approved' }] })
  stage.bot.said('接着办理')
  sign(stage)
})

const english = story('in-english', { plugin, locale: 'en' }, ({ starts, user, bank, bot }) => {
  starts('apply', { order: 'o-12' })
  bank.answers('ready', { methods: [none], order, asked: { product: 'young-card' } })
  bank.answers('listed', { products: [{ ...product, name: 'Young credit card' }] })
  bot.asked('Young credit card Annual rate 18.25% (simple, at most)')
  user.taps('No, thanks')
  bot.said('nothing was applied for')
})

const expired = story('offer-over', setting, (stage) => {
  apply(stage)
  stage.bank.answers('offered', { id: 'app-1', offer: 'off-1' })
  stage.bank.answers('over')
  stage.bot.said('已经结束')
})

export const stories: readonly Story[] = [...[active, later, declined, lost, left, noConsent, second, english, expired]]
