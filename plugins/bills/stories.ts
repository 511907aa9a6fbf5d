import { money } from '@inthread/sdk'
import { story, type Stage, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0005', amount: money('86.50', 'CNY'), payee: '国网电力 ****3002' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const setting = { plugin, locale: 'zh-CN' }
const code = { destination: '138****0001', triesLeft: 3 }

function goToSubmit({ starts, user, bank, clock }: Stage, { commit = 'pay', confirm = '确认缴费' } = {}): void {
  starts(commit, { order: 'o-5' })
  bank.answers('ready', { methods: [account], order })
  user.says(confirm)
  bank.answers('sent', { ...code, expiresAt: clock.now + 120_000_000 })
  user.says('135790')
  bank.answers('verified')
}

const paid = story('bill-paid', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.accepts({ receipt: '0005', facts: [{ label: '账期', value: '2026-02' }] })
  stage.bot.said('缴费成功 ¥86.50')
  stage.bot.said('国网电力')
})

const silent = story('biller-silent', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.answers('accepted', { state: 'settlement_unknown', receipt: '0005' })
  stage.bot.said('已扣款，正在核对')
})

const poor = story('no-money', { ...setting, locale: 'en' }, (stage) => {
  goToSubmit(stage, { confirm: 'Confirm bill payment' })
  stage.bank.declines('insufficient_funds')
  stage.bot.said('Not enough money')
})

const lost = story('answer-lost', setting, (stage) => {
  goToSubmit(stage)
  stage.bank.timesOut()
  stage.bot.said('请勿重复')
  stage.bank.settles({ result: 'declined', reason: 'declined' })
  stage.bot.said('已原路退回')
})

const topUp = story('topped-up', { ...setting, locale: 'en' }, (stage) => {
  goToSubmit(stage, { commit: 'topUp', confirm: 'Confirm top-up' })
  stage.bank.accepts({ receipt: '0005' })
  stage.bot.said('Paid ¥86.50')
})

export const stories: readonly Story[] = [paid, silent, poor, lost, topUp]
