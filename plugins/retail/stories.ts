import { hours } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const goods = [
  { id: 'headset', state: 'open', name: '耳机', nameEn: 'Headset', price: '899.00', currency: 'CNY', stock: 2 },
]
const setting = { plugin, locale: 'zh-CN', documents: { goods } }
const english = { plugin, locale: 'en', documents: { goods } }
const offer = {
  id: 'ino-1',
  name: '免息分期',
  expiresAt: 9_000_000_000_000_000,
  headline: '年利率 0.00%（单利）/0.00%（复利）',
  facts: [
    { label: '分期金额', value: '¥899.00' },
    { label: '还款', value: '3 期，每期 ¥299.66，末期 ¥299.68' },
  ],
}

function runShort({ user, bank, bot }: Stage): void {
  user.says('购物')
  bot.asked('耳机 ¥899.00')
  user.taps('支付')
  bank.declines('insufficient_funds')
  bot.asked('账户余额不够支付 ¥899.00，没有扣款')
}

const paying = [
  story('paid', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.bank.accepts({ receipt: 'R-1' })
    stage.bot.said('马上发货')
    stage.user.says('我的订单')
    stage.bot.said('R-1')
    stage.money.balanced()
  }),
  story('answer-lost', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.bank.timesOut()
    stage.bot.said('不要再付一次')
    stage.bank.settles({ result: 'declined', reason: 'declined' })
    stage.bot.said('没有付款')
  }),
  story('never-decided', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.bank.timesOut()
    stage.clock.advance(hours(30))
    stage.bot.said('请不要再付一次，回复“人工”')
  }),
  story('cancelled', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.bank.cancels()
    stage.bot.said('没有付款')
    if (stage.holds().length > 0) throw new Error('it is back on the shelf')
  }),
  story('another-card', setting, (stage) => {
    runShort(stage)
    stage.user.taps('换卡支付')
    stage.bank.accepts({ receipt: 'R-2' })
    stage.bot.said('马上发货')
  }),
  story('nothing-bought-yet', english, ({ user, bot }) => {
    user.says('my orders')
    bot.said('nothing yet')
  }),
]

/** Paid in parts, and meanwhile somebody else has the last one. */
function buyInParts({ user, bank, bot, others }: Stage): void {
  user.says('shop')
  user.taps(bot.labels.includes('Pay in parts') ? 'Pay in parts' : '分期付款')
  bank.answers('offered', offer)
  user.taps(bot.labels.includes('In these parts') ? 'In these parts' : '就这样分期')
  others.lapse()
  bank.accepts({ receipt: 'R-10' })
}

const lost = [
  story('gone-after-paying', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.others.lapse()
    stage.bank.accepts({ receipt: 'R-8' })
    stage.bot.said('¥899.00 正在退回付款账户')
    stage.bank.timesOut()
    stage.bank.settles({ result: 'succeeded', receipt: 'F-8' })
    stage.bot.said('¥899.00 已退回付款账户')
  }),
  story('gone-refund-refused', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('支付')
    stage.others.lapse()
    stage.bank.accepts({ receipt: 'R-8' })
    stage.bank.declines()
    stage.bot.said('还没有退成。请回复“人工”')
  }),
  story('gone-by-loan', setting, (stage) => {
    runShort(stage)
    stage.user.taps('贷款支付')
    stage.others.lapse()
    stage.bank.accepts({ receipt: 'R-9' })
    stage.bot.said('正在退给银行')
    stage.bank.accepts({ receipt: 'F-9' })
    stage.bot.said('用来还这笔贷款')
  }),
  story('gone-in-parts', setting, (stage) => {
    buyInParts(stage)
    stage.bot.said('¥899.00 正在退回您的信用卡')
    if (JSON.stringify(stage.bank.asked.at(-1)) !== '{"receipt":"R-10","reason":"sold out"}')
      throw new Error(JSON.stringify(stage.bank.asked.at(-1)))
    stage.bank.accepts({ receipt: 'F-10' })
    stage.bot.said('¥899.00 已退回您的信用卡，这笔分期已取消')
  }),
  story('gone-in-parts-unknown', english, (stage) => {
    buyInParts(stage)
    stage.bot.said('on its way back to your credit card')
    stage.bank.timesOut()
    stage.bank.settles({ result: 'succeeded', receipt: 'F-10' })
    stage.bot.said('¥899.00 has gone back to your credit card: the plan has ended')
  }),
  story('gone-in-parts-refused', setting, (stage) => {
    buyInParts(stage)
    stage.bank.declines()
    stage.bot.said('还没有退成。请回复“人工”')
  }),
  story('gone-in-parts-never-decided', english, (stage) => {
    buyInParts(stage)
    stage.bank.timesOut()
    stage.clock.advance(hours(72))
    stage.bot.said('has not gone back yet. Say "human"')
  }),
  story('gone-in-parts-no-refunds', setting, (stage) => {
    buyInParts(stage)
    stage.bank.answers('unavailable')
    stage.bot.said('还没有退成')
  }),
]

const cards = [
  story('card-then-paid', setting, (stage) => {
    runShort(stage)
    stage.user.taps('申请信用卡')
    stage.bank.accepts({ receipt: 'A-1' })
    stage.bot.asked('您的订单仍保留：耳机 ¥899.00')
    stage.bot.said('新卡激活后就能用它支付')
    stage.user.taps('支付')
    stage.bank.accepts({ receipt: 'R-3' })
    stage.bot.said('马上发货')
    if (stage.bank.asked.length !== 3) throw new Error('an order of its own for each try')
  }),
  story('card-but-not-paid', setting, (stage) => {
    runShort(stage)
    stage.user.taps('申请信用卡')
    stage.bank.accepts({ receipt: 'A-1' })
    stage.user.taps('不用了')
    stage.bot.said('没有扣款')
    if (stage.holds().length > 0) throw new Error('it is back on the shelf')
  }),
  story('card-declined', setting, (stage) => {
    runShort(stage)
    stage.user.taps('申请信用卡')
    stage.bank.declines()
    stage.bot.asked('您可以')
    if (stage.bot.labels.includes('申请信用卡')) throw new Error('what was declined is not offered again')
  }),
  story('card-too-late', setting, (stage) => {
    runShort(stage)
    stage.user.taps('申请信用卡')
    stage.clock.advance(hours(2))
    stage.bank.accepts({ receipt: 'A-1' })
    stage.bot.said('订单已过期，没有扣款')
  }),
  story('no-cards-here', english, ({ user, bank, bot }) => {
    user.says('shop')
    user.taps('Pay')
    bank.declines('insufficient_funds')
    user.taps('Get a credit card')
    bank.answers('unavailable')
    bot.asked('not possible here')
    user.taps('Pay by another card')
    bank.accepts({ receipt: 'R-4' })
    bot.said('on its way')
  }),
]

const credits = [
  story('in-parts', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('分期付款')
    stage.bank.answers('offered', offer)
    stage.bot.asked('耳机 ¥899.00 · 年利率 0.00%')
    stage.user.taps('就这样分期')
    stage.bank.accepts({ receipt: 'R-5' })
    stage.bot.said('马上发货')
  }),
  story('parts-declined', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('分期付款')
    stage.bank.answers('offered', offer)
    stage.user.taps('就这样分期')
    stage.bank.declines()
    stage.bot.asked('还没有支付')
    if (stage.bot.labels.includes('分期付款')) throw new Error('what was declined is not offered again')
  }),
  story('parts-not-wanted', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('分期付款')
    stage.bank.answers('offered', offer)
    stage.user.taps('不用了')
    stage.bot.asked('还没有支付')
    if (stage.holds().length !== 1) throw new Error('it is still kept')
    stage.user.taps('支付')
    stage.bank.accepts({ receipt: 'R-5' })
    stage.bot.said('马上发货')
  }),
  story('parts-not-offered', setting, (stage) => {
    runShort(stage)
    stage.user.taps('分期付款')
    stage.bank.answers('not_offered')
    stage.bot.said('这个金额不能分期')
    stage.user.taps('贷款支付')
    stage.bank.accepts({ receipt: 'R-7' })
    stage.bot.said('马上发货')
  }),
  story('parts-unknown', setting, (stage) => {
    stage.user.says('购物')
    stage.user.taps('分期付款')
    stage.bank.answers('offered', offer)
    stage.user.taps('就这样分期')
    stage.bank.timesOut()
    stage.bank.settles({ result: 'succeeded', receipt: 'R-6' })
    stage.bot.said('马上发货')
  }),
  story('by-loan', setting, (stage) => {
    runShort(stage)
    stage.user.taps('贷款支付')
    stage.bank.answers('pending', { receipt: 'R-7' })
    stage.bot.said('放款后马上发货')
    stage.bank.settles({ result: 'succeeded', receipt: 'R-7' })
    stage.bot.said('单号 R-7')
  }),
  story('loan-declined', setting, (stage) => {
    runShort(stage)
    stage.user.taps('贷款支付')
    stage.bank.declines()
    stage.bot.asked('您可以')
    stage.user.taps('取消')
    stage.bot.said('没有扣款')
  }),
]

export const stories: readonly Story[] = [...paying, ...lost, ...cards, ...credits]
