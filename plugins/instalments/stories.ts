import { money } from '@inthread/sdk'
import { confirmAtCounter, prepareAtCounter, proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0021', amount: money('1000.00', 'CNY'), payee: '数码商城 ****3308' }
const ownBill = { number: '0022', amount: money('0.00', 'CNY'), payee: '示例银行 ****0001' }
const card = { id: 'c-1', label: '青春信用卡', mask: '****4321' }
const none = { id: 'none', label: '', mask: '' }
const purchase = { commit: 'purchase', order: 'o-21', ready: { methods: [card], order }, confirm: '确认分期' }
const bill = { commit: 'bill', order: 'o-22', ready: { methods: [none], order: ownBill }, confirm: '确认账单分期' }
const billInEnglish = { ...bill, confirm: 'Confirm bill plan' }
const setting = { plugin, locale: 'zh-CN' }

const bought = story('purchase-in-parts', setting, (stage) => {
  proveAtCounter(stage, purchase)
  stage.bank.accepts({ receipt: '0021' })
  stage.bot.said('分期办理成功 ¥1,000.00')
})

const refused = story('purchase-refused', setting, (stage) => {
  proveAtCounter(stage, purchase)
  stage.bank.answers('declined', { reason: 'insufficient_funds' })
  stage.bot.said('没有扣款')
})

const lost = story('answer-lost', setting, (stage) => {
  proveAtCounter(stage, purchase)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'succeeded', receipt: '0021' })
  stage.bot.said('分期办理成功')
})

const noCard = story('no-card', setting, ({ starts, bank, bot }) => {
  starts('purchase', { order: 'o-21' })
  bank.answers('declined', { reason: 'no_card' })
  bot.said('您还没有可用的信用卡，不能办理这次分期，没有扣款')
})

const planned = story('bill-in-parts', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, billInEnglish)
  stage.bank.accepts({ receipt: '0022', facts: [{ label: 'Payments', value: '12 of ¥536.00' }] })
  stage.bot.said('Paid in instalments')
  stage.bot.said('12 of ¥536.00')
})

const left = story('bill-left', setting, (stage) => {
  prepareAtCounter(stage, bill)
  stage.user.says('取消')
})

const notNow = story('bill-not-now', setting, (stage) => {
  proveAtCounter(stage, bill)
  stage.bank.answers('declined', { reason: 'try_later' })
  stage.bot.said('银行现在不能受理')
})

const stopped = story('wrong-codes-in-english', { plugin, locale: 'en' }, (stage) => {
  confirmAtCounter(stage, billInEnglish)
  stage.user.says('135790')
  stage.bank.answers('locked')
  stage.bot.said('this instalment plan has stopped')
})

export const stories: readonly Story[] = [bought, refused, lost, noCard, planned, left, notNow, stopped]
