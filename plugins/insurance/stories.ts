import { days, hours, minutes, money } from '@inthread/sdk'
import { story, type Stage, type Story, type StorySetting } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const products = [
  {
    product: 'car-insurance',
    position: 1,
    name: '车险',
    nameEn: 'Car insurance',
    line: '车损与三者',
    lineEn: 'Your car',
  },
  { product: 'trip', position: 2, name: '旅行险', nameEn: 'Travel insurance', line: '意外', lineEn: 'Accidents' },
]
const setting: StorySetting = { plugin, locale: 'zh-CN', documents: { products } }
const term = { from: '2026-03-06', to: '2027-03-06' }

function quoteOf({ clock }: Stage, premium: string): object {
  return {
    id: `iqt-${premium}`,
    expiresAt: clock.now + hours(24) * 1000,
    amount: money(premium, 'CNY'),
    product: 'car-insurance',
    name: '机动车商业险',
    declaration: '车辆年检有效',
    ...term,
    facts: [
      { label: '保障', value: '第三者责任 200 万' },
      { label: '责任免除', value: '酒驾' },
    ],
  }
}

const policy = {
  id: 'pol-1',
  state: 'in_force',
  product: 'car-insurance',
  name: '机动车商业险',
  policyNo: 'P-1',
  amount: money('980.00', 'CNY'),
  ...term,
}

const claim = { id: 'icl-1', policy: 'pol-1', kind: 'collision', claimed: money('3200.00', 'CNY') }

/** From the words to the bank. */
function goToBank(stage: Stage): void {
  const { user, bank, bot } = stage
  user.says('投保')
  user.taps('车险报价')
  bank.answers('quoted', quoteOf(stage, '980.00'))
  bot.asked('机动车商业险 · 保费 ¥980.00\n保障：第三者责任 200 万\n责任免除：酒驾')
  user.taps('声明属实，投保')
}

function insure(stage: Stage): void {
  goToBank(stage)
  stage.bank.accepts({ receipt: 'I-1' })
  stage.bank.answers('listed', { items: [policy] })
  stage.bot.said('承保成功：机动车商业险\n保单号 P-1')
}

/** To ten in the morning of the day thirty days before the end. */
function waitForReminder(stage: Stage): void {
  stage.host.tells('bound', { policy: 'pol-1', name: '机动车商业险', to: term.to })
  stage.clock.advance(days(336))
  stage.bank.answers('listed', { items: [policy] })
  stage.bot.asked('您的机动车商业险 2027年3月6日 到期。去年方案保费 ¥980.00')
}

const bought = story('bought', setting, (stage) => {
  insure(stage)
  stage.money.balanced()
})

const renewed = story('renewed-by-one-tap', setting, (stage) => {
  const { user, bank, bot } = stage
  insure(stage)
  waitForReminder(stage)
  user.taps('一键续保')
  bank.answers('quoted', { ...quoteOf(stage, '980.00'), from: '2027-03-06', to: '2028-03-06' })
  user.taps('声明属实，投保')
  bank.accepts({ receipt: 'I-2' })
  bank.answers('listed', { items: [{ ...policy, id: 'pol-2', from: '2027-03-06', to: '2028-03-06' }] })
  bot.said('2027年3月6日 至 2028年3月6日')
})

const stopped = story('reminders-stopped', setting, (stage) => {
  insure(stage)
  waitForReminder(stage)
  stage.user.taps('不再提醒')
  stage.bot.said('不再提醒')
  stage.clock.advance(days(40))
  if (stage.bot.text !== '') throw new Error('nobody wants to hear of it any more')
})

const reminded = story('reminded-again', setting, (stage) => {
  insure(stage)
  waitForReminder(stage)
  stage.clock.advance(days(23))
  stage.bank.answers('listed', { items: [policy] })
  stage.bot.asked('到期')
  stage.clock.advance(days(6))
  stage.bank.answers('listed', { items: [{ ...policy, renewedBy: 'pol-2' }] })
  if (stage.bot.text !== '') throw new Error('what is renewed is not spoken of')
})

const moved = story('premium-moved', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('续保')
  bank.answers('listed', { items: [policy] })
  const quote = { ...quoteOf(stage, '980.00'), expiresAt: clock.now + minutes(10) * 1000 }
  bank.answers('quoted', quote)
  clock.advance(minutes(11))
  user.taps('声明属实，投保')
  bank.answers('quoted', quoteOf(stage, '1035.00'))
  bot.said('由 ¥980.00 变为 ¥1,035.00')
  bot.asked('保费 ¥1,035.00')
  user.taps('暂不投保')
  bot.said('好的')
})

const notBound = story('not-bound-in-a-day', setting, (stage) => {
  const { bank, bot, clock } = stage
  goToBank(stage)
  bank.answers('binding', { receipt: 'I-1' })
  bot.said('24 小时内没有承保会自动全额退回')
  clock.advance(hours(24))
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('¥980.00 已全额退回')
})

const boundLate = story('bound-late', setting, (stage) => {
  const { bank, bot } = stage
  goToBank(stage)
  bank.answers('binding', { receipt: 'I-1' })
  bank.settles({ result: 'succeeded', receipt: 'I-1' })
  bank.answers('listed', { items: [policy] })
  bot.said('承保成功')
})

const lost = story('answer-lost', setting, (stage) => {
  const { bank, bot } = stage
  goToBank(stage)
  bank.timesOut()
  bot.said('请勿重复投保')
  bank.settles({ result: 'succeeded', receipt: 'I-1' })
  bank.answers('unknown')
  bot.said('承保成功')
})

const undecided = story('never-decided', setting, (stage) => {
  goToBank(stage)
  stage.bank.timesOut()
  stage.clock.advance(days(7))
  stage.bot.said('请勿重复投保。回复“人工”')
})

const poor = story('no-money', setting, (stage) => {
  goToBank(stage)
  stage.bank.declines('insufficient_funds')
  stage.bot.asked('还没有投保。要再试一次吗')
  stage.user.taps('再试一次')
  stage.bank.answers('quoted', quoteOf(stage, '980.00'))
  stage.bank.accepts({ receipt: 'I-2' })
  stage.bank.answers('listed', { items: [policy] })
  stage.bot.said('承保成功')
})

const cancelled = story('cancelled', setting, (stage) => {
  goToBank(stage)
  stage.bank.cancels()
  stage.bot.said('没有投保成功')
})

const none = story('nothing-to-renew', setting, ({ user, bank, bot }) => {
  user.says('续保')
  bank.answers('listed', { items: [] })
  bot.said('还没有有效的保单')
  user.says('投保')
  user.says('车险')
  bank.answers('not_sold')
  bot.said('没有可投保的产品')
})

function fillIn(stage: Stage): void {
  const { user, bank, bot } = stage
  user.says('报案')
  bank.answers('listed', { items: [policy] })
  user.taps('碰撞剐蹭')
  user.taps('昨天')
  user.says('我的身份证是 510104199001011234')
  bot.asked('请不要写身份证号')
  user.says('倒车时剐到了立柱')
  user.says('3,200元')
  bot.asked('报案内容：碰撞剐蹭，2026年3月4日\n经过：倒车时剐到了立柱\n损失 ¥3,200.00')
}

function report(stage: Stage): void {
  fillIn(stage)
  stage.user.taps('提交报案')
  stage.bank.answers('told', { ...claim, state: 'reported' })
  stage.bot.said('已报案')
}

const paidOut = story('claim-paid', setting, (stage) => {
  const { user, bank, bot } = stage
  report(stage)
  bank.settles({ product: 'icl-1', state: 'assessing' })
  bank.answers('told', { ...claim, state: 'assessing', offered: claim.claimed })
  bot.asked('可赔付 ¥3,200.00')
  user.taps('同意赔付')
  bank.answers('told', { ...claim, state: 'agreed' })
  bot.said('赔款正在支付')
  bank.settles({ product: 'icl-1', state: 'paid' })
  bank.answers('told', { ...claim, state: 'paid', offered: claim.claimed })
  bot.said('赔款 ¥3,200.00 已到账')
})

const denied = story('claim-denied', setting, (stage) => {
  const { user, bank, bot } = stage
  report(stage)
  bank.settles({ product: 'icl-1', state: 'denied' })
  bank.answers('told', { ...claim, state: 'denied', reasons: '属于责任免除' })
  bot.asked('原因：属于责任免除')
  user.taps('申诉')
  bank.answers('told', { ...claim, state: 'reopened' })
  bot.said('已申诉')
  bank.settles({ product: 'icl-1', state: 'denied' })
  bank.answers('told', { ...claim, state: 'denied', reasons: '属于责任免除' })
  user.taps('知道了')
})

const asked = story('claim-more-words', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  report(stage)
  bank.settles({ product: 'icl-1', state: 'documents_needed' })
  bank.answers('told', { ...claim, state: 'documents_needed' })
  user.says('身份证 510104199001011234')
  bot.asked('请不要写身份证号')
  user.says('余额是多少呀')
  bot.asked('要补充给保险公司的说明：\n余额是多少呀')
  user.taps('重写')
  user.says('地下车库 B2，下午三点')
  user.taps('提交')
  bank.answers('told', { ...claim, state: 'registered' })
  bot.said('已补充')
  clock.advance(hours(12))
  bank.answers('told', { ...claim, state: 'registered' })
})

const silent = story('claim-agreed-unheard', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  const offered = { ...claim, state: 'assessing', offered: claim.claimed }
  report(stage)
  bank.settles({ product: 'icl-1', state: 'assessing' })
  bank.answers('told', offered)
  user.taps('同意赔付')
  bank.answers('unknown')
  bot.said('保险公司还没有答复，我会再查，不用重复操作')
  clock.advance(minutes(30))
  bank.answers('told', offered)
  bank.answers('unknown')
  if (bot.text !== '') throw new Error('that is said once')
  clock.advance(minutes(30))
  bank.answers('told', offered)
  bank.answers('told', { ...claim, state: 'agreed' })
  bot.said('赔款正在支付')
})

const heardLate = story('claim-words-heard-late', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  const needed = { ...claim, state: 'documents_needed' }
  report(stage)
  bank.settles({ product: 'icl-1', state: 'documents_needed' })
  bank.answers('told', needed)
  user.says('地下车库 B2，下午三点')
  user.taps('提交')
  bank.answers('unknown')
  bot.said('还没有答复')
  clock.advance(minutes(30))
  bank.answers('told', { ...claim, state: 'registered' })
  bot.said('已补充')
  bank.settles({ product: 'icl-1', state: 'documents_needed' })
  bank.answers('told', needed)
  bot.asked('需要补充说明')
})

const unheard = story('claim-objection-never-heard', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  report(stage)
  bank.settles({ product: 'icl-1', state: 'denied' })
  bank.answers('told', { ...claim, state: 'denied', reasons: '属于责任免除' })
  user.taps('申诉')
  for (let turn = 0; turn < 5; turn += 1) {
    bank.declines()
    clock.advance(minutes(30))
    bank.answers('told', { ...claim, state: 'denied', reasons: '属于责任免除' })
  }
  bank.declines()
  bot.said('保险公司一直没有答复')
})

const unlooked = story('claim-progress-unknown', setting, (stage) => {
  const { user, bank, bot } = stage
  user.says('理赔进度')
  bank.answers('unknown')
  bot.said('您的报案不受影响')
  user.says('理赔进度')
  bank.answers('listed', { items: [{ ...claim, state: 'registered' }] })
  bank.answers('unknown')
  bot.said('您的报案不受影响')
  user.says('理赔进度')
  bank.answers('listed', { items: [{ ...claim, state: 'closed' }] })
  bank.answers('told', { ...claim, state: 'closed' })
  bot.said('这次理赔已结束')
})

const unsure = story('claim-answer-lost', setting, (stage) => {
  const { user, bank, bot } = stage
  fillIn(stage)
  user.says('修改金额')
  user.says('1200')
  user.taps('提交报案')
  bank.answers('unknown')
  bot.said('请不要重复报案')
  user.says('理赔进度')
  bank.answers('listed', { items: [{ ...claim, state: 'registered' }] })
  bank.answers('told', { ...claim, state: 'registered' })
  bot.said('正在处理')
})

const tooMuch = story('claim-too-much', setting, (stage) => {
  fillIn(stage)
  stage.user.taps('提交报案')
  stage.bank.answers('too_much')
  stage.bot.said('超过保单的保额')
})

const dropped = story('claim-dropped', setting, (stage) => {
  fillIn(stage)
  stage.user.taps('不报了')
  stage.bot.said('没有报案')
})

const english = story('english', { ...setting, locale: 'en' }, (stage) => {
  const { user, bank, bot } = stage
  user.says('insurance')
  user.taps('Quote: Car insurance')
  bank.answers('quoted', { ...quoteOf(stage, '980.00'), name: 'Car insurance', facts: [] })
  user.taps('All true: insure me')
  bank.accepts({ receipt: 'I-1' })
  bank.answers('listed', { items: [policy] })
  bot.said('Policy P-1')
  user.says('report a claim')
  bank.answers('listed', { items: [policy] })
  user.taps('Collision')
  user.says('2026-03-04')
  user.says('Scraped a pillar while parking')
  user.says('3200')
  bot.asked('Damage ¥3,200.00')
})

export const stories: readonly Story[] = [
  ...[bought, renewed, stopped, reminded, moved, notBound, boundLate, lost, undecided, poor, cancelled, none],
  ...[paidOut, denied, asked, silent, heardLate, unheard, unlooked, unsure, tooMuch, dropped, english],
]
