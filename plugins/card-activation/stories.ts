import { money } from '@inthread/sdk'
import { prepareAtCounter, proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0003', amount: money('0.00', 'CNY'), payee: '星光小学 ****6621' }
const none = { id: 'none', label: '', mask: '' }
const visit = { commit: 'activate', order: 'o-3', ready: { methods: [none], order }, confirm: '激活信用卡' }
const setting = { plugin, locale: 'zh-CN' }

const active = story('active', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('激活成功')
})

const english = story('active-in-english', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Activate the card' })
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('Activation complete')
})

const refused = story('refused', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('卡片还不能使用')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0003' })
  stage.bot.said('激活成功')
})

const left = story('not-now', setting, (stage) => {
  prepareAtCounter(stage, visit)
  stage.user.says('取消')
})

export const stories: readonly Story[] = [active, english, refused, lost, left]
