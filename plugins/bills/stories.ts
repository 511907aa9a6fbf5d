import { money } from '@inthread/sdk'
import { proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0005', amount: money('86.50', 'CNY'), payee: '国网电力 ****3002' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const visit = { commit: 'pay', order: 'o-5', ready: { methods: [account], order }, confirm: '确认缴费' }
const setting = { plugin, locale: 'zh-CN' }

const paid = story('bill-paid', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0005', facts: [{ label: '账期', value: '2026-02' }] })
  stage.bot.said('缴费成功 ¥86.50')
  stage.bot.said('国网电力')
})

const silent = story('biller-silent', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('accepted', { state: 'settlement_unknown', receipt: '0005' })
  stage.bot.said('已扣款，正在核对')
})

const poor = story('no-money', { ...setting, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Confirm bill payment' })
  stage.bank.declines('insufficient_funds')
  stage.bot.said('Not enough money')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('已原路退回')
})

const topUp = story('topped-up', { ...setting, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, commit: 'topUp', confirm: 'Confirm top-up' })
  stage.bank.accepts({ receipt: '0005' })
  stage.bot.said('Paid ¥86.50')
})

export const stories: readonly Story[] = [paid, silent, poor, lost, topUp]
