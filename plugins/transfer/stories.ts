import { money } from '@inthread/sdk'
import { proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0002', amount: money('500.00', 'CNY'), payee: '*小明 ****8802' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const visit = { commit: 'send', order: 'o-2', ready: { methods: [account], order }, confirm: '确认转账' }
const setting = { plugin, locale: 'zh-CN' }

const atOnce = story('at-once', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0002', facts: [{ label: '到账', value: '实时' }] })
  stage.bot.said('转账成功')
  stage.bot.said('*小明')
})

const delayed = story('delayed', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('accepted', { state: 'scheduled', receipt: '0002' })
  stage.bot.said('转账已受理')
})

const changedPayee = story('declined', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('没有转账成功')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0002' })
  stage.bot.said('转账成功')
})

export const stories: readonly Story[] = [atOnce, delayed, changedPayee, lost]
