import { money, minutes } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const yuan = (amount: string) => money(amount, 'CNY')

const debit = { id: 'acc_1', kind: 'debit', label: '储蓄卡', mask: '****1234', state: 'open' }
const credit = { id: 'acc_2', kind: 'credit', label: '信用卡', mask: '****7001', state: 'open' }
const balance = (asOf: number) => ({
  ...{ account: 'acc_1', mask: '****1234', available: yuan('3120.45'), held: yuan('0'), asOf },
  month: { income: yuan('12000.00'), spending: yuan('480.00') },
})
const entry = (id: string, at: number) => ({
  ...{ id, direction: 'out', amount: yuan('480.00'), text: '星光小学', at },
})

function prove({ user, bank }: Stage, words: string): void {
  user.says(words)
  bank.answers('proof_needed')
  bank.accepts({ receipt: 'R-1' })
}

const shown = story('account-balance', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  prove(stage, '余额')
  bank.answers('listed', { items: [debit] })
  bank.answers('answered', balance(clock.now))
  bot.asked('尾号 1234 可用 ¥3,120.45（10:00）')
  user.taps('收支明细')
  const next = '/v1/accounts/acc_1/entries?link=lnk_1&limit=6&after=abc'
  bank.answers('listed', { items: [entry('e1', clock.now)], links: { next } })
  bot.asked('3月5日 10:00 −¥480.00 星光小学')
  user.taps('更多')
  bank.answers('listed', { items: [entry('e2', clock.now)], links: {} })
  user.taps('看完了')
  bot.said('好的')
})

const askedAgain = story('account-asked-again', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('余额')
  bank.answers('listed', { items: [debit] })
  bank.answers('answered', balance(clock.now))
  bot.asked('尾号 1234 可用 ¥3,120.45（10:00）')
  user.says('嗯')
  bot.asked('可用 ¥3,120.45（10:00）')
  clock.advance(minutes(2))
  user.says('嗯')
  bot.asked('上面的余额是 10:00 的')
  if (bot.text.includes('3,120.45')) throw new Error(`an old balance was shown: ${bot.text}`)
  user.taps('现在的余额')
  bank.answers('answered', { ...balance(clock.now), available: yuan('2620.45') })
  bot.asked('尾号 1234 可用 ¥2,620.45（10:02）')
})

const several = story('account-several', en, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('balance')
  bank.answers('listed', { items: [debit, credit] })
  user.taps('信用卡 ****7001')
  bank.answers('answered', { ...balance(clock.now), mask: '****7001', owed: yuan('899.00') })
  bot.asked('Owed: ¥899.00')
  user.taps('Another account')
  bank.answers('listed', { items: [debit, credit] })
  user.taps('储蓄卡 ****1234')
  bank.answers('limited')
  bot.said('30 looks')
})

const cancelled = story('account-not-verified', zh, ({ user, bank, bot }) => {
  user.says('明细')
  bank.answers('proof_needed')
  bank.cancels()
  bot.said('没有显示任何账户信息')
})

const refused = story('account-refused-twice', zh, (stage) => {
  prove(stage, '余额')
  stage.bank.answers('proof_needed')
  stage.bot.said('没有核实到是您本人')
})

const proofOver = story('account-proof-over', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  prove(stage, '余额')
  bank.answers('listed', { items: [debit, credit] })
  clock.advance(minutes(9))
  user.taps('储蓄卡 ****1234')
  bank.answers('proof_needed')
  bot.said('再说一次“余额”')
})

const stranger = story('account-not-linked', en, ({ user, bank, bot }) => {
  user.says('balance')
  bank.declines('not_linked')
  bot.said('not set up with the bank')
  user.says('balance')
  bank.declines('try_later')
  bot.said('cannot look this up right now')
})

/** The bank's own card says that it refused, and why. */
const turnedDown = story('account-turned-down', zh, ({ user, bank, bot }) => {
  user.says('余额')
  bank.answers('proof_needed')
  bank.declines('declined')
  bot.asked('没有显示任何账户信息。要再试一次吗')
  user.taps('再试一次')
  bank.declines('declined')
  user.taps('不办了')
  bot.said('好的，先到这里')
})

const unreachable = story('account-unreachable', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  prove(stage, '流水')
  bank.answers('listed', { items: [debit] })
  bank.timesOut()
  bot.said('联系不上')
  user.says('流水')
  bank.answers('listed', { items: [debit] })
  bank.answers('listed', { items: [], links: {} })
  bot.said('还没有收支')
  user.says('余额')
  bank.answers('listed', { items: [debit] })
  bank.answers('answered', balance(clock.now))
  clock.advance(minutes(10))
  bot.said('可以把上面的消息删掉')
})

export const accountStories: readonly Story[] = [
  ...[shown, askedAgain, several, cancelled, refused, proofOver, stranger, turnedDown, unreachable],
]
