import { days, hours, minutes } from '@inthread/sdk'
import { changeStories } from './change/change-stories.ts'
import { returnStories } from './after/return-stories.ts'
import { story, type Stage, type Story, type StorySetting } from '@inthread/sdk/testing'
import plugin from './plugin.ts'
import { documents } from './rail/sample-documents.ts'

const setting: StorySetting = { plugin, locale: 'zh-CN', documents, neighbour: { config: { daysAhead: 3 } } }

/** From a sentence to the seat that is held, and on to the bank. */
function goToBank({ user, bot }: Stage): void {
  user.says('明天上午从成都到北京，一张二等座')
  bot.asked('我理解得对吗')
  user.taps('对')
  user.taps('选 G308')
  bot.asked('座位为您保留到10:15')
  user.taps('支付')
}

const ticket = story('ticket', setting, (stage) => {
  const { bank, bot, money } = stage
  goToBank(stage)
  bank.accepts({ receipt: 'R-1001' })
  bot.said('出票成功 05车12A')
  money.balanced()
})

const cancelled = story('cancelled', setting, (stage) => {
  const { user, bank, bot, money } = stage
  goToBank(stage)
  bank.cancels()
  bot.said('没有扣款')
  user.taps('不订了')
  if (stage.holds().length > 0) throw new Error('a seat is held that nobody wants')
  money.balanced()
})

const noMoney = story('no-money', setting, (stage) => {
  const { user, bank, bot } = stage
  goToBank(stage)
  bank.declines('insufficient_funds')
  bot.said('账户余额不足')
  user.taps('再试一次')
  user.taps('支付')
  bank.accepts({ receipt: 'R-1002' })
  bot.said('出票成功')
})

const declined = story('declined', setting, (stage) => {
  const { user, bank, bot } = stage
  goToBank(stage)
  bank.declines('declined')
  bot.said('银行没有通过这笔付款')
  user.taps('换一趟')
  bot.asked('G310')
})

const expired = story('expired', setting, (stage) => {
  const { bank, bot, clock } = stage
  goToBank(stage)
  clock.advance(minutes(15))
  bank.expires()
  bot.said('支付时间已过')
})

const answerLost = story('answer-lost', setting, (stage) => {
  const { bank, bot, clock, money } = stage
  goToBank(stage)
  bank.timesOut()
  bot.said('请不要重复支付')
  clock.advance(hours(2))
  bank.settles({ result: 'succeeded', receipt: 'R-1004' })
  bot.said('出票成功 05车12A')
  money.balanced()
})

const undecided = story('never-decided', setting, (stage) => {
  const { bank, bot, clock } = stage
  goToBank(stage)
  bank.timesOut()
  clock.advance(days(7))
  bot.said('请不要重复支付，回复“人工”')
})

const refusedLater = story('refused-later', setting, (stage) => {
  const { bank, bot } = stage
  goToBank(stage)
  bank.timesOut()
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('银行没有通过这笔付款')
})

const corrected = story('corrected', setting, ({ user, bot }) => {
  user.says('订火车票')
  user.says('成都')
  user.says('西安')
  user.says('上一步')
  bot.asked('您要去哪个城市')
  user.says('北京')
  user.says('明天')
  bot.asked('G308')
})

const soldOut = story('sold-out', setting, ({ user, bot, others }) => {
  user.says('明天上午从成都到北京，一张二等座')
  user.taps('对')
  others.reserve('seats', 'places', { key: 'G310/second', part: '2026-03-06' })
  user.taps('选 G310')
  bot.said('刚刚售完')
})

const left = story('left', setting, ({ user, bot, clock }) => {
  user.says('明天上午从成都到北京，一张二等座')
  user.taps('对')
  user.taps('选 G308')
  clock.advance(minutes(15))
  bot.said('座位保留时间已到')
})

const english = story('english', { ...setting, locale: 'en' }, ({ user, bank, bot }) => {
  user.says('train tickets from Chengdu to Beijing tomorrow morning')
  user.taps('Correct')
  user.taps('Choose G308')
  user.taps('Pay')
  bank.accepts({ receipt: 'R-1001' })
  bot.said('Ticket issued: Coach 5, seat 12A')
})

export const stories: readonly Story[] = [
  ...[ticket, cancelled, noMoney, declined, expired, answerLost, refusedLater],
  ...[undecided, corrected, soldOut, left, english],
  ...changeStories,
  ...returnStories,
]
