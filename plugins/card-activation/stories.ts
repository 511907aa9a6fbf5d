import { money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0003', amount: money('0.00', 'CNY'), payee: '星光小学 ****6621' }
const none = { id: 'none', label: '', mask: '' }
const setting = { plugin, locale: 'zh-CN' }
const code = { destination: '138****0001', triesLeft: 3 }

function goToSubmit({ starts, user, bank, clock }: Stage, button = '激活信用卡'): void {
  starts('activate', { order: 'o-3' })
  bank.answers('ready', { methods: [none], order })
  user.says(button)
  bank.answers('sent', { ...code, expiresAt: clock.now + 120_000_000 })
  user.says('135790')
  bank.answers('verified')
}

const active = story('active', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('激活成功')
})

const english = story('active-in-english', { plugin, locale: 'en' }, (stage) => {
  goToSubmit(stage, 'Activate the card')
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('Activation complete')
})

const refused = story('refused', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.answers('declined', { reason: 'declined' })
  stage.bot.said('卡片还不能使用')
})

const lost = story('answer-lost', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0003' })
  stage.bot.said('激活成功')
})

const left = story('not-now', setting, ({ starts, user, bank }) => {
  starts('activate', { order: 'o-3' })
  bank.answers('ready', { methods: [none], order })
  user.says('取消')
})

export const stories: readonly Story[] = [active, english, refused, lost, left]
