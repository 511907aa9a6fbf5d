import { loanAccount } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** Paying back: what is confirmed is the bank's own figure of today. */
export default defineCounter({
  id: 'loan-account',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '还款', en: 'Repayment' },
  provides: loanAccount,
  words: {
    done: { 'zh-CN': '还款成功', en: 'Repayment complete' },
    notDone: { 'zh-CN': '没有还款成功', en: 'Repayment not complete' },
    accepted: { 'zh-CN': '还款处理中', en: 'Repayment in progress' },
    thing: { 'zh-CN': '这次还款', en: 'this repayment' },
    harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户还款', en: 'Which account pays' },
  },
})
