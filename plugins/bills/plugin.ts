import { bills } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of bills and top-ups: a scene has found what is owed; here it is confirmed and paid. */
export default defineCounter({
  id: 'bills',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '缴费充值', en: 'Bills and top-ups' },
  provides: bills,
  words: {
    done: { 'zh-CN': '缴费成功', en: 'Paid' },
    notDone: { 'zh-CN': '没有缴费成功', en: 'Not paid' },
    accepted: { 'zh-CN': '已扣款，正在核对', en: 'Debited, being checked' },
    thing: { 'zh-CN': '这笔缴费', en: 'this payment' },
    harmless: { 'zh-CN': '没有扣款，或已原路退回', en: 'nothing was taken or it was given back' },
    unsent: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户支付', en: 'Which account pays' },
  },
})
