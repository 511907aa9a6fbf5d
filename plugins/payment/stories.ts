import { minutes, money, seconds } from '@inthread/sdk'
import {
  confirmAtCounter,
  prepareAtCounter,
  proveAtCounter,
  proveByCode,
  sendCode,
  story,
  type Stage,
  type Story,
} from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0001', amount: money('553.50', 'CNY'), payee: '北方铁路' }
const account = { id: 'a-1', label: '储蓄卡', mask: '****1234' }
const destination = '138****0000'
const visit = { commit: 'pay', order: 'o-1', ready: { methods: [account], order }, confirm: '确认支付', destination }
const visitInEnglish = { ...visit, confirm: 'Confirm payment' }
const setting = { plugin, locale: 'zh-CN' }

function goToCode(stage: Stage): void {
  confirmAtCounter(stage, visit)
  stage.bot.asked(destination)
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
  const { bank } = stage
  proveAtCounter(stage, visit)
  bank.timesOut()
  bank.settles({ result: 'declined', reason: 'insufficient_funds' })
})

const silent = story('silent', setting, (stage) => {
  goToCode(stage)
  stage.clock.advance(minutes(2))
})

const choosing = story('choosing', setting, (stage) => {
  const methods = [account, { ...account, id: 'a-2', mask: '****5678' }]
  prepareAtCounter(stage, { ...visit, ready: { methods, order } })
  stage.bot.asked('553.50')
  stage.user.says('2')
  stage.user.says('取消')
})

const another = story('code-never-came', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  goToCode(stage)
  clock.advance(minutes(2))
  bot.asked('验证码已过期，这次付款还没有提交，没有扣款')
  user.says('没收到')
  if (JSON.stringify(bank.asked.at(-1)) !== '{"order":"o-1","again":1}') throw new Error(JSON.stringify(bank.asked))
  sendCode(stage, destination)
  user.says('135790')
  bank.answers('expired')
  user.taps('重新发送')
  proveByCode(stage, destination)
  bank.accepts({ receipt: 'R-1' })
  bot.said('支付成功')
})

const noMore = story('code-given-up', { plugin, locale: 'en' }, (stage) => {
  const { user, bot, clock } = stage
  confirmAtCounter(stage, visitInEnglish)
  clock.advance(minutes(2))
  bot.asked('Shall we send another?')
  user.taps('Leave it')
  bot.said('The code has expired: this payment was not sent and nothing was taken.')
})

const onPage = story('page-not-finished', setting, (stage) => {
  const { user, bank, bot, clock } = stage
  const page = { url: 'https://bank.example/page/1', expiresAt: clock.now + minutes(5) * 1000 }
  prepareAtCounter(stage, visit)
  user.says('确认支付')
  bank.answers('page', page)
  clock.advance(seconds(45))
  bank.answers('expired')
  bot.asked('银行页面上的核实没有完成')
  user.taps('重新核实')
  bank.answers('page', page)
  bot.said('请在银行页面上确认')
  clock.advance(seconds(45))
  bank.answers('locked')
  bot.said('银行页面上多次没有核实成功，这次付款已停止，没有扣款')
})

const lostInEnglish = story('answer-lost-in-english', { plugin, locale: 'en' }, (stage) => {
  proveAtCounter(stage, visitInEnglish)
  stage.bank.timesOut()
  stage.bot.said('do not pay again. You will hear of it here.')
})

export const stories: readonly Story[] = [
  ...[paid, wrongCode, answerLost, silent, choosing],
  ...[another, noMore, onPage, lostInEnglish],
]
