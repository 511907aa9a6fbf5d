import { escrow } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of a payment that it keeps: who gets it, and by which rule, stands on the confirm card. */
export default defineCounter({
  id: 'escrow',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '担保付款', en: 'Payment kept by the bank' },
  provides: escrow,
  words: {
    done: { 'zh-CN': '货款已由银行保管', en: 'Kept by the bank' },
    notDone: { 'zh-CN': '没有付款成功', en: 'Not paid' },
    accepted: { 'zh-CN': '已受理', en: 'Accepted' },
    thing: { 'zh-CN': '这次担保付款', en: 'this payment' },
    harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户付款', en: 'Which account pays' },
  },
})
