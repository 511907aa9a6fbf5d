import { money } from '@inthread/sdk'
import { story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const setting = { plugin, locale: 'zh-CN' }
const english = { plugin, locale: 'en' }
const until = 9_000_000_000_000_000
const cny = (amount: string) => money(amount, 'CNY')

const late = {
  ...{ id: 'lon-1', name: '半年贷', state: 'overdue', principalLeft: cny('10036.79'), annualRate: '0.0899' },
  arrears: { n: 2, days: 10, amount: cny('2097.33'), penalty: cny('12.50') },
}
const running = {
  ...{ id: 'lon-2', name: '教育分期贷款', state: 'active', principalLeft: cny('18800.00') },
  next: { n: 1, due: '2026-10-01', payment: cny('153.53') },
}
const due = { id: 'pof-1', expiresAt: until, amount: cny('2097.33'), facts: [{ label: '罚息', value: '12.50 元' }] }
const bill = { id: 'bil-1', state: 'open', amount: cny('6000.00'), minimum: cny('600.00'), dueOn: '2026-04-05' }
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

/** What paying the bill comes to, as the bank says it. */
const payoff = (amount: string, facts = [{ label: '还款', value: '信用卡账单' }]) => ({
  ...{ id: 'cpf-1', expiresAt: until, amount: cny(amount) },
  facts: [...facts, { label: '金额', value: `¥${amount.replace('000.00', ',000.00')}` }],
})

const billStories: readonly Story[] = [
  story('bill-paid-in-full', setting, ({ host, user, bank, bot }) => {
    host.tells('billed', { id: 'bil-1', state: 'open' })
    bank.answers('listed', { items: [bill] })
    bot.asked('信用卡账单 ¥6,000.00\n还款日：2026年4月5日\n最低还款：¥600.00')
    user.taps('全额还款')
    if (JSON.stringify(bank.asked.at(-1)) !== '{"bill":"bil-1","kind":"full"}')
      throw new Error(JSON.stringify(bank.asked))
    bank.answers('quoted', payoff('6000.00'))
    bot.asked('今日还款 ¥6,000.00\n还款：信用卡账单')
    user.taps('继续')
    bank.answers('processing', { receipt: 'R-8' })
    bank.settles({ result: 'succeeded', receipt: 'R-8' })
    bot.said('信用卡账单已还清')
  }),
  story('bill-told-once', setting, ({ host, bank, bot }) => {
    const open = { id: 'bil-1', state: 'open' }
    for (const items of [[{ ...bill, paid: cny('600.00') }], [{ ...bill, state: 'paid' }]]) {
      host.tells('billed', open)
      bank.answers('listed', { items })
      if (bot.text !== '') throw new Error('whoever has paid some of it has heard of it')
    }
    host.tells('billed', open)
    bank.timesOut()
    bot.said('有新的信用卡账单，暂时查不到详情')
  }),
  story('bill-paid-with-its-minimum', english, ({ user, bank, bot }) => {
    user.says('card bill')
    bank.answers('listed', { items: [bill] })
    bot.asked('Minimum: ¥600.00')
    user.says('the minimum')
    bank.answers('quoted', payoff('600.00', [{ label: 'Repayment', value: 'Card bill' }]))
    bot.asked('Pay ¥600.00 today\nRepayment: Card bill\nLeft afterwards: ¥5,400.00')
    user.says('ok')
    bank.accepts({ receipt: 'R-9' })
    bot.said('¥5,400.00 of this bill is left, due on 5 Apr 2026')
    user.says('card bill')
    bank.answers('listed', { items: [{ ...bill, paid: cny('600.00') }] })
    bot.asked('Card bill: ¥5,400.00 left\nDue on: 5 Apr 2026\nPaid: ¥600.00')
    user.says('minimum')
    user.says('pay in full')
    bank.answers('quoted', payoff('5400.00'))
    user.taps('Go on')
    bank.accepts({ receipt: 'R-10' })
    bot.said('paid in full')
  }),
  story('bill-payment-declined', setting, ({ user, bank, bot }) => {
    user.says('还信用卡')
    bank.answers('listed', { items: [bill] })
    user.taps('最低还款 ¥600.00')
    bank.answers('quoted', payoff('600.00'))
    user.taps('继续')
    bank.declines()
    bot.said('没有扣款，账单不变')
  }),
  story('bill-payment-unknown', setting, ({ user, bank, bot }) => {
    user.says('信用卡还款')
    bank.answers('listed', { items: [bill] })
    user.taps('最低还款 ¥600.00')
    bank.answers('quoted', payoff('600.00'))
    user.taps('继续')
    bank.timesOut()
    bot.said('不要再还一次')
    bank.settles({ result: 'succeeded', receipt: 'R-11' })
    bot.said('这张账单还剩 ¥5,400.00')
  }),
  story('bill-changed-meanwhile', english, ({ user, bank, bot }) => {
    user.says('card bill')
    bank.answers('listed', { items: [bill] })
    user.taps('Pay in full')
    bank.answers('not_possible')
    bot.said('Nothing was taken')
  }),
  story('bill-later', setting, ({ user, bank, bot }) => {
    user.says('信用卡账单')
    bank.answers('listed', { items: [bill] })
    user.taps('以后再说')
    bot.said('需要时随时找我')
  }),
]

const range = { min: cny('5000.00'), annualRate: '0.0899' }
const estimated = {
  ...{ id: 'lpc-1', expiresAt: until },
  facts: [{ label: '依据', value: '本行已有的资料，没有查询征信' }],
  items: [
    { ...range, product: 'consumer-loan', name: '消费贷款', max: cny('31000.00') },
    { ...range, product: 'merchant-loan', name: '小微经营贷款', max: cny('30000.00'), business: true },
    { ...range, product: 'turnover', name: '小微周转贷款', max: cny('20000.00'), business: true },
  ],
}

const estimateStories: readonly Story[] = [
  story('how-much-then-borrowed', setting, ({ user, bank, bot }) => {
    user.says('我能贷多少？')
    if (JSON.stringify(bank.asked) !== '[{}]') throw new Error(JSON.stringify(bank.asked))
    bank.answers('estimated', estimated)
    bot.asked(
      '小微经营贷款 · 年利率 8.99%（单利）\n预估可借：¥5,000.00 至 ¥30,000.00\n依据：本行已有的资料，没有查询征信',
    )
    bot.said('消费贷款 · 年利率 8.99%（单利）\n预估可借：¥5,000.00 至 ¥31,000.00')
    bot.said('在商户付款时选择贷款')
    user.taps('申请小微经营贷款')
    bank.answers('listed', { products: businessLoans })
    bot.asked('只能用于经营')
    user.taps('采购货物')
    bot.asked('预估可借到 ¥30,000.00，以审批结果为准')
    user.says('1万')
    user.taps('12 个月')
    user.taps('继续')
    bank.accepts({ receipt: 'R-12' })
    bot.said('结算账户')
  }),
  story('how-much-and-left', english, ({ user, bank, bot }) => {
    user.says('how much could i borrow')
    bank.answers('estimated', { ...estimated, items: estimated.items.slice(0, 1) })
    bot.asked('annual rate 8.99% (simple)\nEstimate: ¥5,000.00 to ¥31,000.00')
    user.says('not now')
    bot.said('that is all for now')
  }),
  story('nothing-to-tell', setting, ({ user, bank, bot }) => {
    user.says('贷款额度')
    bank.answers('estimated', { ...estimated, items: [] })
    bot.asked('现在没有预估额度可以告诉您')
    user.says('申请')
    bank.answers('listed', { products: businessLoans })
    bot.asked('小微经营贷款 · 年利率 8.99%（单利）')
    user.taps('小微周转贷款')
    bot.asked('只能用于经营')
  }),
  story('no-estimates-here', english, ({ user, bank, bot }) => {
    user.says('loan estimate')
    bank.answers('not_offered')
    bot.said('gives no estimate right now')
    bank.answers('listed', { products: businessLoans })
    bot.asked('annual rate 8.99% (simple)')
  }),
  story('estimate-unknown', setting, ({ user, bank, bot }) => {
    user.says('能贷多少')
    bank.timesOut()
    bot.said('您可以直接申请')
    bank.answers('listed', { products: businessLoans })
    bot.asked('小微经营贷款')
  }),
  story('estimate-not-granted', setting, ({ user, bank, bot }) => {
    user.says('我能贷多少')
    bank.answers('unavailable')
    bot.said('您可以直接申请')
    bank.answers('listed', { products: [] })
    bot.said('没有开放经营贷款')
  }),
  story('estimate-declined', english, ({ user, bank, bot }) => {
    user.says('how much can i borrow')
    bank.declines('try_later')
    bot.said('You can apply all the same')
    bank.answers('listed', { products: businessLoans.slice(0, 1) })
    bot.asked('annual rate 8.99% (simple)')
  }),
]

export const stories: readonly Story[] = [
  ...[...billStories, ...estimateStories],
  story('late-and-repaid', setting, ({ host, user, bank, bot }) => {
    host.tells('late', { id: 'lon-1', state: 'overdue' })
    bank.answers('listed', { items: [late] })
    bot.asked('第 2 期已逾期 10 天，今日应还 ¥2,097.33')
    bot.said('半年贷\n年利率：8.99%（单利）\n含罚息：¥12.50')
    user.taps('还款')
    bank.answers('quoted', due)
    bot.asked('今日还款 ¥2,097.33')
    user.taps('继续')
    bank.answers('processing', { receipt: 'R-1' })
    bank.settles({ result: 'succeeded', receipt: 'R-1' })
    bot.said('已还款 ¥2,097.33')
  }),
  story('some-paid-early', english, ({ user, bank, bot }) => {
    user.says('my loan')
    bank.answers('listed', { items: [running] })
    bot.asked('Instalment 1: ¥153.53 due on 1 Oct 2026')
    user.taps('Pay some early')
    user.says('五千块')
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
    bot.said('¥200.00 不在可借的范围内')
    bot.asked('¥5,000.00 至 ¥300,000.00')
    user.says('1万')
    user.taps('12 个月')
    bot.asked('小微经营贷款 ¥10,000.00 · 年利率 8.99%（单利）\n用途：采购货物')
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
    user.says('10,000')
    user.says('36')
    user.says('12 months')
    bot.asked('For: 12 months')
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
    bot.said('has not decided yet')
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
    bot.said('the bill is due as before')
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
  story('gift-left', english, ({ user, bank, bot }) => {
    user.says('gift')
    bank.answers('listed', { items: [{ id: 'gft-1', state: 'offered', title: 'A coffee voucher' }] })
    user.says('no thanks')
    bot.said('that is all for now')
  }),
  story('loan-left', setting, ({ user, bank, bot }) => {
    user.says('我的贷款')
    bank.answers('listed', { items: [running] })
    user.taps('以后再说')
    bot.said('先到这里')
    user.says('我的贷款')
    bank.answers('listed', { items: [running] })
    for (const words of ['嗯嗯', '这样啊', '那个']) user.says(words)
    bot.said('先到这里')
  }),
  story('gift-not-now', english, ({ user, bank, bot }) => {
    user.says('gift')
    bank.answers('listed', { items: [{ id: 'gft-1', state: 'offered', title: 'A coffee voucher' }] })
    user.taps('Take it')
    bank.declines('try_later')
    bot.said('could not be taken just now')
  }),
  story('gift-gone', setting, ({ user, bank, bot }) => {
    user.says('新客礼')
    bank.answers('listed', { items: [{ id: 'gft-1', state: 'offered', title: '咖啡券一张' }] })
    user.taps('领取')
    bank.answers('out_of_stock')
    bot.said('领完')
  }),
]
