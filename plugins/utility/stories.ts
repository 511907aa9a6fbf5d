import { days, hours, minutes, money } from '@inthread/sdk'
import { story, type Stage, type Story, type StorySetting } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const services = [
  { biller: 'water', position: 1, name: '水费', nameEn: 'Water', company: '清源水务', companyEn: 'Clear Water' },
  { biller: 'power', position: 2, name: '电费', nameEn: 'Power', company: '国网电力', companyEn: 'State Grid' },
].map((service) => ({ ...service, sample: '13012340077' }))
const setting: StorySetting = { plugin, locale: 'zh-CN', documents: { services } }

function billOf({ clock }: Stage, amount: string, more: object = {}): object {
  return {
    id: `bil-${amount}`,
    expiresAt: clock.now + minutes(10) * 1000,
    amount: money(amount, 'CNY'),
    payee: { id: 'power', name: '国网电力', account: '****3002' },
    biller: 'power',
    account: '****0077',
    period: '2026-02',
    lateFee: '0',
    ...more,
  }
}

/** From the words to the bank. */
function goToBank(stage: Stage): void {
  const { user, bank, bot } = stage
  user.says('电费')
  bot.asked('请输入国网电力的电费户号')
  user.says('1301 2340 077')
  bank.answers('found', { bills: [billOf(stage, '86.50')] })
  bot.asked('国网电力 户号 ****0077\n2026年2月 · 无滞纳金')
  user.taps('缴费')
}

const paid = story('paid', setting, (stage) => {
  const { user, bank, bot, money: books } = stage
  goToBank(stage)
  bank.accepts({ receipt: 'B-1' })
  bot.said('国网电力已销账')
  user.says('生活缴费')
  user.taps('电费')
  bot.asked('请选择户号')
  user.taps('尾号 0077')
  bank.answers('none')
  bot.said('没有欠费')
  books.balanced()
})

const twice = story('paid-before', setting, (stage) => {
  const { user, bank, bot } = stage
  user.says('缴电费')
  user.says('13012340077')
  bank.answers('found', { bills: [billOf(stage, '86.50', { paidAt: stage.clock.now - hours(1) * 1000 })] })
  bot.asked('已缴同一账单 ¥86.50，是否仍要缴费')
  user.says('好')
  bot.asked('是否仍要缴费')
  user.taps('不缴了')
  if (bank.asked.length !== 1) throw new Error('nothing but the bill was asked for')
  user.says('缴电费')
  user.says('13012340077')
  bank.answers('found', { bills: [billOf(stage, '86.50', { paidAt: stage.clock.now - hours(1) * 1000 })] })
  user.taps('仍要缴')
  bank.accepts({ receipt: 'B-2' })
  bot.said('缴费成功')
})

const silent = story('biller-silent', setting, (stage) => {
  const { bank, bot, clock } = stage
  goToBank(stage)
  bank.answers('checking', { receipt: 'B-1', id: 'bp-1' })
  bot.said('正在与国网电力核对，请勿重复缴费')
  clock.advance(hours(10))
  bank.settles({ result: 'succeeded', receipt: 'B-1' })
  bot.said('国网电力已销账')
})

const reversed = story('reversed', setting, (stage) => {
  const { bank, bot } = stage
  goToBank(stage)
  bank.answers('checking', { receipt: 'B-1', id: 'bp-1' })
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('¥86.50 已退回')
})

const lost = story('answer-lost', setting, (stage) => {
  const { bank, bot } = stage
  goToBank(stage)
  bank.timesOut()
  bot.said('请勿重复缴费')
  bank.settles({ result: 'succeeded', receipt: 'B-1' })
  bot.said('缴费成功')
})

const undecided = story('never-decided', setting, (stage) => {
  goToBank(stage)
  stage.bank.timesOut()
  stage.clock.advance(days(7))
  stage.bot.said('请勿重复缴费。回复“人工”')
})

const moved = story('amount-moved', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('电费')
  user.says('13012340077')
  bank.answers('found', { bills: [billOf(stage, '86.50')] })
  clock.advance(minutes(11))
  user.taps('缴费')
  bank.answers('found', { bills: [billOf(stage, '91.20')] })
  bot.said('由 ¥86.50 变为 ¥91.20')
  bot.asked('电费 ¥91.20')
  user.taps('缴费')
  bank.accepts({ receipt: 'B-1' })
  bot.said('电费 ¥91.20')
})

const noMoney = story('no-money', setting, (stage) => {
  goToBank(stage)
  stage.bank.declines('insufficient_funds')
  stage.bot.asked('电费还没有缴。要再试一次吗')
  if (stage.bot.text.includes('余额')) throw new Error("why not is the bank's to say")
  stage.user.taps('再试一次')
  stage.bank.answers('found', { bills: [billOf(stage, '86.50')] })
  stage.bank.accepts({ receipt: 'B-2' })
  stage.bot.said('缴费成功')
})

const noMoneyThenLeft = story('no-money-then-cancelled', setting, (stage) => {
  goToBank(stage)
  stage.bank.declines('insufficient_funds')
  stage.user.taps('再试一次')
  stage.bank.answers('found', { bills: [billOf(stage, '86.50')] })
  stage.bank.cancels()
  stage.bot.said('没有缴成')
})

const cancelled = story('cancelled', setting, (stage) => {
  goToBank(stage)
  stage.bank.cancels()
  stage.bot.said('没有缴成：没有扣款')
})

const months = story('two-months-owed', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  const both = (): object[] => [billOf(stage, '86.50'), billOf(stage, '91.20', { period: '2026-03', lateFee: '0' })]
  user.says('电费')
  user.says('13012340077')
  bank.answers('found', { bills: both() })
  bot.asked('电费有 2 笔账单没有缴，先缴哪一笔')
  user.taps('2026年3月 ¥91.20')
  bot.asked('电费 ¥91.20')
  clock.advance(minutes(11))
  user.taps('缴费')
  bank.answers('found', { bills: both() })
  bank.accepts({ receipt: 'B-1' })
  bot.said('缴费成功：电费 ¥91.20')
})

const strange = story('not-an-account', setting, (stage) => {
  const { user, bank, bot } = stage
  user.says('电费')
  user.says('1234')
  bank.answers('not_an_account')
  bot.asked('没有这个户号')
  user.says('13012340000')
  bank.answers('none')
  bot.said('没有欠费')
})

const unreachable = story('unreachable', setting, (stage) => {
  const { user, bank, bot } = stage
  user.says('电费')
  user.says('13012340077')
  bank.answers('unknown')
  bot.said('暂时查不到账单')
  user.says('燃气费')
  bot.said('暂时不能在这里缴')
})

const forgotten = story('account-removed', setting, (stage) => {
  const { user, bank, bot } = stage
  goToBank(stage)
  bank.accepts({ receipt: 'B-1' })
  user.says('我的户号')
  user.taps('删除 电费 0077')
  bot.said('已删除')
  user.says('我的户号')
  bot.said('还没有保存户号')
})

const english = story('english', { ...setting, locale: 'en' }, (stage) => {
  const { user, bank, bot } = stage
  user.says('power bill')
  user.says('13012340077')
  bank.answers('found', { bills: [billOf(stage, '86.50', { lateFee: '150' })] })
  bot.asked('Feb 2026 · ¥1.50 of it is a late fee')
  user.taps('Pay')
  bank.accepts({ receipt: 'B-1' })
  bot.said('settled by State Grid')
})

export const stories: readonly Story[] = [
  ...[paid, twice, silent, reversed, lost, undecided, moved],
  ...[noMoney, noMoneyThenLeft, cancelled, months, strange, unreachable, forgotten, english],
]
