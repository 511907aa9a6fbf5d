import { days, hours, minutes } from '@inthread/sdk'
import { story, type Story, type StorySetting } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'
import { documents } from '../rail/sample-documents.ts'
import { assertRefunds, assertSeats, buyTicket } from './sold-ticket.ts'

const setting: StorySetting = { plugin, locale: 'zh-CN', documents }
const withOffice: StorySetting = { ...setting, config: { ticketOffice: 'tickets.example.com' } }

const returned = story('returned', setting, (stage) => {
  const { user, bank, bot, money } = stage
  buyTicket(stage)
  user.says('退票')
  bot.asked('退票费 5%：¥27.68\n退回 ¥525.82')
  user.taps('确认退票')
  bank.accepts({ receipt: 'F-1' })
  bot.said('退票成功：G308')
  assertRefunds(stage, ['R-1 52582'])
  assertSeats(stage, [])
  user.says('退票')
  bot.said('没有可以改签或退的车票')
  money.balanced()
})

const kept = story('return-kept', setting, (stage) => {
  buyTicket(stage)
  stage.user.says('退票')
  stage.user.taps('不退了')
  stage.bot.said('保持不变')
  assertSeats(stage, ['G308 taken'])
})

const refused = story('return-refused', setting, (stage) => {
  const { user, bank, bot } = stage
  buyTicket(stage)
  user.says('退票')
  user.taps('确认退票')
  bank.declines('declined')
  bot.said('仍然有效')
  assertSeats(stage, ['G308 taken'])
  user.says('退票')
  bot.asked('退回 ¥525.82')
})

const lost = story('return-answer-lost', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  buyTicket(stage)
  user.says('退票')
  user.taps('确认退票')
  bank.timesOut()
  bot.said('¥525.82 正在退回')
  user.says('退票')
  bot.said('请不要重复办理')
  clock.advance(hours(3))
  bank.settles({ result: 'succeeded', receipt: 'F-1' })
  bot.said('退票成功')
  assertRefunds(stage, ['R-1 52582'])
  assertSeats(stage, [])
})

const unheard = story('return-never-decided', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  buyTicket(stage)
  user.says('退票')
  user.taps('确认退票')
  bank.timesOut()
  clock.advance(days(7))
  bot.said('¥525.82 还没有退成')
})

const departed = story('return-departed', setting, (stage) => {
  const { user, bot, clock } = stage
  buyTicket(stage)
  clock.advance(days(1))
  user.says('退票')
  bot.said('已经发车')
  user.says('改签')
  bot.said('已经发车')
})

const issueLate = story('ticketing-unknown', withOffice, (stage) => {
  const { user, bank, bot, host, clock } = stage
  user.says('明天上午从成都到北京，一张二等座')
  user.taps('对')
  user.taps('选 G308')
  user.taps('支付')
  bank.accepts({ receipt: 'R-1' })
  host.fails('late')
  bot.said('最多十分钟')
  for (let minute = 0; minute < 10; minute += 1) {
    clock.advance(minutes(1))
    host.fails('unreachable')
  }
  host.answers({ state: 'missing' })
  bank.accepts({ receipt: 'F-1' })
  bot.said('¥553.50 已原路退回')
  assertRefunds(stage, ['R-1 55350'])
  assertSeats(stage, [])
})

const issueFound = story('ticketing-found', withOffice, (stage) => {
  const { user, bank, bot, host, clock } = stage
  user.says('明天上午从成都到北京，一张二等座')
  user.taps('对')
  user.taps('选 G308')
  user.taps('支付')
  bank.accepts({ receipt: 'R-1' })
  host.fails('late')
  clock.advance(minutes(1))
  host.answers({ state: 'issued' })
  bot.said('出票成功 05车12A')
  assertSeats(stage, ['G308 taken'])
})

const english = story('return-english', { ...setting, locale: 'en' }, (stage) => {
  const { user, bank, bot } = stage
  user.says('train tickets from Chengdu to Beijing tomorrow morning')
  user.taps('Correct')
  user.taps('Choose G308')
  user.taps('Pay')
  bank.accepts({ receipt: 'R-1' })
  user.says('return ticket')
  bot.asked('Fee of 5%: ¥27.68')
  user.taps('Return the ticket')
  bank.accepts({ receipt: 'F-1' })
  bot.said('¥525.82 has gone back')
})

export const returnStories: readonly Story[] = [
  ...[returned, kept, refused, lost, unheard, departed, issueLate, issueFound, english],
]
