import { story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const setting = {
  plugin,
  locale: 'zh-CN',
  config: { host: 'shop.example.com', words: ['订餐'] },
  neighbour: { config: { host: 'other.example.com', words: ['订餐'], payments: false } },
}
const menu = { ask: { text: '要什么？', options: [{ label: '牛肉面', value: 'beef' }] } }
const bill = { pay: { amount: '12.50', currency: 'CNY', purpose: '牛肉面', reference: 'o-1' } }

const ordered = story('ordered', setting, ({ user, host, bank, bot }) => {
  user.says('订餐')
  host.answers(menu)
  bot.asked('要什么？')
  user.taps('牛肉面')
  host.answers(bill)
  bank.accepts({ receipt: 'R-1' })
  bot.said('R-1')
  host.answers({ messages: [{ text: '已经下单' }] })
  bot.said('已经下单')
})

const answerLost = story('answer-lost', setting, ({ user, host, bank, bot }) => {
  user.says('订餐')
  host.answers(bill)
  bank.timesOut()
  bot.said('请勿重复支付')
  host.fails('late')
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('没有付款')
})

const broken = story('broken', setting, ({ user, host, bot }) => {
  user.says('订餐')
  host.answers({ pay: { ...bill.pay, amount: '-1' } })
  bot.said('没有付款')
})

const silent = story('silent', setting, ({ user, host }) => {
  user.says('订餐')
  host.answers({ text: 'not as agreed' })
})

export const stories: readonly Story[] = [ordered, answerLost, broken, silent]
