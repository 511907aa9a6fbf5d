import { wealth } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of a wealth order: disclosed and found suitable before; here it is confirmed. */
export default defineCounter({
  id: 'wealth',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '理财', en: 'Wealth' },
  provides: wealth,
  words: {
    done: { 'zh-CN': '交易成功', en: 'Order complete' },
    notDone: { 'zh-CN': '没有成交', en: 'Not done' },
    accepted: { 'zh-CN': '委托已受理', en: 'Order taken' },
    thing: { 'zh-CN': '这笔交易', en: 'this order' },
    harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户购买', en: 'Which account pays' },
  },
})
