import { money } from '@inthread/sdk'
import { prepareAtCounter, proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0003', amount: money('0.00', 'CNY'), payee: '星光小学 ****6621' }
const none = { id: 'none', label: '', mask: '' }
const visit = { commit: 'sign', order: 'o-3', ready: { methods: [none], order }, confirm: '签名授权' }
const setting = { plugin, locale: 'zh-CN' }

const signed = story('signed', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('授权签名成功')
})

const english = story('signed-in-english', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Sign authorisation' })
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('Authorisation complete')
})

const refused = story('refused', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('没有查询征信')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0003' })
  stage.bot.said('授权签名成功')
})

const left = story('not-signed', setting, (stage) => {
  prepareAtCounter(stage, visit)
  stage.user.says('取消')
})

export const stories: readonly Story[] = [signed, english, refused, lost, left]
