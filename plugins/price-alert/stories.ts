import { minutes, seconds } from '@inthread/sdk'
import { story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const chinese = { plugin, locale: 'zh-CN' }
const english = { plugin, locale: 'en' }
const prices = [
  { id: 'gold', name: '积存金（元/克）', price: '780.00' },
  { id: 'steady-fund', name: '稳健成长基金', price: '1.2310' },
]
const gold = {
  id: 'pra-1',
  state: 'watching',
  product: 'gold',
  name: '积存金',
  direction: 'above' as const,
  price: '800',
}

export const stories: readonly Story[] = [
  story('set-and-crossed', chinese, ({ host, user, bank, bot }) => {
    user.says('金价')
    bank.answers('listed', { items: prices })
    user.taps('积存金')
    bot.asked('积存金现在 780.00 元/克')
    user.says('780')
    user.says('跌到 800')
    user.says('涨到８００元/克')
    bank.answers('watching', gold)
    bot.said('积存金涨到 800 元/克 或以上')
    host.tells('crossed', { id: 'pra-1', state: 'watching' })
    bank.answers('found', { ...gold, seen: '801.50' })
    bot.said('已涨到您设的 800，触发时为 801.50')
  }),
  story('set-below', english, ({ user, bank, bot }) => {
    user.says('price alert')
    bank.answers('listed', { items: prices })
    user.taps('稳健成长基金')
    user.says('1.2')
    bank.answers('watching', { ...gold, product: 'steady-fund', direction: 'below', price: '1.2' })
    bot.said('falls to 1.2')
  }),
  story('too-many', chinese, ({ user, bank, bot }) => {
    user.says('价格提醒')
    bank.answers('listed', { items: prices })
    user.taps('稳健成长基金')
    user.says('2')
    bank.answers('too_many')
    bot.said('最多关注 10 个')
  }),
  story('not-linked', chinese, ({ user, bank, bot }) => {
    user.says('金价')
    bank.declines('try_later')
    bot.said('银行现在不能查询')
    user.says('金价')
    bank.answers('listed', { items: prices })
    user.taps('积存金')
    user.says('800')
    bank.declines('not_linked')
    bot.said('还没有在本行开通')
    user.says('金价')
    bank.answers('listed', { items: prices })
    user.taps('积存金')
    user.says('800')
    bank.declines('try_later')
    bot.said('没有设置提醒')
  }),
  story('not-a-price', english, ({ user, bank, bot }) => {
    user.says('gold price')
    bank.answers('listed', { items: prices })
    user.taps('积存金')
    user.says('high')
    user.says('very high')
    user.says('higher')
    bot.said('leave it there')
  }),
  story('answer-lost', english, ({ user, bank, bot }) => {
    user.says('gold price')
    bank.answers('listed', { items: prices })
    user.taps('积存金')
    user.says('900')
    bank.timesOut()
    bot.said('has not answered yet')
  }),
  story('taken-back', chinese, ({ host, user, bank, bot }) => {
    user.says('我的提醒')
    bank.answers('listed', { items: [gold] })
    bot.asked('要取消哪个')
    user.taps('都留着')
    bot.said('提醒不变')
    user.says('取消提醒')
    bank.answers('listed', { items: [gold] })
    user.taps('积存金涨到 800')
    bank.answers('withdrawn')
    bot.said('不会再提醒')
    host.tells('crossed', { id: 'pra-1', state: 'withdrawn' })
    bank.answers('found', { ...gold, state: 'withdrawn', seen: '801.50' })
  }),
  story('none-set', english, ({ user, bank, bot }) => {
    user.says('my alerts')
    bank.answers('listed', { items: [] })
    bot.said('no price alerts')
    user.says('my alerts')
    bank.declines('not_linked')
    bot.said('not set up with the bank')
    user.says('my alerts')
    bank.declines('try_later')
    bot.said('cannot look this up right now')
    user.says('my alerts')
    bank.answers('listed', { items: [gold] })
    user.taps('积存金 above 800')
    bank.declines('declined')
    bot.said('the alert is still set')
    user.says('my alerts')
    bank.answers('listed', { items: [gold] })
    for (const words of ['hm', 'hmm', 'well']) user.says(words)
    bot.said('Nothing has changed')
  }),
  story('crossed-unread', chinese, ({ host, bank, bot, clock }) => {
    host.tells('crossed', { id: 'pra-1', state: 'watching' })
    bank.timesOut()
    clock.advance(seconds(20))
    bank.answers('found', { ...gold, seen: '801.50' })
    bot.said('触发时为 801.50')
    host.tells('crossed', { id: 'pra-1', state: 'watching' })
    bank.timesOut()
    for (const pause of [seconds(20), minutes(2), minutes(10)]) {
      clock.advance(pause)
      bank.timesOut()
    }
    bot.said('您关注的一个价格到了')
  }),
]
