import { hours, minutes, money, seconds } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const news = { id: 'ntc_1', state: 'notified' }
const purchase = (boughtAt: number, more: object = {}) => ({
  ...{ id: 'ntc_1', state: 'notified', amount: money('300.00', 'CNY'), shop: '东方超市', mask: '****1234' },
  ...{ boughtAt, ...more },
})

const card = (id: string, mask: string, preferred = false) => ({
  ...{ id, kind: 'debit', label: '储蓄卡', mask, canPay: true, default: preferred },
})

const locked = (boughtAt: number, dispute: string) => purchase(boughtAt, { state: 'denied', dispute, card: 'frozen' })

function hear({ host, bank, clock }: Stage): void {
  host.tells('spent', news)
  bank.answers('found', purchase(clock.now))
}

const mine = story('spent-by-me', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  hear(stage)
  bot.asked('尾号 1234 消费 ¥300.00')
  user.taps('是我')
  bank.answers('confirmed', purchase(clock.now, { state: 'confirmed' }))
  bot.said('谢谢确认')
  user.says('不是我')
  bank.answers('listed', { items: [purchase(clock.now, { state: 'confirmed' })] })
  user.taps('¥300.00 3月5日 10:00')
  bank.answers('denied', locked(clock.now, 'D-77'))
  bot.said('已锁定尾号 1234 的卡，争议受理单 D-77')
})

const notMine = story('spent-by-somebody-else', en, (stage) => {
  const { user, bank, bot, clock } = stage
  hear(stage)
  user.taps('It was not me')
  bank.timesOut()
  bot.asked('once more right now')
  user.taps('It was not me')
  bank.answers('denied', locked(clock.now, 'D-78'))
  bot.said('Card 1234 is locked, dispute D-78')
})

const silent = story('spent-unanswered', zh, (stage) => {
  hear(stage)
  stage.clock.advance(hours(24))
  stage.user.says('不是我')
  stage.bank.answers('listed', { items: [] })
  stage.bot.said('没有待确认')
})

const forged = story('spent-forged', zh, (stage) => {
  stage.host.tells('spent', { id: 'ntc_forged', state: 'notified' })
  stage.bank.declines('declined')
  if (stage.bot.text !== '') throw new Error('of what the bank does not know nothing is said')
})

/** In the middle of something else: the question there waits. */
const urgent = story('spent-in-between', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('我的卡')
  bank.answers('listed', { methods: [card('a', '****1234', true)] })
  bot.asked('储蓄卡 ****1234（默认）')
  hear(stage)
  bot.asked('尾号 1234 消费 ¥300.00')
  user.says('不是')
  bank.answers('denied', locked(clock.now, 'D-79'))
  bot.said('争议受理单 D-79')
  bot.asked('储蓄卡 ****1234（默认）')
})

const inWords = story('spent-in-words', en, (stage) => {
  const { user, bank, bot, clock } = stage
  hear(stage)
  user.says('yes')
  bank.answers('confirmed', purchase(clock.now, { state: 'confirmed' }))
  bot.said('Thank you')
  hear(stage)
  for (const words of ['what?', 'which one?', 'hm']) user.says(words)
  bot.said('write “not me” and the card will be locked')
})

/** What is not locked is never called so. */
const refused = story('spent-not-taken', en, (stage) => {
  const { user, bank, bot, clock } = stage
  hear(stage)
  user.taps('It was not me')
  bank.declines('try_later')
  bot.said('the card is NOT locked')
  bot.asked('Card 1234: ¥300.00 spent')
  user.says('no')
  bank.answers('denied', purchase(clock.now, { state: 'denied', card: 'open' }))
  bot.said('has not said that card 1234 is locked')
  hear(stage)
  user.taps('It was me')
  bank.declines('declined')
  bot.said('The bank has not noted your answer')
})

/** The bank does not answer: its news is not lost. */
const unread = story('spent-unread', zh, (stage) => {
  const { host, bank, bot, clock } = stage
  host.tells('spent', news)
  bank.timesOut()
  clock.advance(seconds(20))
  bank.answers('found', purchase(clock.now))
  bot.asked('尾号 1234 消费 ¥300.00')
  stage.user.taps('是我')
  bank.answers('confirmed', purchase(clock.now, { state: 'confirmed' }))
  host.tells('spent', news)
  bank.timesOut()
  for (const pause of [seconds(20), minutes(2), minutes(10)]) {
    clock.advance(pause)
    bank.timesOut()
  }
  bot.said('您的卡刚刚有一笔消费')
  host.tells('spent', news)
  bank.declines('try_later')
  bot.said('您的卡刚刚有一笔消费')
})

const dayOver = story('spent-a-day-later', zh, (stage) => {
  const { host, user, bank, bot, clock } = stage
  host.tells('spent', news)
  bank.answers('found', purchase(clock.now, { state: 'unanswered' }))
  user.taps('是我')
  bot.said('不用再做什么')
  user.says('盗刷')
  bank.declines('declined')
  bot.said('如果卡被盗刷，请马上回复“人工”')
  user.says('盗刷')
  bank.declines('not_linked')
  bot.said('还没有在本行开通')
  user.says('盗刷')
  bank.answers('listed', { items: [purchase(clock.now, { state: 'unanswered' })] })
  for (const words of ['嗯', '哪一笔', '不知道']) user.says(words)
  bot.said('卡会马上锁定')
})

const disputed = (boughtAt: number, state: string, more: object = {}) =>
  purchase(boughtAt, { state, dispute: 'D-77', card: 'frozen', ...more })

function tell({ host, bank, clock }: Stage, [event, state]: readonly [string, string], more: object = {}): void {
  host.tells(event, { id: 'ntc_1', state })
  bank.answers('found', disputed(clock.now, state, more))
}

const won = story('dispute-won', zh, (stage) => {
  tell(stage, ['credited', 'provisional_credit'], { credited: true })
  stage.bot.said('争议 D-77 核实期间，银行已先把 ¥300.00 补给您')
  tell(stage, ['won', 'resolved_won'], { credited: true })
  stage.bot.said('¥300.00 归您。尾号 1234 的卡仍然锁定')
})

/** It is not urgent: it comes when nothing else is open. */
const waits = story('dispute-waits', zh, (stage) => {
  const { host, user, bank, bot, clock } = stage
  user.says('我的卡')
  bank.answers('listed', { methods: [card('a', '****1234', true)] })
  host.tells('won', { id: 'ntc_1', state: 'resolved_won' })
  if (bot.text !== '') throw new Error('somebody is in the middle of something else')
  user.taps('看完了')
  bank.answers('found', disputed(clock.now, 'resolved_won', { card: 'open' }))
  bot.said('争议 D-77 已核实，¥300.00 归您')
  if (bot.text.includes('锁定')) throw new Error('the card is open')
})

const lost = story('dispute-lost', en, (stage) => {
  const { host, bank, bot, clock } = stage
  tell(stage, ['lost', 'resolved_lost'], { credited: true })
  bot.said('Dispute D-77 was not upheld, and the ¥300.00 credited to you was taken back')
  tell(stage, ['lost', 'resolved_lost'], { dispute: undefined })
  bot.said('Your dispute was not upheld. Write')
  // What has become of it since is told by itself.
  host.tells('credited', { id: 'ntc_1', state: 'provisional_credit' })
  bank.answers('found', disputed(clock.now, 'resolved_lost'))
  if (bot.text !== '') throw new Error('nothing is said of a credit that is gone')
  host.tells('won', { id: 'ntc_1', state: 'resolved_won' })
  bank.declines('declined')
  if (bot.text !== '') throw new Error('of what the bank does not know nothing is said')
  host.tells('won', { id: 'ntc_1', state: 'resolved_won' })
  bank.timesOut()
  for (const pause of [seconds(20), minutes(2), minutes(10)]) {
    clock.advance(pause)
    bank.timesOut()
  }
  bot.said('There is news of your dispute')
})

const late = story('spent-answered-elsewhere', zh, (stage) => {
  hear(stage)
  stage.user.taps('不是我')
  stage.bank.answers('too_late')
  stage.bot.said('已经处理过')
})

const bound = story('cards-bound', zh, ({ user, bank, bot }) => {
  user.says('我的卡')
  bank.answers('listed', { methods: [card('a', '****1234', true)] })
  bot.asked('储蓄卡 ****1234（默认）')
  user.taps('绑定一张卡')
  user.says('66')
  user.says('6689')
  bank.answers('no_such_card')
  bot.asked('没有这张卡')
  user.says('6688')
  bank.answers('bound')
  bot.said('已绑定')
})

const chosen = story('cards-chosen', en, ({ user, bank, bot }) => {
  const methods = [card('a', '****1234', true), card('b', '****6688'), { ...card('c', '****9900'), canPay: false }]
  user.says('my cards')
  bank.answers('listed', { methods })
  bot.asked('储蓄卡 ****9900 (cannot pay now)')
  user.taps('Change the default')
  if (bot.labels.length !== 1)
    throw new Error(`only another card that can pay becomes the default: ${bot.labels.join()}`)
  user.taps('储蓄卡 ****6688')
  bank.answers('chosen')
  bot.said('that one from now on')
  user.says('my cards')
  bank.answers('listed', { methods })
  user.taps('Remove one')
  user.taps('储蓄卡 ****1234')
  bank.answers('not_bound')
  bot.said('cannot be removed')
  user.says('my cards')
  bank.answers('listed', { methods })
  user.taps('Remove one')
  user.taps('储蓄卡 ****6688')
  bank.answers('unbound')
  bot.said('Removed')
})

const limited = story('cards-limited', zh, ({ user, bank, bot }) => {
  user.says('绑卡')
  bank.declines('not_linked')
  bot.said('还没有在本行开通')
  user.says('绑卡')
  bank.declines('try_later')
  bot.said('银行现在不能查询')
  user.says('绑卡')
  bank.answers('listed', { methods: [card('a', '****1234', true)] })
  user.taps('绑定一张卡')
  user.says('1111')
  bank.answers('limited')
  bot.said('请明天再试')
})

const unsure = story('cards-unsure', zh, ({ user, bank, bot }) => {
  const methods = [card('a', '****1234', true), card('b', '****6688')]
  user.says('我的卡')
  bank.answers('listed', { methods })
  user.taps('解绑')
  user.taps('储蓄卡 ****6688')
  bank.timesOut()
  bot.said('不确定是否已办成')
  user.says('我的卡')
  bank.answers('listed', { methods })
  user.taps('换默认卡')
  user.taps('储蓄卡 ****6688')
  bank.declines('declined')
  bot.said('您的卡没有变动')
  user.says('我的卡')
  bank.answers('listed', { methods })
  user.taps('看完了')
  bot.said('好的，先到这里')
  user.says('我的卡')
  bank.answers('listed', { methods })
  for (const words of ['嗯', '嗯嗯', '呃']) user.says(words)
  bot.said('先到这里')
})

export const cardStories: readonly Story[] = [
  ...[mine, notMine, silent, forged, late, urgent, inWords, refused, unread, dayOver],
  ...[won, waits, lost, bound, chosen, limited, unsure],
]
