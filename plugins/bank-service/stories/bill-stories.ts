import { addMs, minutes, money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const meter = { id: 'power 13012340077', biller: 'power', account: '13012340077' }

const biller = (id: string, name: string, amountRule = 'fixed') => ({
  ...{ id, category: id === 'mobile' ? 'phone' : id, name, amountRule, accountPattern: '^[0-9]{6,12}$' },
})
const billers = {
  items: [biller('power', '国网电力'), biller('water', '北城自来水'), biller('mobile', '话费充值', 'open')],
}

function found({ bank, clock }: Stage, ...bills: readonly object[]): void {
  const payee = { id: 'blr_power', name: '国网电力', account: '****3002' }
  const bill = {
    ...{ id: 'bll_1', expiresAt: addMs(clock.now, minutes(10)), amount: money('86.50', 'CNY'), payee },
    ...{ biller: 'power', account: '****0077', period: '2026-02', lateFee: '0' },
  }
  bank.answers('found', { bills: (bills.length === 0 ? [{}] : bills).map((more) => ({ ...bill, ...more })) })
}

const first = story('bill-first-time', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('生活缴费')
  user.taps('电费')
  bank.answers('listed', billers)
  bot.asked('请输入户号')
  user.says('123')
  user.says('1301 2340 077')
  found(stage)
  bot.asked('国网电力 ¥86.50')
  bot.asked('账期 2026年2月\n无滞纳金')
  user.taps('缴费')
  bank.accepts({ receipt: 'R-1' })
  bot.said('国网电力已销账 ¥86.50')
  if (stage.documents('meters').length !== 1) throw new Error('the account number is remembered')
})

const known = story('bill-again', { ...zh, documents: { meters: [meter] } }, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('电费')
  bank.answers('listed', billers)
  user.taps('尾号 0077')
  found(stage, { paidAt: clock.now, lateFee: '120' })
  bot.asked(/您 \d+月\d+日 \d\d:\d\d 已缴过同一账单/u)
  user.taps('仍要缴')
  bot.asked('含滞纳金 ¥1.20')
  user.taps('缴费')
  bank.declines('insufficient_funds')
  bot.asked('没有缴成')
  user.taps('再查一次')
  found(stage, { paidAt: clock.now })
  user.taps('不缴了')
  bot.said('没有重复缴费')
})

const silent = story('bill-biller-silent', en, (stage) => {
  const { user, bank, bot } = stage
  user.says('water bill')
  bank.answers('listed', billers)
  user.says('13012340077')
  found(stage)
  user.taps('Pay')
  bank.answers('checking', { receipt: 'R-3', id: 'bil_3' })
  bot.said('Do not pay again')
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('¥86.50 is back in your account')
})

const lost = story('bill-answer-lost', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('电费')
  bank.answers('listed', billers)
  user.says('13012340077')
  found(stage)
  user.taps('缴费')
  bank.timesOut()
  bot.said('请勿重复缴费')
  bank.settles({ result: 'succeeded', receipt: 'R-4' })
  bot.said('已销账')
})

const several = story('bill-several', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('电费')
  bank.answers('listed', billers)
  user.says('13012340077')
  found(stage, {}, { id: 'bll_2', period: '2026-03', amount: money('91.20', 'CNY') })
  bot.asked('国网电力有 2 张待缴账单')
  user.taps('2026年3月 ¥91.20')
  bot.asked('账期 2026年3月')
  user.taps('缴费')
  bank.accepts({ receipt: 'R-6' })
  bot.said('已销账 ¥91.20')
})

const fell = story('bill-answer-lost-and-declined', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('电费')
  bank.answers('listed', billers)
  user.says('13012340077')
  found(stage)
  user.taps('缴费')
  bank.timesOut()
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('国网电力 ¥86.50 没有办成：没有扣款，或已原路退回')
})

const notLinked = story('bill-not-linked', zh, (stage) => {
  const { user, bank, bot } = stage
  for (const [reason, answer] of [
    ['not_linked', '还没有在本行开通'],
    ['try_later', '银行现在不能查询'],
  ] as const) {
    user.says('电费')
    bank.answers('listed', billers)
    user.says('13012340077')
    bank.declines(reason)
    bot.said(answer)
  }
})

const noBill = story('bill-nothing-owed', zh, ({ user, bank, bot }) => {
  user.says('水费')
  bank.answers('listed', billers)
  user.says('13012340078')
  bank.answers('not_an_account')
  bot.asked('没有这个户号')
  user.says('13012340000')
  bank.answers('none')
  bot.said('没有待缴账单')
})

const noBiller = story('bill-no-biller', zh, ({ user, bank, bot }) => {
  user.says('燃气费')
  bank.answers('listed', billers)
  bot.said('现在不能办理')
})

const topUp = story('top-up', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  const quoted = { id: 'tuq_1', expiresAt: addMs(clock.now, minutes(10)), facts: [], phone: '138****0001' }
  const payee = { id: 'blr_mobile', name: '话费充值', account: '****3005' }
  user.says('充话费 600')
  bank.answers('listed', billers)
  user.taps('本机')
  bank.answers('limited')
  bot.asked('充多少')
  user.taps('¥50.00')
  bank.answers('quoted', { ...quoted, amount: money('50.00', 'CNY'), payee })
  bot.asked('为 138****0001 充值 ¥50.00')
  user.taps('充值')
  bank.accepts({ receipt: 'R-5' })
  bot.said('¥50.00')
})

const topUpLeft = story('top-up-left', en, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('top up')
  bank.answers('listed', billers)
  user.says('13900000000')
  user.says('30')
  const quoted = { id: 'tuq_1', expiresAt: addMs(clock.now, minutes(10)), facts: [], phone: '139****0000' }
  const payee = { id: 'blr_mobile', name: 'Top-up', account: '****3005' }
  bank.answers('quoted', { ...quoted, amount: money('30.00', 'CNY'), payee })
  user.taps('Top up')
  bank.cancels()
  bot.said('nothing was paid')
})

const topUpDeclined = story('top-up-declined', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  const quoted = { id: 'tuq_1', expiresAt: addMs(clock.now, minutes(10)), facts: [], phone: '138****0001' }
  const payee = { id: 'blr_mobile', name: '话费充值', account: '****3005' }
  user.says('充话费 50')
  bank.answers('listed', billers)
  user.taps('本机')
  bank.answers('quoted', { ...quoted, amount: money('50.00', 'CNY'), payee })
  user.taps('充值')
  bank.declines('declined')
  bot.asked('没有充值成功：没有扣款，或已原路退回')
  user.taps('换金额')
  user.taps('¥30.00')
  bank.answers('quoted', { ...quoted, id: 'tuq_2', amount: money('30.00', 'CNY'), payee })
  user.taps('充值')
  bank.expires()
  bot.asked('没有充值成功')
  user.taps('不充了')
  bot.said('先到这里')
})

export const billStories: readonly Story[] = [
  ...[first, known, silent, lost, several, fell, notLinked, noBill, noBiller],
  ...[topUp, topUpLeft, topUpDeclined],
]
