import { money } from '@inthread/sdk'
import { proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0021', amount: money('880.00', 'CNY'), payee: '数码商城 ****3308' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const zh = { commit: 'pay', order: 'o-21', ready: { methods: [account], order }, confirm: '确认担保付款' }
const en = { ...zh, confirm: 'Pay, kept by the bank' }
const settings = { zh: { plugin, locale: 'zh-CN' }, en: { plugin, locale: 'en' } }

export const stories: readonly Story[] = [
  story('kept', settings.zh, (stage) => {
    proveAtCounter(stage, zh)
    stage.bank.accepts({ receipt: '0021', facts: [{ label: '付给卖家', value: '您确认收货后' }] })
    stage.bot.said('货款已由银行保管 ¥880.00')
  }),
  story('kept-in-english', settings.en, (stage) => {
    proveAtCounter(stage, en)
    stage.bank.accepts({ receipt: '0021' })
    stage.bot.said('Kept by the bank ¥880.00')
  }),
  story('declined', settings.zh, (stage) => {
    proveAtCounter(stage, zh)
    stage.bank.answers('declined', { reason: 'insufficient_funds' })
    stage.bot.said('没有付款成功')
    stage.bot.said('没有扣款')
  }),
  story('answer-lost', settings.en, (stage) => {
    proveAtCounter(stage, en)
    stage.bank.timesOut()
    stage.bot.said('do not pay again')
    stage.bank.settles({ result: 'succeeded', receipt: '0021' })
    stage.bot.said('Kept by the bank')
  }),
]
