import { creditAuthorisation } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The user signs that the bank may query their credit report. Nothing is charged, and nobody is paid. */
export default defineCounter({
  id: 'credit-authorisation',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '征信查询授权', en: 'Credit query' },
  provides: creditAuthorisation,
  words: {
    done: { 'zh-CN': '授权签名成功', en: 'Authorisation complete' },
    notDone: { 'zh-CN': '授权没有完成', en: 'Authorisation not complete' },
    accepted: { 'zh-CN': '授权处理中', en: 'Authorisation in progress' },
    thing: { 'zh-CN': '这次授权', en: 'this authorisation' },
    harmless: { 'zh-CN': '没有查询征信', en: 'nobody has looked at your credit report' },
    choose: { 'zh-CN': '用哪个账户', en: 'Which account' },
  },
})
