import { addMs, minutes, money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const yuan = (amount: string) => money(amount, 'CNY')
const product = (id: string, name: string, { risk, suitable }: { risk: string; suitable: boolean }) => ({
  ...{ id, name, risk, term: '7 天', benchmark: '业绩比较基准 2.1%–2.4%（非保证收益）', suitable },
  ...{ min: yuan('1000.00'), step: yuan('100.00') },
})
const products = {
  items: [
    product('steady-7', '稳健理财', { risk: 'R2', suitable: true }),
    product('gold-fund', '黄金基金', { risk: 'R4', suitable: false }),
  ],
}

function quoted({ bank, clock }: Stage): void {
  const facts = [{ label: '风险', value: 'R2' }]
  bank.answers('quoted', {
    ...{ id: 'wqt_1', expiresAt: addMs(clock.now, minutes(15)), facts, amount: yuan('10000.00'), name: '稳健理财' },
    ...{ risk: 'R2', units: '10000.000', tradeOn: '2026-03-05', confirmOn: '2026-03-06' },
  })
}

function goToQuote({ user, bank }: Stage): void {
  user.says('理财')
  bank.answers('listed', products)
  user.taps('买稳健理财')
  user.says('一万')
}

const bought = story('wealth-bought', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  bank.answers('bad_amount')
  bot.asked('¥1,000.00 起购，按 ¥100.00 递增')
  user.says('10000')
  quoted(stage)
  bot.asked('风险：R2')
  user.taps('已阅读，购买')
  bank.answers('placed', { receipt: 'R-1', id: 'wor_1' })
  bot.said('不保证收益')
  bank.settles({ result: 'succeeded', receipt: 'R-1' })
  bot.said('已确认份额')
})

const assessed = story('wealth-assessed', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  bank.answers('assessment_needed')
  bot.asked('1/5')
  for (const label of ['一年以内', '买过一些', '10% 以内', '一半左右']) user.taps(label)
  user.taps('稳中求进')
  bank.answers('assessed', { profile: 'C3' })
  bot.said('C3')
  quoted(stage)
  user.taps('不买了')
  bot.said('没有购买')
})

const unsuitable = story('wealth-unsuitable', en, ({ user, bank, bot }) => {
  user.says('invest')
  bank.answers('listed', products)
  bot.asked('Does not match your risk profile')
  user.taps('黄金基金')
  user.says('1000')
  bank.answers('unsuitable')
  bot.said('cannot be bought')
  bank.answers('listed', products)
  bot.asked('稳健理财')
  user.taps('稳健理财')
  user.says('1000')
  bank.answers('unsuitable')
  bank.answers('listed', { items: [product('gold-fund', '黄金基金', { risk: 'R4', suitable: false })] })
  bot.said('suits your profile')
})

const part = story('wealth-part', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  quoted(stage)
  user.taps('已阅读，购买')
  bank.answers('placed', { receipt: 'R-1', id: 'wor_1' })
  bank.settles({ result: 'succeeded', receipt: 'R-1', state: 'partly_confirmed' })
  bot.said('只成交了一部分')
  // It is over: there is nothing left to cancel.
  user.says('撤单')
  bot.said('没有可以撤的单')
})

const unassessed = story('wealth-assessment-lost', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  bank.answers('assessment_needed')
  for (const label of ['一年以内', '买过一些', '10% 以内', '一半左右']) user.taps(label)
  user.taps('稳中求进')
  bank.timesOut()
  bot.said('银行没有给出测评结果')
})

const refused = story('wealth-refused', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  quoted(stage)
  user.taps('已阅读，购买')
  bank.declines('insufficient_funds')
  bot.asked('要换个金额再试吗')
  user.taps('再试一次')
  user.says('5000')
  quoted(stage)
  user.taps('已阅读，购买')
  bank.expires()
  user.taps('不买了')
  bot.said('先到这里')
})

const open = [
  { order: 'wor_1', name: '稳健理财', amount: '10000.00' },
  { order: 'wor_2', name: '黄金基金' },
  { order: 'wor_3', name: '稳健理财', amount: '500.00', over: true },
]

const picked = story('wealth-cancel-one', { ...zh, documents: { wealthOrders: open } }, ({ user, bank, bot }) => {
  user.says('撤单')
  bot.asked('要撤哪一单')
  user.taps('不撤了')
  bot.said('没有撤单')
  user.says('撤单')
  user.taps('稳健理财 ¥10,000.00')
  bank.declines('try_later')
  bot.said('撤单没有被受理，订单还在')
  user.says('撤单')
  user.taps('黄金基金')
  bank.answers('cancelled')
  bot.said('已撤单：黄金基金')
  user.says('撤单')
  bot.asked('要撤销 稳健理财 ¥10,000.00 的购买吗')
  user.says('不要')
  bot.said('没有撤单')
})

const cancelled = story('wealth-cancelled', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('撤单')
  bot.said('没有可以撤的单')
  goToQuote(stage)
  quoted(stage)
  user.taps('已阅读，购买')
  bank.answers('placed', { receipt: 'R-1', id: 'wor_1' })
  user.says('撤单')
  bot.asked('要撤销 稳健理财 ¥10,000.00 的购买吗')
  user.taps('撤单')
  bank.answers('cancelled')
  bot.said('已撤单：稳健理财')
  bank.settles({ result: 'declined', reason: 'declined' })
  // The cancelling has said so: one answer is enough.
  if (bot.messages.length > 0) throw new Error(`answered twice: ${bot.text}`)
  user.says('撤单')
  bot.said('没有可以撤的单')
})

const tooLate = story('wealth-too-late', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  quoted(stage)
  user.taps('已阅读，购买')
  bank.answers('placed', { receipt: 'R-1', id: 'wor_1' })
  user.says('撤单')
  user.says('是')
  bank.answers('too_late')
  bot.said('稳健理财 已过截止时间')
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('没有成交')
})

const cancelUnknown = story('wealth-cancel-unknown', en, (stage) => {
  const { user, bank, bot } = stage
  user.says('invest')
  bank.answers('listed', products)
  user.taps('稳健理财')
  user.says('10000')
  quoted(stage)
  user.taps('I have read it: buy')
  bank.answers('placed', { receipt: 'R-1', id: 'wor_1' })
  user.says('cancel the order')
  user.taps('Cancel it')
  bank.timesOut()
  bot.said('may or may not be cancelled')
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('was not bought')
})

const lost = story('wealth-answer-lost', zh, (stage) => {
  const { user, bank, bot } = stage
  goToQuote(stage)
  quoted(stage)
  user.taps('已阅读，购买')
  bank.timesOut()
  bot.said('不要重复购买')
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('已解冻')
})

const held = story('wealth-held', en, ({ user, bank, bot }) => {
  user.says('my holdings')
  const holding = { product: 'steady-7', name: 'Steady', units: '1.000', free: '1.000', value: yuan('1.02') }
  bank.answers('listed', { items: [holding] })
  bot.said('Steady')
  user.says('my holdings')
  bank.answers('listed', { items: [] })
  bot.said('no wealth products')
})

export const wealthStories: readonly Story[] = [
  ...[bought, assessed, unsuitable, part, unassessed, refused],
  ...[cancelled, tooLate, cancelUnknown, picked, lost, held],
]
