import { hours, money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const news = { id: 'ntc_1', state: 'notified' }
const purchase = (boughtAt: number, more: object = {}) => ({
  ...{ id: 'ntc_1', state: 'notified', amount: money('300.00', 'CNY'), shop: '东方超市', mask: '****1234' },
  ...{ boughtAt, ...more },
})

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
  user.taps('¥300.00 10:00')
  bank.answers('denied', purchase(clock.now, { state: 'denied', dispute: 'D-77' }))
  bot.said('D-77')
})

const notMine = story('spent-by-somebody-else', en, (stage) => {
  const { user, bank, bot, clock } = stage
  hear(stage)
  user.taps('It was not me')
  bank.timesOut()
  bot.asked('once more right now')
  user.taps('It was not me')
  bank.answers('denied', purchase(clock.now, { state: 'denied', dispute: 'D-78' }))
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

const late = story('spent-answered-elsewhere', zh, (stage) => {
  hear(stage)
  stage.user.taps('不是我')
  stage.bank.answers('too_late')
  stage.bot.said('已经处理过')
})

const card = (id: string, mask: string, preferred = false) => ({
  ...{ id, kind: 'debit', label: '储蓄卡', mask, canPay: true, default: preferred },
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
  const methods = [card('a', '****1234', true), card('b', '****6688')]
  user.says('my cards')
  bank.answers('listed', { methods })
  user.taps('Change the default')
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
  bank.answers('listed', { methods: [card('a', '****1234', true)] })
  user.taps('绑定一张卡')
  user.says('1111')
  bank.answers('limited')
  bot.said('请明天再试')
})

export const cardStories: readonly Story[] = [mine, notMine, silent, forged, late, bound, chosen, limited]
