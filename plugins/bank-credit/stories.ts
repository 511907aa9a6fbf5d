import { money } from '@inthread/sdk'
import { story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const setting = { plugin, locale: 'zh-CN' }
const english = { plugin, locale: 'en' }
const until = 9_000_000_000_000_000
const cny = (amount: string) => money(amount, 'CNY')

const late = {
  ...{ id: 'lon-1', name: '半年贷', state: 'overdue', principalLeft: cny('10036.79') },
  arrears: { n: 2, days: 10, amount: cny('2097.33'), penalty: cny('12.50') },
}
const running = {
  ...{ id: 'lon-2', name: '教育分期贷款', state: 'active', principalLeft: cny('18800.00') },
  next: { n: 1, due: '2026-10-01', payment: cny('153.53') },
}
const due = { id: 'pof-1', expiresAt: until, amount: cny('2097.33'), facts: [{ label: '罚息', value: '12.50 元' }] }
const bill = { id: 'bil-1', state: 'open', amount: cny('6000.00'), dueOn: '2026-04-05' }
const plan = {
  ...{ id: 'ino-1', name: '账单分期', expiresAt: until },
  headline: '年利率 13.03%（单利）/13.84%（复利）',
  facts: [{ label: '还款', value: '12 期，每期 ¥536.00' }],
}

const uses = [{ code: 'stock', name: '采购货物' }]
const businessLoans = [
  {
    ...{ id: 'merchant-loan', name: '小微经营贷款', business: true, method: 'equal-instalment', annualRate: '0.0899' },
    ...{ periods: [12, 6], min: cny('5000.00'), max: cny('300000.00'), uses },
  },
  {
    ...{ id: 'turnover', name: '小微周转贷款', business: true, method: 'interest-only', annualRate: '0.0932' },
    ...{ periods: [6, 3], min: cny('10000.00'), max: cny('200000.00'), uses },
  },
]

export const stories: readonly Story[] = [
  story('late-and-repaid', setting, ({ host, user, bank, bot }) => {
    host.tells('late', { id: 'lon-1', state: 'overdue' })
    bank.answers('listed', { items: [late] })
    bot.asked('第 2 期已逾期 10 天，今日应还 ¥2,097.33')
    bot.said('含罚息：¥12.50')
    user.taps('还款')
    bank.answers('quoted', due)
    bot.asked('今日还款 ¥2,097.33')
    user.taps('继续')
    bank.answers('processing', { receipt: 'R-1' })
    bank.settles({ result: 'succeeded', receipt: 'R-1' })
    bot.said('已还款')
  }),
  story('some-paid-early', english, ({ user, bank, bot }) => {
    user.says('my loan')
    bank.answers('listed', { items: [running] })
    bot.asked('Instalment 1: ¥153.53 due on 1 Oct 2026')
    user.taps('Pay some early')
    user.says('5000')
    bank.answers('quoted', { ...due, amount: cny('5000.00') })
    bot.asked('¥5,000.00 today')
    user.taps('Go on')
    bank.accepts({ receipt: 'R-2' })
    bot.said('thank you')
  }),
  story('too-much', setting, ({ user, bank, bot }) => {
    user.says('我的贷款')
    bank.answers('listed', { items: [running] })
    user.taps('提前还一部分')
    user.says('99999')
    bank.answers('not_possible')
    bot.said('不能还')
  }),
  story('repayment-unknown', setting, ({ user, bank, bot }) => {
    user.says('我的贷款')
    bank.answers('listed', { items: [running] })
    user.taps('提前结清')
    bank.answers('quoted', { ...due, amount: cny('18800.00') })
    user.taps('继续')
    bank.timesOut()
    bot.said('不要再还一次')
    bank.settles({ result: 'declined', reason: 'declined' })
    bot.said('没有扣款')
  }),
  story('borrowed', setting, ({ user, bank, bot }) => {
    user.says('我要贷款')
    bank.answers('listed', { products: [...businessLoans, { id: 'young-card', name: '青年卡' }] })
    bot.asked('小微经营贷款 · 年利率 8.99%（单利）')
    user.taps('小微经营贷款')
    bot.asked('只能用于经营')
    user.taps('采购货物')
    user.says('200')
    bot.asked('¥5,000.00 至 ¥300,000.00')
    user.says('10000')
    user.taps('12 个月')
    bot.asked('用途：采购货物')
    user.taps('继续')
    bank.answers('pending', { receipt: 'R-5' })
    bot.said('放款后马上告诉您')
    bank.settles({ result: 'succeeded', receipt: 'R-5' })
    bot.said('结算账户')
  }),
  story('not-borrowed', english, ({ user, bank, bot }) => {
    user.says('business loan')
    bank.answers('listed', { products: businessLoans.slice(0, 1) })
    bot.asked('annual rate 8.99% (simple)')
    user.taps('小微经营贷款')
    user.taps('采购货物')
    user.says('10000')
    user.says('12')
    bot.asked('Months: 12')
    user.taps('Go on')
    bank.declines()
    bot.said('Nothing was borrowed')
  }),
  story('borrowing-unknown', english, ({ user, bank, bot }) => {
    user.says('borrow')
    bank.answers('listed', { products: businessLoans.slice(0, 1) })
    user.taps('小微经营贷款')
    user.taps('采购货物')
    user.says('10000')
    user.says('12')
    user.taps('Go on')
    bank.timesOut()
    bot.said('You will hear of it here')
    bank.settles({ result: 'declined', reason: 'declined' })
    bot.said('Nothing was borrowed')
  }),
  story('no-business-loan', setting, ({ user, bank, bot }) => {
    user.says('经营贷款')
    bank.answers('listed', { products: [] })
    bot.said('没有开放经营贷款')
  }),
  story('no-loan', setting, ({ user, bank, bot }) => {
    user.says('我的贷款')
    bank.answers('listed', { items: [] })
    bot.said('没有贷款')
  }),
  story('bill-in-parts', setting, ({ host, user, bank, bot }) => {
    host.tells('billed', { id: 'bil-1', state: 'open' })
    bank.answers('listed', { items: [bill] })
    bot.asked('信用卡账单 ¥6,000.00')
    user.taps('分 12 期')
    bank.answers('offered', plan)
    bot.asked('账单分期 ¥6,000.00 · 年利率 13.03%（单利）\n年利率 13.03%（单利）/13.84%（复利）')
    user.taps('继续')
    bank.accepts({ receipt: 'R-3' })
    bot.said('账单已分期')
  }),
  story('bill-paid-meanwhile', setting, ({ user, bank, bot }) => {
    user.says('信用卡账单')
    bank.answers('listed', { items: [bill] })
    user.taps('分 12 期')
    bank.answers('not_offered')
    bot.said('不能分期')
  }),
  story('plan-unknown', english, ({ user, bank, bot }) => {
    user.says('card bill')
    bank.answers('listed', { items: [bill] })
    user.taps('In 12 parts')
    bank.answers('offered', plan)
    user.taps('Go on')
    bank.timesOut()
    bank.settles({ result: 'succeeded', receipt: 'R-4' })
    bot.said('in parts now')
  }),
  story('card-taken', setting, ({ user, bank, bot }) => {
    user.says('申请信用卡')
    if (JSON.stringify(bank.asked) !== '[{"product":"young-card"}]') throw new Error(JSON.stringify(bank.asked))
    bank.accepts({ receipt: 'R-6' })
    bot.said('信用卡已办好')
  }),
  story('card-not-taken', english, ({ user, bank, bot }) => {
    user.says('credit card')
    bank.declines()
    bot.said('no card')
  }),
  story('card-unknown', setting, ({ user, bank, bot }) => {
    user.says('办信用卡')
    bank.timesOut()
    bot.said('不要重复申请')
    bank.settles({ result: 'succeeded', receipt: 'R-7' })
    bot.said('信用卡已办好')
  }),
  story('gift-taken-once', setting, ({ user, bank, bot }) => {
    user.says('新客礼')
    bank.answers('listed', { items: [{ id: 'gft-1', state: 'offered', title: '咖啡券一张' }] })
    bot.asked('新客礼：咖啡券一张')
    user.taps('领取')
    bank.answers('claimed', { id: 'gft-1', state: 'claimed', title: '咖啡券一张', voucher: 'CF1' })
    bot.said('券码 CF1')
    user.says('新客礼')
    bank.answers('listed', { items: [{ id: 'gft-1', state: 'claimed', title: '咖啡券一张', voucher: 'CF1' }] })
    bot.said('券码 CF1')
  }),
  story('gift-gone', setting, ({ user, bank, bot }) => {
    user.says('新客礼')
    bank.answers('listed', { items: [{ id: 'gft-1', state: 'offered', title: '咖啡券一张' }] })
    user.taps('领取')
    bank.answers('out_of_stock')
    bot.said('领完')
  }),
]
