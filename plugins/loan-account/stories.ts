import { money } from '@inthread/sdk'
import { proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0031', amount: money('2097.33', 'CNY'), payee: '示例银行 ****0001' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const visit = { commit: 'repay', order: 'o-31', ready: { methods: [account], order }, confirm: '确认还款' }
const setting = { plugin, locale: 'zh-CN' }

const repaid = story('repaid', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0031', facts: [{ label: '罚息', value: '¥12.50' }] })
  stage.bot.said('还款成功 ¥2,097.33')
  stage.bot.said('罚息：¥12.50')
})

const english = story('repaid-in-english', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, { ...visit, confirm: 'Confirm repayment' })
  stage.bank.accepts({ receipt: '0031' })
  stage.bot.said('Repayment complete')
})

const declined = story('declined', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.answers('declined', { reason: 'insufficient_funds' })
  stage.bot.said('没有扣款')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0031' })
  stage.bot.said('还款成功')
})

export const stories: readonly Story[] = [repaid, english, declined, lost]
