import { money } from '@inthread/sdk'
import { prepareAtCounter, proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0007', amount: money('200.00', 'CNY'), payee: '数字人民币钱包 ****0004' }
const method = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const visit = { commit: 'load', order: 'o-7', ready: { methods: [method], order }, confirm: '确认充值钱包' }
const setting = { plugin, locale: 'zh-CN' }

const done = story('done', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0007' })
  stage.bot.said('办理成功')
})

const refused = story('refused', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Confirm wallet load' })
  stage.bank.declines('declined')
  stage.bot.said('The bank said no')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('没有扣款')
})

const cancelled = story('cancelled', setting, (stage) => {
  prepareAtCounter(stage, visit)
  stage.user.says('取消')
})

export const stories: readonly Story[] = [done, refused, lost, cancelled]
