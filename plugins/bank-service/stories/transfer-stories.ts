import { addMs, days, hours, minutes, money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from '../plugin.ts'

const zh = { plugin, locale: 'zh-CN' }
const en = { plugin, locale: 'en' }
const mum = { phone: '+8613600001111', nick: '妈妈', name: '*桂兰', bank: 'southern-bank' }
const banks = {
  items: [
    { id: 'river-bank', name: '江城银行' },
    { id: 'luzhou-bank', name: '泸州银行' },
  ],
}

function findPayee({ bank, clock }: Stage, quote = 'lkp_1', more: object = {}): void {
  bank.answers('found', {
    ...{ id: quote, expiresAt: addMs(clock.now, minutes(5)), facts: [], firstTime: true },
    payee: { id: 'pye_1', name: '*小明', account: '****8802' },
    bank: { id: 'luzhou-bank', name: '泸州银行' },
    ...more,
  })
}

function goToSpeed(stage: Stage): void {
  const { user, bank, bot } = stage
  user.says('转账')
  bot.asked('转给谁')
  user.says('139 0000 0000')
  bank.answers('listed', banks)
  user.taps('泸州银行')
  findPayee(stage)
  bot.asked('收款人：*小明')
  user.taps('是他/她')
  user.says('500')
  bot.asked('伍佰元整')
}

const atOnce = story('transfer-at-once', zh, (stage) => {
  const { user, bank, bot, money } = stage
  goToSpeed(stage)
  user.taps('实时到账')
  bank.accepts({ receipt: 'R-1' })
  bot.asked('要记住 *小明 吗')
  user.says('小明')
  bot.asked('要记住 *小明 吗')
  user.taps('起个称呼')
  bot.asked('怎么称呼 *小明')
  user.says('好的')
  user.says('小明')
  bot.said('记住了：小明')
  if (stage.documents('payees')[0]?.['nick'] !== '小明') throw new Error('the payee is remembered')
  bank.settles({ product: 'tfr_1', state: 'returned' })
  bot.said('对方银行退回了')
  money.balanced()
})

const notThem = story('transfer-to-somebody-else', en, (stage) => {
  const { user, bank, bot } = stage
  user.says('send 50 to 13900000001')
  bank.answers('listed', banks)
  user.taps('I do not know')
  findPayee(stage)
  user.taps('No, somebody else')
  bot.asked('Who is it for?')
  user.says('13900000000')
  bank.answers('listed', banks)
  user.taps('I do not know')
  bank.answers('not_registered')
  bot.asked('No account was found')
  user.says('13900000002')
  bank.answers('listed', banks)
  user.taps('I do not know')
  bank.answers('limited')
  bot.said('no more payees can be looked up')
})

function schedule(stage: Stage): { readonly amount: string; readonly name: string; readonly until: number } {
  const { user, bank, clock } = stage
  goToSpeed(stage)
  user.taps('2小时后')
  const until = addMs(clock.now, hours(2))
  bank.answers('scheduled', { receipt: 'R-2', id: 'tfr_2', executeAt: until })
  return { amount: '500.00', name: '*小明', until }
}

const arrives = story('transfer-in-two-hours', zh, (stage) => {
  schedule(stage)
  stage.clock.advance(hours(2))
  stage.bank.settles({ result: 'succeeded', receipt: 'R-2' })
  stage.bot.said('¥500.00 已转给 *小明')
})

const takenBack = story('transfer-taken-back', zh, (stage) => {
  const { user, bank, bot, host } = stage
  const about = schedule(stage)
  host.tells('delayed', { ...about, transfer: 'tfr_2', withdrawn: false })
  bot.asked('前可以撤回')
  user.taps('撤回')
  bank.answers('withdrawn')
  bot.said('已撤回')
  bank.settles({ result: 'declined', reason: 'declined' })
  if (bot.text !== '') throw new Error('who took it back is not told twice')
})

const notNamed = story('transfer-payee-not-named', zh, (stage) => {
  const { user, bank, bot } = stage
  goToSpeed(stage)
  user.taps('实时到账')
  bank.accepts({ receipt: 'R-1' })
  bot.asked('要记住 *小明 吗')
  user.says('不用')
  bot.said('下次输入手机号即可')
  if ('nick' in (stage.documents('payees')[0] ?? {})) throw new Error('a no has become a name')
})

const unreadName = story('transfer-name-unread', zh, (stage) => {
  const { user, bank, bot } = stage
  goToSpeed(stage)
  user.taps('实时到账')
  bank.accepts({ receipt: 'R-1' })
  user.taps('起个称呼')
  for (const words of ['谢谢', '好的', '139']) user.says(words)
  bot.said('下次输入手机号即可')
  if (stage.documents('payees').length !== 1) throw new Error('the payee is remembered without a name')
})

const namedLater = story('transfer-balance-is-no-name', en, (stage) => {
  const { user, bank, bot } = stage
  user.says('send 50 to 13900000000')
  bank.answers('listed', banks)
  user.taps('I do not know')
  findPayee(stage)
  user.taps('Yes, that is them')
  user.taps('Right away')
  bank.accepts({ receipt: 'R-1' })
  user.says('yes')
  bot.asked('What shall I call *小明')
  user.says('balance')
  bank.declines('not_linked')
  bot.asked('What shall I call *小明')
  user.says('no thanks')
  bot.said('just type the number')
})

const refused = story('transfer-withdrawal-refused', zh, (stage) => {
  const { user, bank, bot, clock } = stage
  schedule(stage)
  user.says('撤回转账')
  user.taps('¥500.00 *小明')
  bank.declines('try_later')
  bot.said('撤回没有被受理，转账还没有转出')
  user.says('撤回')
  user.taps('¥500.00 *小明')
  clock.advance(hours(2))
  bank.declines('try_later')
  bot.said('撤回的时间也过了')
})

const unread = story('transfer-withdrawal-unread', zh, (stage) => {
  const { user, bot, host } = stage
  const about = schedule(stage)
  host.tells('delayed', { ...about, transfer: 'tfr_2', withdrawn: false })
  for (const words of ['嗯', '哦', '好吧']) user.says(words)
  bot.said('说“撤回转账”还来得及')
  user.says('撤回转账')
  for (const words of ['嗯', '哦', '好吧']) user.says(words)
  bot.said('先到这里')
})

const notLinked = story('transfer-not-linked', zh, ({ user, bank, bot }) => {
  for (const [reason, answer] of [
    ['not_linked', '还没有在本行开通'],
    ['try_later', '银行现在不能查询'],
  ] as const) {
    user.says('给13900000000转50')
    bank.answers('listed', banks)
    user.taps('不清楚')
    bank.declines(reason)
    bot.said(answer)
  }
})

const withFee = story('transfer-with-fee', zh, (stage) => {
  const { user, bank, bot } = stage
  user.says('给13900000000转50')
  bank.answers('listed', banks)
  user.taps('不清楚')
  const said = { label: '手机号', value: '139****0000' }
  findPayee(stage, 'lkp_1', { facts: [said, { label: '手续费', value: '¥1.50' }] })
  user.taps('是他/她')
  bot.asked('泸州银行 ****8802\n手续费：¥1.50\n想什么时候到账')
})

const goneAlready = story('transfer-gone-already', zh, (stage) => {
  const { user, bank, bot } = stage
  schedule(stage)
  user.says('撤回转账')
  user.taps('¥500.00 *小明')
  bank.answers('too_late')
  bot.said('不能撤回')
})

const nothing = story('transfer-nothing-to-take-back', en, ({ user, bot }) => {
  user.says('take it back')
  bot.said('no transfer')
})

const byName = story('transfer-by-name', { ...zh, documents: { payees: [mum] } }, (stage) => {
  const { user, bank, bot, clock } = stage
  user.says('给妈妈转三百五')
  bot.asked('妈妈 = 136****1111（*桂兰）')
  user.taps('对')
  bank.answers('listed', banks)
  findPayee(stage)
  user.taps('是他/她')
  bot.asked('是 ¥350.00 还是 ¥305.00')
  user.taps('¥350.00')
  bot.asked('叁佰伍拾元整')
  clock.advance(minutes(6))
  user.taps('次日')
  bot.said('我再为您查一次')
  findPayee(stage, 'lkp_2')
  user.taps('是他/她')
  bank.declines('insufficient_funds')
  bot.asked('没有转出去')
  user.taps('改金额')
  findPayee(stage, 'lkp_3')
  user.taps('是他/她')
  user.says('三十')
  user.taps('实时到账')
  bank.cancels()
  bot.said('没有转账')
})

const unknownName = story('transfer-unknown-name', { ...zh, documents: { payees: [mum] } }, (stage) => {
  const { user, bot } = stage
  user.says('给姥姥转300')
  bot.asked('还没有名叫“姥姥”的收款人')
  user.says('妈妈')
})

const draftChanged = story('transfer-draft-changed', { ...zh, documents: { payees: [mum] } }, ({ user, bot }) => {
  user.says('给妈妈转300')
  bot.asked('转 ¥300.00，对吗')
  user.taps('改')
  bot.asked('转给谁')
})

const lost = story('transfer-answer-lost', zh, (stage) => {
  const { user, bank, bot } = stage
  goToSpeed(stage)
  user.taps('实时到账')
  bank.timesOut()
  bot.said('请勿重复转账')
  bank.settles({ result: 'declined', reason: 'declined' })
  bot.said('没有转给 *小明')
})

const late = story('transfer-expired', zh, (stage) => {
  const { user, bank, bot } = stage
  goToSpeed(stage)
  user.taps('实时到账')
  bank.expires()
  bot.asked('接下来怎么办')
  user.taps('不办了')
  bot.said('没有转账')
})

const unreachable = story('transfer-unreachable', zh, ({ user, bank, bot, clock }) => {
  user.says('给13900000000转50')
  bank.timesOut()
  bank.timesOut()
  bot.said('联系不上银行系统')
  user.says('转账')
  clock.advance(days(1))
})

/** The bank has said that its page asks for the character that the mask hides. */
function goToFirstLarge(stage: Stage, words: string, choose: readonly [string, string]): void {
  const { user, bank } = stage
  user.says(words)
  bank.answers('listed', banks)
  user.taps(choose[0])
  findPayee(stage, 'lkp_1', { nameAskedFrom: money('5000.00', 'CNY') })
  user.taps(choose[1])
}

const firstLarge = story('transfer-first-large', zh, (stage) => {
  goToFirstLarge(stage, '给13900000000转5000', ['不清楚', '是他/她'])
  stage.bot.asked('姓名中被隐去的字')
  stage.user.taps('实时到账')
  stage.bank.accepts({ receipt: 'R-9' })
  stage.bot.asked('要记住 *小明 吗')
})

const firstLargeDeclined = story('transfer-first-large-declined', en, (stage) => {
  goToFirstLarge(stage, 'send 5000 to 13900000000', ['I do not know', 'Yes, that is them'])
  stage.bot.asked('hidden character')
  stage.user.taps('Right away')
  stage.bank.declines('declined')
  stage.bot.asked('Nothing was sent')
})

export const transferStories: readonly Story[] = [
  ...[atOnce, notThem, arrives, takenBack, goneAlready, nothing],
  ...[byName, unknownName, draftChanged, lost, late, unreachable],
  ...[firstLarge, firstLargeDeclined, notNamed, unreadName, namedLater],
  ...[refused, unread, notLinked, withFee],
]
