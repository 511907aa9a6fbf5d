import { addMs, minutes, money, seconds } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }

const branch = (id: string, name: string) => ({
  ...{ id, name, district: '城北区', address: '长江路 1 号', services: ['cash-large'] },
  location: { latitude: 30.7, longitude: 104.1 },
})
const branches = { items: [branch('north', '北城支行'), branch('centre', '中心支行')] }
const slot = (id: string, from: string, free = 2) => ({ id, from, to: from.replace(':00:00', ':30:00'), free })
const slots = { items: [slot('s1', '2026-03-06T10:00:00+08:00'), slot('s2', '2026-03-06T14:00:00+08:00')] }

const visit = (state: string) => ({
  ...{ id: 'apt_1', state, branch: 'north', branchName: '北城支行', service: 'cash-large', serviceName: '大额取现' },
  ...{ from: '2026-03-06T10:00:00+08:00', to: '2026-03-06T10:30:00+08:00', ticketNo: 'N123' },
})

function hold({ bank, clock }: Stage): void {
  const { id: _id, state: _state, ticketNo: _ticket, ...rest } = visit('')
  bank.answers('held', { ...rest, id: 'slt_1', expiresAt: addMs(clock.now, minutes(5)), facts: [] })
}

function goToHold(stage: Stage, words: string): void {
  const { user, bank } = stage
  user.says(words)
  bank.answers('listed', branches)
  user.taps('选北城支行')
  user.taps('3月6日')
  bank.answers('listed', slots)
  user.taps('上午')
  user.taps('10:00')
}

function goToGeneral({ user, bank }: Stage): void {
  user.says('book a visit')
  user.taps('A certificate')
  bank.answers('listed', branches)
  user.says('中心支行')
  user.taps('6 Mar')
  bank.answers('listed', slots)
  user.taps('Morning')
  user.taps('10:00')
}

const cash = story('visit-large-cash', zh, (stage) => {
  const { user, bank, bot } = stage
  goToHold(stage, '预约取10万现金')
  hold(stage)
  bot.asked('金额：¥100,000.00')
  bot.asked('3月6日 10:00–10:30')
  user.taps('确认')
  bank.answers('ordering', { receipt: 'R-1', id: 'apt_1', ticketNo: 'N123' })
  bot.said('正在备款')
  bank.settles({ result: 'succeeded', receipt: 'R-1' })
  bot.said('排队号 N123')
})

const noStock = story('visit-no-stock', zh, (stage) => {
  const { user, bank, bot } = stage
  goToHold(stage, '预约取10万现金')
  hold(stage)
  user.taps('确认')
  bank.answers('ordering', { receipt: 'R-1', id: 'apt_1' })
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.asked('备不齐')
  stage.host.tells('calledOff', { id: 'apt_1', state: 'cancelled' })
  if (bot.text !== '') throw new Error('what has been said is not said again')
  user.taps('改时间')
  user.taps('3月6日')
  bank.answers('listed', slots)
  user.taps('下午')
  user.taps('14:00')
  hold(stage)
  user.taps('确认')
  bank.answers('ordering', { receipt: 'R-2', id: 'apt_2' })
  bank.settles({ result: 'declined', reason: 'declined' })
  user.taps('不约了')
  bot.said('好的，先到这里')
})

/** The bank's own card says that it refused, and why. */
const refused = story('visit-refused', en, (stage) => {
  const { user, bank, bot } = stage
  goToGeneral(stage)
  hold(stage)
  user.taps('Book it')
  bank.declines('declined')
  bot.asked('No place is taken. Would another time do?')
  if (bot.text.includes('cash')) throw new Error('there was no cash to be ordered')
  user.taps('Another time')
  user.taps('6 Mar')
  bank.answers('listed', slots)
  user.taps('Morning')
  user.taps('10:00')
  hold(stage)
  user.taps('Book it')
  bank.timesOut()
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.asked('The visit could not be booked')
})

/** More times than fit under one message, all of them before noon. */
const crowded = story('visit-many-times', zh, (stage) => {
  const { user, bank, bot } = stage
  const quarters = Array.from({ length: 12 }, (_each, index) => {
    const [hour, minute] = [9 + Math.floor(index / 4), (index % 4) * 15]
    return slot(`s${index}`, `2026-03-06T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+08:00`)
  })
  user.says('预约取10万现金')
  bank.answers('listed', branches)
  user.taps('选北城支行')
  user.taps('3月6日')
  bank.answers('listed', { items: quarters })
  bot.asked('几点到')
  user.taps('更多时间')
  bot.asked('几点到')
  if (bot.labels.join() !== '11:15,11:30,11:45,更多时间,换一天') throw new Error(bot.labels.join())
  user.taps('更多时间')
  user.taps('09:00')
  bank.declines('try_later')
  bot.said('暂时查不到时段，没有预约')
})

const taken = story('visit-taken', zh, (stage) => {
  const { user, bank, bot } = stage
  goToHold(stage, '预约取10万现金')
  bank.answers('taken')
  bot.said('刚刚被别人约走了')
  bank.answers('listed', slots)
  user.taps('下午')
  user.taps('换一天')
  user.taps('3月7日')
  bank.answers('listed', { items: [] })
  bot.asked('那天没有空位了')
  user.taps('3月9日')
  bank.timesOut()
  bot.said('暂时查不到时段，没有预约')
  goToHold(stage, '预约取10万现金')
  bank.declines('not_linked')
  bot.said('还没有在本行开通')
})

const general = story('visit-general', en, (stage) => {
  const { user, bank, bot } = stage
  goToGeneral(stage)
  hold(stage)
  user.taps('Another time')
  user.taps('6 Mar')
  bank.answers('listed', slots)
  user.taps('Afternoon')
  user.taps('14:00')
  hold(stage)
  user.taps('Book it')
  bank.accepts({ receipt: 'R-2', id: 'apt_2', ticketNo: 'C456' })
  bot.said('ticket C456')
})

const left = story('visit-left', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  goToHold(stage, '预约取10万现金')
  hold(stage)
  user.taps('不约了')
  bot.said('没有预约')
  goToHold(stage, '预约取10万现金')
  hold(stage)
  user.taps('确认')
  bank.timesOut()
  bot.said('请不要重复预约')
  clock.advance(minutes(1))
  bank.settles({ result: 'succeeded', receipt: 'R-3' })
  bot.said('已约好')
})

const moved = story('visit-moved', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('我的预约')
  bank.answers('listed', { items: [visit('booked_confirmed'), visit('cancelled')] })
  user.taps('改时间 N123')
  user.taps('3月6日')
  bank.answers('listed', slots)
  user.taps('下午')
  user.taps('14:00')
  hold(stage)
  bank.answers('moved', visit('booked_confirmed'))
  bot.said('已改到')
  user.says('我的预约')
  bank.answers('listed', { items: [visit('booked_confirmed')] })
  user.taps('改时间 N123')
  user.taps('3月6日')
  bank.timesOut()
  bot.said('预约没有改动')
})

/** Nobody is told that nothing was done where nobody knows. */
const unsure = story('visit-unsure', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('我的预约')
  bank.declines('not_linked')
  bot.said('还没有在本行开通')
  user.says('我的预约')
  bank.declines('try_later')
  bot.said('银行现在不能查询')
  user.says('我的预约')
  bank.answers('listed', { items: [visit('booked_confirmed')] })
  user.taps('取消预约 N123')
  bank.timesOut()
  bot.said('不确定是否已办成')
  stage.host.tells('calledOff', { id: 'apt_1', state: 'cancelled' })
  if (bot.text !== '') throw new Error('the user has cancelled it')
  user.says('我的预约')
  bank.answers('listed', { items: [visit('booked_confirmed')] })
  user.taps('取消预约 N123')
  bank.declines('declined')
  bot.said('银行没有受理，预约没有改动')
  user.says('我的预约')
  bank.answers('listed', { items: [visit('booked_confirmed')] })
  for (const words of ['嗯', '嗯嗯', '呃']) user.says(words)
  bot.said('先到这里')
})

const cancelled = story('visit-cancelled', en, ({ user, bank, bot }) => {
  user.says('my visits')
  bank.answers('listed', { items: [visit('needs_confirmation')] })
  user.taps('Cancel N123')
  bank.answers('cancelled')
  bot.said('cancelled')
  user.says('my visits')
  bank.answers('listed', { items: [visit('booked_confirmed')] })
  user.taps('Cancel N123')
  bank.answers('too_late')
  bot.said('too close')
  user.says('my visits')
  bank.answers('listed', { items: [] })
  bot.said('no visits')
})

const reminded = story('visit-reminded', zh, ({ host, user, bank, bot }) => {
  host.tells('reminded', { id: 'apt_1', state: 'booked_confirmed' })
  bank.answers('found', visit('booked_confirmed'))
  bot.asked('提醒：3月6日 10:00 在北城支行')
  user.taps('取消预约')
  bank.answers('cancelled')
  bot.said('预约已取消')
  host.tells('reminded', { id: 'apt_1', state: 'cancelled' })
  bank.answers('found', visit('cancelled'))
  if (bot.text !== '') throw new Error('nobody is reminded of what is off')
  host.tells('reminded', { id: 'apt_1', state: 'booked_confirmed' })
  bank.answers('found', visit('booked_confirmed'))
  user.taps('好的')
  bot.said('预约没有改动')
})

/** The bank does not answer: its news is not lost. */
const unread = story('visit-unread', zh, ({ host, bank, bot, clock }) => {
  for (const event of ['reminded', 'calledOff']) {
    host.tells(event, { id: 'apt_3', state: 'booked_confirmed' })
    bank.timesOut()
    for (const pause of [seconds(20), minutes(2), minutes(10)]) {
      clock.advance(pause)
      bank.timesOut()
    }
    bot.said(event === 'reminded' ? '您近期有网点预约' : '网点预约有变动')
  }
  host.tells('calledOff', { id: 'apt_4', state: 'cancelled' })
  bank.declines('declined')
  if (bot.text !== '') throw new Error('of what the bank does not know nothing is said')
})

/** By the branch, in the middle of something else. */
const calledOff = story('visit-called-off', zh, (stage) => {
  const { host, user, bank, bot } = stage
  user.says('预约网点')
  host.tells('calledOff', { id: 'apt_1', state: 'cancelled' })
  bank.answers('found', { ...visit('cancelled'), cash: money('100000.00', 'CNY') })
  bot.asked('北城支行 3月6日 10:00 的预约已被取消')
  user.taps('改时间')
  bank.answers('listed', branches)
  bot.asked('哪一天去')
  user.taps('3月7日')
  bank.answers('listed', slots)
  user.taps('下午')
  user.taps('14:00')
  hold(stage)
  user.taps('不约了')
  bot.said('没有预约')
  bot.asked('要办什么业务')
  host.tells('calledOff', { id: 'apt_2', state: 'cancelled' })
  bank.answers('found', visit('booked_confirmed'))
  if (bot.text !== '') throw new Error('it is on')
})

export const visitStories: readonly Story[] = [
  ...[cash, noStock, refused, crowded, taken, general, left],
  ...[moved, unsure, cancelled, reminded, unread, calledOff],
]
