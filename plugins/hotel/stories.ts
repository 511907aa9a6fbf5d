import { days, hours } from '@inthread/sdk'
import { story, type Stage, type Story, type StorySetting } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const room = { city: 'beijing', currency: 'CNY', line: '近地铁', lineEn: 'close to the metro' }
const rooms = [
  { ...room, id: 'wangfujing', position: 1, name: '王府井酒店', nameEn: 'Wangfujing Hotel', price: '398.00', rooms: 2 },
  { ...room, id: 'west', position: 2, name: '西站酒店', nameEn: 'West Station Inn', price: '288.00', rooms: 1 },
]
const setting: StorySetting = { plugin, locale: 'zh-CN', documents: { rooms } }

function sell({ host, clock }: Stage, toCity = 'beijing'): void {
  host.tells('ticketed', { toCity, date: '2026-03-06', arrivesAt: clock.now + hours(29) * 1000 })
}

function goToBank(stage: Stage): void {
  const { user, bot } = stage
  sell(stage)
  bot.asked('王府井酒店 · ¥398.00/晚')
  user.taps('订王府井酒店')
  bot.asked('需要把您的姓名和手机号提供给王府井酒店')
  user.taps('同意')
}

const booked = story('booked', setting, (stage) => {
  goToBank(stage)
  stage.bank.accepts({ receipt: 'H-1' })
  stage.bot.said('预订成功：王府井酒店')
  stage.money.balanced()
})

const refusedConsent = story('no-consent', setting, (stage) => {
  sell(stage)
  stage.user.taps('订西站酒店')
  stage.user.taps('不同意')
  stage.bot.said('没有提供任何信息')
  if (stage.bank.asked.length > 0) throw new Error('nothing is asked of the bank')
})

const never = story('never-again', setting, (stage) => {
  sell(stage)
  stage.user.taps('不再推荐')
  stage.bot.said('以后不再推荐')
  stage.clock.advance(days(60))
  sell(stage)
  if (stage.bot.text !== '') throw new Error('never is never')
})

const capped = story('three-a-week', setting, (stage) => {
  for (let ticket = 0; ticket < 3; ticket += 1) {
    sell(stage)
    stage.bot.asked('西站酒店')
    stage.user.taps('不用了')
    stage.bot.said('好的')
    stage.clock.advance(hours(1))
  }
  sell(stage)
  if (stage.bot.text !== '') throw new Error('three a week are enough')
  stage.clock.advance(days(7))
  sell(stage)
  stage.bot.asked('西站酒店')
})

const elsewhere = story('no-hotel-there', setting, (stage) => {
  sell(stage, 'xian')
  if (stage.bot.text !== '') throw new Error('there is nothing to offer')
})

const full = story('full-before', setting, (stage) => {
  sell(stage)
  stage.others.reserve('rooms', 'rooms', { key: 'west', part: '2026-03-06' })
  stage.user.taps('订西站酒店')
  stage.user.taps('同意')
  stage.bot.said('刚刚订满')
})

const lapsed = story('full-after-paying', setting, (stage) => {
  goToBank(stage)
  stage.others.lapse()
  stage.bank.accepts({ receipt: 'H-1' })
  stage.bot.said('¥398.00 正在退回付款账户')
  stage.bank.accepts({ receipt: 'F-1' })
  stage.bot.said('¥398.00 已原路退回。您的车票不受影响')
})

const undecided = story('payment-never-decided', setting, (stage) => {
  goToBank(stage)
  stage.bank.timesOut()
  stage.clock.advance(days(7))
  stage.bot.said('请不要再付一次，回复“人工”')
})

const unheard = story('refund-lost', setting, (stage) => {
  goToBank(stage)
  stage.others.lapse()
  stage.bank.accepts({ receipt: 'H-1' })
  stage.bot.said('正在退回')
  stage.bank.timesOut()
  stage.clock.advance(days(7))
  stage.bot.said('还没有退成。请回复“人工”')
})

const unread = story('not-a-room', setting, (stage) => {
  sell(stage)
  stage.user.says('随便看看')
  stage.bot.said('先到这里')
})

const declined = story('declined', setting, (stage) => {
  goToBank(stage)
  stage.bank.declines('insufficient_funds')
  stage.bot.said('没有扣款，您的车票不受影响')
  if (stage.holds().length > 0) throw new Error('a room is held that nobody pays')
})

const lost = story('answer-lost', setting, (stage) => {
  goToBank(stage)
  stage.bank.timesOut()
  stage.bot.said('请不要重复支付')
  stage.bank.settles({ result: 'succeeded', receipt: 'H-1' })
  stage.bot.said('预订成功')
})

const english = story('english', { ...setting, locale: 'en' }, (stage) => {
  sell(stage)
  stage.bot.asked('Wangfujing Hotel · ¥398.00 a night')
  stage.user.taps('Book Wangfujing Hotel')
  stage.user.taps('I agree')
  stage.bank.accepts({ receipt: 'H-1' })
  stage.bot.said('Booked: Wangfujing Hotel')
})

export const stories: readonly Story[] = [
  ...[booked, refusedConsent, never, capped, elsewhere],
  ...[full, lapsed, undecided, unheard, unread, declined, lost, english],
]
