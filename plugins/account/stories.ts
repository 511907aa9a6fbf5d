import { minutes, money } from '@inthread/sdk'
import { confirmAtCounter, proveAtCounter, story, type Story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const order = { number: '0003', amount: money('0', 'CNY'), payee: '江城银行 ****0001' }
const nobody = { id: 'none', label: '', mask: '' }
const visit = { commit: 'verify', order: 'o-3', ready: { methods: [nobody], order }, confirm: '确认查询账户' }
const setting = { plugin, locale: 'zh-CN' }

const proved = story('proved', setting, (stage) => {
  proveAtCounter(stage, visit)
  stage.bank.accepts({ receipt: '0003' })
  stage.bot.said('身份验证成功')
})

const wrong = story('wrong-codes', { ...setting, locale: 'en' }, (stage) => {
  confirmAtCounter(stage, { ...visit, confirm: 'Confirm account access' })
  stage.user.says('111111')
  stage.bank.answers('wrong', { triesLeft: 2 })
  stage.bot.said('Tries left: 2')
  stage.bot.asked('No new code was sent')
  stage.user.says('222222')
  stage.bank.answers('locked')
  stage.bot.said('nothing was shown')
})

const late = story('no-code', setting, (stage) => {
  confirmAtCounter(stage, visit)
  stage.clock.advance(minutes(2))
  stage.bot.said('没有显示任何账户信息')
})

const stranger = story('not-linked', setting, ({ starts, bank, bot }) => {
  starts('verify', { order: 'o-3' })
  bank.declines('not_linked')
  bot.said('还没有在本行开通')
})

export const stories: readonly Story[] = [proved, wrong, late, stranger]
