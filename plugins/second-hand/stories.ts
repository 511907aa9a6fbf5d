import { days, hours, money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const lens = {
  ...{ id: 'lens', state: 'open' as const, name: '二手镜头', nameEn: 'Used lens', price: '880.00', currency: 'CNY' },
  count: 1,
}
const board = { ...lens, id: 'board', name: '二手键盘', nameEn: 'Used keyboard', price: '260.00' }
/** The shop has written down what it sent before anybody looks. */
const sent = [{ order: 'R-1', parcel: 'SF-7001' }]
const documents = { finds: [lens], parcels: sent }
const chinese = { plugin, locale: 'zh-CN', documents }
const english = { plugin, locale: 'en', documents }
const amount = money('880.00', 'CNY')
const until = '2026-03-15T00:00:00Z'
const kept = { id: 'esc-1', state: 'held', amount, quote: 'eqt-1', item: '二手镜头', answerBy: until }
const shipped = { ...kept, state: 'shipped', parcel: 'SF-7001' }
const quoted = { id: 'eqt-1', expiresAt: 9_000_000_000_000_000, facts: [], amount }

function choose({ user, bank }: Stage, words: readonly [string, string]): void {
  user.says(words[0])
  user.taps(words[1])
  bank.answers('quoted', quoted)
}

const zh = ['二手', '买二手镜头'] as const
const en = ['second-hand', 'Buy Used lens'] as const

export const stories: readonly Story[] = [
  story('kept-and-shipped', chinese, (stage) => {
    const { bank, bot, clock } = stage
    choose(stage, zh)
    bank.accepts({ receipt: 'R-1' })
    bank.answers('listed', { items: [kept] })
    bot.said('等待卖家寄出二手镜头，单号 R-1')
    // In the shop's zone.
    bot.said(/3月15日.{0,8}08:00 前没有寄出，货款会自动退回/)
    clock.advance(hours(1))
    bank.answers('shipped', shipped)
    bot.said('卖家已寄出二手镜头，包裹 SF-7001')
  }),
  story('never-shipped', { ...chinese, documents: { finds: [lens] } }, (stage) => {
    const { bank, bot, clock } = stage
    choose(stage, zh)
    bank.accepts({ receipt: 'R-1' })
    bank.timesOut()
    bot.said('寄出后在这里告诉您')
    clock.advance(days(10))
    if (bank.asked.length !== 3) throw new Error('nobody says that it was sent')
  }),
  story('shipped-at-the-second-try', english, (stage) => {
    const { bank, bot, clock } = stage
    choose(stage, en)
    bank.accepts({ receipt: 'R-1' })
    bank.timesOut()
    clock.advance(hours(1))
    bank.answers('listed', { items: [kept] })
    bank.timesOut()
    clock.advance(hours(1))
    bank.answers('shipped', shipped)
    bot.said('on its way, parcel SF-7001')
  }),
  story('sold-once', { ...chinese, documents: { finds: [lens, board], parcels: sent } }, (stage) => {
    const { user, bank, bot } = stage
    choose(stage, zh)
    bank.accepts({ receipt: 'R-1' })
    bank.answers('listed', { items: [kept] })
    user.says('二手')
    bot.asked('二手键盘')
    if (bot.text.includes('镜头')) throw new Error('what is sold is not shown')
  }),
  story('taken-by-somebody-else', { ...chinese, documents: { finds: [lens, board] } }, (stage) => {
    const { user, bot, others } = stage
    user.says('二手')
    others.reserve('finds', 'count', { key: 'lens' })
    user.taps('买二手镜头')
    bot.said('已经被别人买走了')
    bot.asked('二手键盘')
    user.says('随便')
    user.says('看看')
    user.says('再说')
    bot.said('先到这里')
  }),
  story('declined', english, (stage) => {
    choose(stage, en)
    stage.bank.declines()
    stage.bot.said('Nothing was paid')
  }),
  story('unknown-then-kept', english, (stage) => {
    const { bank, bot, clock } = stage
    choose(stage, en)
    bank.timesOut()
    bot.said('please do not pay again')
    bank.settles({ result: 'succeeded', receipt: 'R-1' })
    bank.answers('listed', { items: [kept] })
    clock.advance(hours(1))
    bank.answers('shipped', shipped)
    bot.said('only then is the seller paid')
  }),
  story('payment-never-decided', chinese, (stage) => {
    choose(stage, zh)
    stage.bank.timesOut()
    stage.clock.advance(hours(30))
    stage.bot.said('请不要再付一次，回复“人工”')
  }),
  story('received', chinese, ({ user, bank, bot }) => {
    user.says('确认收货')
    bank.answers('listed', { items: [shipped] })
    bot.asked('二手镜头 ¥880.00')
    user.taps('确认收货')
    bot.asked('把 ¥880.00 付给卖家')
    user.taps('确认付给卖家')
    bank.answers('released', { ...shipped, state: 'released', decidedBy: 'parties' })
    bot.said('¥880.00 已付给卖家')
  }),
  story('received-elsewhere', english, ({ user, bank, bot }) => {
    user.says('kept orders')
    bank.answers('listed', { items: [shipped] })
    user.taps('It has arrived')
    user.taps('Pay the seller')
    bank.answers('over')
    bank.answers('found', { ...shipped, state: 'released', decidedBy: 'parties' })
    bot.said('is paid to the seller')
  }),
  story('release-unknown', english, ({ user, bank, bot }) => {
    user.says('kept orders')
    bank.answers('listed', { items: [shipped] })
    user.taps('It has arrived')
    user.taps('Pay the seller')
    bank.timesOut()
    bot.said('it is being checked')
  }),
  story('given-back', chinese, ({ user, bank, bot }) => {
    user.says('担保订单')
    bank.answers('listed', { items: [shipped] })
    user.taps('申请退款')
    bank.answers('asked', { ...shipped, wantsBack: ['buyer'] })
    bank.answers('returned', { ...shipped, state: 'returned', decidedBy: 'parties' })
    bot.said('已退回您的账户')
  }),
  story('seller-does-not-agree', { ...english, config: { takesBack: false } }, ({ user, bank, bot }) => {
    user.says('kept orders')
    bank.answers('listed', { items: [shipped] })
    user.taps('Money back')
    bank.answers('asked', { ...shipped, wantsBack: ['buyer'] })
    bot.said('the seller has to agree')
  }),
  story('disputed-and-decided', chinese, ({ host, user, bank, bot }) => {
    user.says('担保订单')
    bank.answers('listed', { items: [shipped] })
    user.taps('有争议')
    bank.answers('disputed', { ...shipped, state: 'disputed' })
    bot.said('裁定前不会付给任何一方')
    host.tells('closed', { id: 'esc-1', state: 'returned' })
    bank.answers('found', { ...shipped, state: 'returned', decidedBy: 'bank' })
    bot.said('银行已裁定，¥880.00 已退回您的账户')
  }),
  story('reminded-then-rule', english, ({ host, bank, user, bot }) => {
    host.tells('reminded', { id: 'esc-1', state: 'shipped' })
    bank.answers('found', { ...shipped, reminded: true })
    bot.asked('Shipped: say so once it is there')
    user.taps('Later')
    bot.said('whenever you need me')
    host.tells('closed', { id: 'esc-1', state: 'released' })
    bank.answers('found', { ...shipped, state: 'released', decidedBy: 'rule' })
    bot.said('the rule was applied')
  }),
  story('reminded-too-late', chinese, ({ host, bank, bot }) => {
    host.tells('reminded', { id: 'esc-1', state: 'shipped' })
    bank.answers('found', { ...shipped, state: 'released', decidedBy: 'rule', reminded: true })
    if (bot.text !== '') throw new Error('how it ended is told by other news')
    host.tells('closed', { id: 'esc-1', state: 'released' })
    bank.answers('found', { ...shipped, state: 'released', decidedBy: 'rule', reminded: true })
    bot.said('按约定的规则，¥880.00 已付给卖家')
  }),
  story('ended-while-asked-about', english, ({ host, user, bank, bot }) => {
    const over = { ...shipped, state: 'released', decidedBy: 'rule' }
    for (const asked of ['first', 'again']) {
      user.says('kept orders')
      bank.answers('listed', { items: [shipped] })
      user.taps('It has arrived')
      user.taps('Pay the seller')
      bank.answers('over')
      bank.answers('found', over)
      bot.said('the rule was applied')
      if (asked === 'again') continue
      host.tells('closed', { id: 'esc-1', state: 'released' })
      bank.answers('found', over)
      if (bot.text !== '') throw new Error('it was told already')
    }
  }),
  story('orders-not-readable', chinese, ({ host, user, bank, bot }) => {
    user.says('担保订单')
    bank.declines('try_later')
    bot.said('银行现在不能查询，请稍后再试')
    user.says('担保订单')
    bank.declines('not_linked')
    bot.said('没有由银行保管')
    host.tells('closed', { id: 'esc-1', state: 'released' })
    bank.timesOut()
    bot.said('有新进展，暂时查不到详情')
  }),
  story('nothing-kept', chinese, ({ user, bank, bot }) => {
    user.says('担保订单')
    bank.answers('listed', { items: [] })
    bot.said('没有由银行保管')
  }),
]
