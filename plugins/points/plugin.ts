import { points } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of paying with points: points and money are held together and move together. */
export default defineCounter({
  id: 'points',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '积分支付', en: 'Points and money' },
  provides: points,
  words: {
    done: { 'zh-CN': '支付成功', en: 'Paid' },
    notDone: { 'zh-CN': '没有支付成功', en: 'Not paid' },
    accepted: { 'zh-CN': '已受理', en: 'Accepted' },
    thing: { 'zh-CN': '这次付款', en: 'this payment' },
    harmless: { 'zh-CN': '没有扣款，积分没有动', en: 'neither money nor points were taken' },
    choose: { 'zh-CN': '用哪个账户支付', en: 'Which account pays' },
  },
})
