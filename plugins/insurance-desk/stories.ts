import { money } from '@inthread/sdk'
import { proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0007', amount: money('980.00', 'CNY'), payee: '示例保险 ****8800' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const visit = { commit: 'bind', order: 'o-7', ready: { methods: [account], order }, confirm: '确认投保' }
const setting = { plugin, locale: 'zh-CN' }

const bound = story('bound', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0007' })
  stage.bot.said('承保成功，保费 ¥980.00')
})

const waiting = story('not-bound-yet', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('accepted', { state: 'premium_paid', receipt: '0007' })
  stage.bot.said('保费已支付，等待承保')
})

const poor = story('no-money', { ...setting, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Confirm insurance' })
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

export const stories: readonly Story[] = [bound, waiting, poor, lost]
