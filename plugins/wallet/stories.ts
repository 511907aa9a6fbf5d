import { money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0007', amount: money('200.00', 'CNY'), payee: '数字人民币钱包 ****0004' }
const method = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const setting = { plugin, locale: 'zh-CN' }

function goToSubmit({ starts, user, bank, clock }: Stage, confirm = '确认充值钱包'): void {
  starts('load', { order: 'o-7' })
  bank.answers('ready', { methods: [method], order })
  user.says(confirm)
  bank.answers('sent', { destination: '138****0001', triesLeft: 3, expiresAt: clock.now + 120_000_000 })
  user.says('135790')
  bank.answers('verified')
}

const done = story('done', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.accepts({ receipt: '0007' })
  stage.bot.said('办理成功')
})

const refused = story('refused', { plugin, locale: 'en' }, (stage) => {
  goToSubmit(stage, 'Confirm wallet load')
  stage.bank.declines('declined')
  stage.bot.said('The bank said no')
})

const lost = story('answer-lost', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('没有扣款')
})

const cancelled = story('cancelled', setting, (stage) => {
  stage.starts('load', { order: 'o-7' })
  stage.bank.answers('ready', { methods: [method], order })
  stage.user.says('取消')
})

export const stories: readonly Story[] = [done, refused, lost, cancelled]
