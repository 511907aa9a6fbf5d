import { account } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of looking at an account: it makes sure that it is the user, and that is all. */
export default defineCounter({
  id: 'account',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '账户查询', en: 'Account access' },
  provides: account,
  words: {
    done: { 'zh-CN': '身份验证成功', en: 'Verification successful' },
    notDone: { 'zh-CN': '没有核实身份', en: 'Not verified' },
    accepted: { 'zh-CN': '正在核实', en: 'Being verified' },
    thing: { 'zh-CN': '这次查询', en: 'this look-up' },
    harmless: { 'zh-CN': '没有显示任何账户信息', en: 'nothing was shown' },
    choose: { 'zh-CN': '查询哪个账户', en: 'Which account' },
  },
})
