import { money } from '@inthread/sdk'
import { prepareAtCounter, proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0007', amount: money('79.00', 'CNY'), payee: '数码商城 ****3100' }
const method = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const visit = { commit: 'pay', order: 'o-7', ready: { methods: [method], order }, confirm: '确认支付' }
const setting = { plugin, locale: 'zh-CN' }

const done = story('done', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0007' })
  stage.bot.said('支付成功')
})

const refused = story('refused', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Confirm payment' })
  stage.bank.declines('declined')
  stage.bot.said('The bank said no')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('积分没有动')
})

const cancelled = story('cancelled', setting, (stage) => {
  prepareAtCounter(stage, visit)
  stage.user.says('取消')
})

export const stories: readonly Story[] = [done, refused, lost, cancelled]
