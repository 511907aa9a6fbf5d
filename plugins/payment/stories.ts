import { minutes, money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0001', amount: money('553.50', 'CNY'), payee: '北方铁路' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const setting = { plugin, locale: 'zh-CN' }

function goToCode({ starts, user, bank, bot, clock }: Stage): void {
  starts('pay', { order: 'o-1' })
  bank.answers('ready', { methods: [account], order })
  user.says('确认支付')
  bank.answers('sent', { destination: '138****0000', triesLeft: 3, expiresAt: clock.now + minutes(2) * 1000 })
  bot.asked('138****0000')
}

const paid = story('paid', setting, (stage) => {
  const { user, bank, bot } = stage
  goToCode(stage)
  user.says('135790')
  bank.answers('verified')
  bank.accepts({ receipt: 'R-1' })
  bot.said('553.50')
})

const wrongCode = story('wrong-code', setting, (stage) => {
  const { user, bank, bot } = stage
  goToCode(stage)
  user.says('hello')
  user.says('246802')
  bank.answers('wrong', { triesLeft: 2 })
  bot.said('2')
  user.says('135790')
  bank.answers('locked')
})

const answerLost = story('answer-lost', setting, (stage) => {
  const { user, bank } = stage
  goToCode(stage)
  user.says('135790')
  bank.answers('verified')
  bank.timesOut()
  bank.settles({ result: 'declined', reason: 'insufficient_funds' })
})

const silent = story('silent', setting, (stage) => {
  goToCode(stage)
  stage.clock.advance(minutes(2))
})

const choosing = story('choosing', setting, ({ starts, user, bank, bot }) => {
  starts('pay', { order: 'o-1' })
  bank.answers('ready', { methods: [account, { ...account, id: 'a-2', mask: '****5678' }], order })
  bot.asked('553.50')
  user.says('2')
  user.says('取消')
})

export const stories: readonly Story[] = [paid, wrongCode, answerLost, silent, choosing]
