import { addMs, hours, minutes, money } from '@inthread/sdk'
import { story, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const yuan = (amount: string) => money(amount, 'CNY')
const limits = { balance: yuan('10000'), single: yuan('2000'), day: yuan('5000'), dayLeft: yuan('5000') }
const wallet = { id: 'wlt_1', state: 'open', class: 4, mask: '****0004', balance: yuan('154.50'), limits }

const opened = story('wallet-opened', zh, ({ user, bank, bot }) => {
  user.says('数字钱包')
  bank.answers('listed', { items: [] })
  bot.asked('还没有数字人民币钱包')
  user.taps('开立钱包')
  bank.accepts({ receipt: 'R-1' })
  bot.said('钱包可以用了')
})

const loaded = story('wallet-loaded', en, ({ user, bank, bot, clock }) => {
  const quoted = { id: 'wlq_1', expiresAt: addMs(clock.now, minutes(10)), facts: [], amount: yuan('200.00') }
  user.says('wallet')
  bank.answers('listed', { items: [wallet] })
  bot.asked('¥154.50')
  user.taps('Load it')
  user.says('20000')
  bank.answers('limited')
  bot.asked('more than such a wallet holds')
  user.taps('¥200.00')
  bank.answers('quoted', quoted)
  bank.timesOut()
  bot.said('do not do it again')
  bank.settles({ result: 'succeeded', receipt: 'R-2' })
  bot.said('¥200.00 is in the wallet')
})

const frozen = story('wallet-frozen', zh, ({ user, bank, bot }) => {
  user.says('钱包')
  bank.answers('listed', { items: [{ ...wallet, state: 'frozen' }] })
  bot.asked('已冻结')
  user.taps('看完了')
  bot.said('好的，先到这里')
  user.says('钱包')
  bank.answers('listed', { items: [wallet] })
  user.taps('充值')
  user.taps('¥100.00')
  bank.answers('frozen')
  bot.said('钱包已冻结')
})

const left = story('wallet-left', zh, ({ user, bank, bot, clock }) => {
  user.says('钱包')
  bank.answers('listed', { items: [] })
  user.taps('开立钱包')
  bank.cancels()
  bot.said('没有办理')
  user.says('钱包')
  bank.answers('listed', { items: [] })
  clock.advance(minutes(10))
  bot.said('先到这里')
  user.says('钱包')
  bank.answers('listed', { items: [] })
  for (const words of ['嗯', '哦', '再说']) user.says(words)
  bot.said('先到这里')
})

const refused = story('wallet-refused', zh, ({ user, bank, bot, clock }) => {
  const quoted = { id: 'wlq_1', expiresAt: addMs(clock.now, minutes(10)), facts: [], amount: yuan('200.00') }
  user.says('钱包')
  bank.answers('listed', { items: [] })
  user.taps('开立钱包')
  bank.declines('try_later')
  bot.asked('要再试一次吗')
  user.taps('再试一次')
  bank.accepts({ receipt: 'R-1' })
  bot.said('钱包可以用了')
  user.says('钱包')
  bank.answers('listed', { items: [wallet] })
  user.taps('充值')
  user.taps('¥200.00')
  bank.answers('quoted', quoted)
  bank.declines('insufficient_funds')
  user.taps('再试一次')
  bank.answers('quoted', { ...quoted, id: 'wlq_2' })
  bank.expires()
  user.taps('不开了')
  bot.said('好的，先到这里')
})

const notLinked = story('wallet-not-linked', zh, ({ user, bank, bot }) => {
  for (const words of ['钱包', '积分', '我的理财', '理财']) {
    user.says(words)
    bank.declines('not_linked')
    bot.said('还没有在本行开通')
    user.says(words)
    bank.declines('try_later')
    bot.said('银行现在不能查询')
  }
})

const lost = story('wallet-answer-lost', zh, ({ user, bank, bot, clock }) => {
  for (const ends of [true, false]) {
    user.says('钱包')
    bank.answers('listed', { items: [] })
    user.taps('开立钱包')
    bank.timesOut()
    bot.said('不要重复办理')
    if (ends) bank.settles({ result: 'declined', reason: 'declined' })
    else clock.advance(hours(56))
    bot.said(ends ? '没有办成：没有扣款，或已原路退回' : '工作人员会跟进')
  }
})

const points = story('points', zh, ({ user, bank, bot, clock }) => {
  user.says('积分')
  bank.answers('answered', {
    ...{ points: '2000', worth: yuan('20.00') },
    lots: [{ points: '1200', expiresAt: clock.now }],
  })
  bot.said('积分 2000，可抵 ¥20.00')
  user.says('积分')
  bank.answers('answered', { points: '0', worth: yuan('0'), lots: [] })
  bot.said('还没有积分')
})

const envelope = { plugin, locale: 'zh-CN', config: { campaign: 'cmp_1' } }
const claim = { id: 'clm_1', amount: yuan('3.88'), state: 'paying' }

const got = story('envelope-opened', envelope, ({ user, bank, bot }) => {
  user.says('红包')
  user.taps('拆')
  bank.answers('claimed', claim)
  bot.said('恭喜获得 ¥3.88')
  user.says('红包')
  user.taps('拆')
  bank.answers('claimed', { ...claim, state: 'paid' })
  bot.said('您已领取 ¥3.88')
  bank.settles({ product: 'clm_1', state: 'paid' })
  if (bot.text !== '') throw new Error('who has got it hears no more of it')
})

const missed = story('envelope-missed', { ...envelope, locale: 'en' }, ({ user, bank, bot }) => {
  user.says('red envelope')
  user.taps('Open it')
  bank.timesOut()
  bot.said('you will not get it twice')
  user.says('red envelope')
  user.taps('Open it')
  bank.answers('reserved', { ...claim, state: 'reserved' })
  bot.asked('You got ¥3.88! It is kept for you for 24 hours')
  user.taps('It is set up: take it')
  bank.answers('reserved', { ...claim, state: 'reserved' })
  bot.asked('not set up with the bank yet')
  user.taps('Later')
  bot.said('write “red envelope” within the 24 hours')
  user.says('red envelope')
  user.taps('Open it')
  bank.answers('empty')
  bot.said('empty')
})

const kept = story('envelope-kept', envelope, ({ user, bank, bot, clock }) => {
  user.says('红包')
  user.taps('拆')
  bank.answers('reserved', { ...claim, state: 'reserved' })
  bot.asked('恭喜获得 ¥3.88，为您保留 24 小时')
  user.taps('已开通，领取')
  bank.answers('claimed', claim)
  bot.said('恭喜获得 ¥3.88，存入您的默认账户')
  user.says('红包')
  user.taps('拆')
  bank.answers('reserved', { ...claim, state: 'reserved' })
  clock.advance(hours(24))
  bot.said('为您保留的 ¥3.88 已到期')
})

const unread = story('envelope-unread', envelope, ({ user, bank, bot }) => {
  const muse = () => ['嗯', '哦', '再说'].forEach((words) => user.says(words))
  user.says('红包')
  muse()
  bot.said('先到这里')
  user.says('红包')
  user.taps('拆')
  bank.answers('reserved', { ...claim, state: 'reserved' })
  muse()
  bot.said('24 小时内有效')
})

const back = story('envelope-back', envelope, ({ user, bank, bot }) => {
  user.says('红包')
  user.taps('拆')
  bank.answers('claimed', claim)
  bot.said('恭喜获得 ¥3.88')
  bank.settles({ product: 'clm_1', state: 'released' })
  bot.said('¥3.88 没有入账，已退回红包')
})

const none = story('envelope-none', en, ({ user, bot }) => {
  user.says('red envelope')
  bot.said('no red envelope')
})

export const walletStories: readonly Story[] = [
  ...[opened, loaded, frozen, left, refused, notLinked, lost, points],
  ...[got, missed, kept, unread, back, none],
]
