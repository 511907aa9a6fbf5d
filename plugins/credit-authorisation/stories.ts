import { money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0003', amount: money('0.00', 'CNY'), payee: '星光小学 ****6621' }
const none = { id: 'none', label: '', mask: '' }
const setting = { plugin, locale: 'zh-CN' }
const code = { destination: '138****0001', triesLeft: 3 }

function goToSubmit({ starts, user, bank, clock }: Stage, button = '签名授权'): void {
  starts('sign', { order: 'o-3' })
  bank.answers('ready', { methods: [none], order })
  user.says(button)
  bank.answers('sent', { ...code, expiresAt: clock.now + 120_000_000 })
  user.says('135790')
  bank.answers('verified')
}

const signed = story('signed', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('授权签名成功')
})

const english = story('signed-in-english', { plugin, locale: 'en' }, (stage) => {
  goToSubmit(stage, 'Sign authorisation')
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('Authorisation complete')
})

const refused = story('refused', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('没有查询征信')
})

const lost = story('answer-lost', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0003' })
  stage.bot.said('授权签名成功')
})

const left = story('not-signed', setting, ({ starts, user, bank }) => {
  starts('sign', { order: 'o-3' })
  bank.answers('ready', { methods: [none], order })
  user.says('取消')
})

export const stories: readonly Story[] = [signed, english, refused, lost, left]
