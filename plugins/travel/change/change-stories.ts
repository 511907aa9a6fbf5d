import { days, hours, minutes } from '@inthread/sdk'
import { story, type Stage, type Story, type StorySetting } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'
import { documents } from '../rail/sample-documents.ts'
import { assertRefunds, assertSeats, buyTicket } from '../after/sold-ticket.ts'

const setting: StorySetting = { plugin, locale: 'zh-CN', documents }
const withOffice: StorySetting = { ...setting, config: { ticketOffice: 'tickets.example.com' } }

/** From G308 to the dearer G320 in the afternoon, up to the bank. */
function goToBank(stage: Stage): void {
  const { user, bot } = stage
  buyTicket(stage)
  user.says('改签到下午')
  bot.asked('补差价 ¥36.00')
  user.taps('选 G320')
  bot.asked('改签 G320 14:00，补差价 ¥36.00')
  assertSeats(stage, ['G308 taken', 'G320 held'])
  user.taps('确认改签')
}

const dearer = story('changed-dearer', setting, (stage) => {
  const { user, bank, bot, money } = stage
  goToBank(stage)
  bank.accepts({ receipt: 'R-2' })
  bot.said('改签成功 06车1A')
  bot.said('已补差价 ¥36.00')
  assertSeats(stage, ['G320 taken'])
  user.says('改签')
  bot.said('只能改签一次')
  money.balanced()
})

const bothBack = story('changed-and-returned', setting, (stage) => {
  const { user, bank, bot } = stage
  goToBank(stage)
  bank.accepts({ receipt: 'R-2' })
  user.says('退票')
  bot.asked('退票费 5%：¥29.48\n退回 ¥560.02')
  user.taps('确认退票')
  bank.accepts({ receipt: 'F-1' })
  bank.accepts({ receipt: 'F-2' })
  bot.said('退票成功：G320')
  assertRefunds(stage, ['R-2 3600', 'R-1 52402'])
  assertSeats(stage, [])
})

const cheaper = story('changed-cheaper', setting, (stage) => {
  const { user, bank, bot } = stage
  buyTicket(stage)
  user.says('改签')
  bot.asked('改到什么时候')
  user.says('上午')
  user.taps('选 G310')
  bot.asked('退差价 ¥4.50')
  user.taps('确认改签')
  bot.said('差价 ¥4.50 正在退回')
  assertSeats(stage, ['G310 taken'])
  bank.accepts({ receipt: 'F-1' })
  bot.said('差价 ¥4.50 已退回')
  assertRefunds(stage, ['R-1 450'])
})

/** Nobody waits for the money to hear of the ticket; of the money they hear once, when the bank knows. */
const owed = story('change-refund-lost', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  buyTicket(stage)
  user.says('改签到上午')
  user.taps('选 G310')
  user.says('改一下')
  bot.asked('退差价 ¥4.50')
  user.says('确认')
  bot.said('改签成功')
  bank.timesOut()
  if (bot.text !== '') throw new Error('that it is on its way was said before')
  clock.advance(days(7))
  bot.said('差价 ¥4.50 还没有退成')
})

/** The bank never says whether the difference was paid: people have to look. */
const unclear = story('change-never-decided', setting, (stage) => {
  const { bank, bot, clock } = stage
  goToBank(stage)
  bank.timesOut()
  clock.advance(days(7))
  bot.said('银行没有说明 ¥36.00 是否已付')
})

const departs = story('change-departed', setting, (stage) => {
  const { user, bot, clock } = stage
  buyTicket(stage)
  clock.advance(hours(21) + minutes(50))
  user.says('改签到下午')
  user.taps('选 G320')
  clock.advance(minutes(14))
  user.taps('确认改签')
  bot.said('已经发车')
  assertSeats(stage, ['G308 taken'])
})

const declined = story('change-declined', setting, (stage) => {
  const { user, bank, bot } = stage
  goToBank(stage)
  bank.declines('insufficient_funds')
  bot.said('原票 G308 仍然有效')
  assertSeats(stage, ['G308 taken'])
  user.says('退票')
  bot.asked('退回 ¥525.82')
})

const lost = story('change-answer-lost', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  goToBank(stage)
  bank.timesOut()
  bot.said('请不要重复支付')
  user.says('退票')
  bot.said('请不要重复办理')
  clock.advance(hours(2))
  bank.settles({ result: 'succeeded', receipt: 'R-2' })
  bot.said('改签成功')
  assertSeats(stage, ['G320 taken'])
})

const refusedLater = story('change-refused-later', setting, (stage) => {
  const { bank, bot } = stage
  goToBank(stage)
  bank.timesOut()
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('原票 G308 仍然有效')
  assertSeats(stage, ['G308 taken'])
})

const dropped = story('change-dropped', setting, (stage) => {
  const { user, bot } = stage
  buyTicket(stage)
  user.says('改签到下午')
  user.taps('选 G320')
  user.taps('不改了')
  bot.said('没有改签')
  assertSeats(stage, ['G308 taken'])
})

const full = story('change-full', setting, (stage) => {
  const { user, bot, others } = stage
  buyTicket(stage)
  user.says('改签到下午')
  others.reserve('seats', 'places', { key: 'G320/second', part: '2026-03-06' })
  user.taps('选 G320')
  bot.said('G320 刚刚售完了')
  bot.asked('没有可以改签的车次')
})

/** The difference is paid, the office has no ticket: the old one stays and the difference goes back. */
const notIssued = story('change-not-issued', withOffice, (stage) => {
  const { user, bank, bot, host } = stage
  user.says('明天上午从成都到北京，一张二等座')
  user.taps('对')
  user.taps('选 G308')
  user.taps('支付')
  bank.accepts({ receipt: 'R-1' })
  host.answers({ state: 'issued' })
  user.says('改签到下午')
  user.taps('选 G320')
  user.taps('确认改签')
  bank.accepts({ receipt: 'R-2' })
  host.answers({ state: 'refused' })
  bot.said('原票 G308 仍然有效，差价 ¥36.00 正在退回')
  bank.accepts({ receipt: 'F-1' })
  bot.said('差价 ¥36.00 已退回')
  assertRefunds(stage, ['R-2 3600'])
  assertSeats(stage, ['G308 taken'])
})

const expired = story('change-expired', setting, (stage) => {
  const { bank, bot, clock } = stage
  goToBank(stage)
  clock.advance(minutes(15))
  bank.expires()
  bot.said('原票 G308 仍然有效')
  assertSeats(stage, ['G308 taken'])
})

const english = story('change-english', { ...setting, locale: 'en' }, (stage) => {
  const { user, bank, bot } = stage
  user.says('train tickets from Chengdu to Beijing tomorrow morning')
  user.taps('Correct')
  user.taps('Choose G308')
  user.taps('Pay')
  bank.accepts({ receipt: 'R-1' })
  user.says('change my ticket to the afternoon')
  user.taps('Choose G320')
  bot.asked('¥36.00 more')
  user.taps('Change the ticket')
  bank.accepts({ receipt: 'R-2' })
  bot.said('Changed: Coach 6, seat 1A')
})

export const changeStories: readonly Story[] = [
  ...[dearer, bothBack, cheaper, declined, lost, refusedLater],
  ...[dropped, full, notIssued, expired, english],
  ...[owed, unclear, departs],
]
