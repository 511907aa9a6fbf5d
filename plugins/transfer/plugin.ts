import { transfer } from '@inthread/sdk/capabilities'
import { defineCounter } from '@inthread/sdk/dialogue'

/** The bank's side of a transfer: a scene has found the payee and knows the amount; here it is confirmed and sent. */
export default defineCounter({
  id: 'transfer',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  title: { 'zh-CN': '转账', en: 'Transfer' },
  provides: transfer,
  words: {
    done: { 'zh-CN': '转账成功', en: 'Transfer complete' },
    notDone: { 'zh-CN': '没有转账成功', en: 'Not transferred' },
    accepted: { 'zh-CN': '转账已受理', en: 'Transfer accepted' },
    thing: { 'zh-CN': '这次转账', en: 'this transfer' },
    harmless: { 'zh-CN': '没有扣款', en: 'nothing was taken' },
    choose: { 'zh-CN': '用哪个账户转账', en: 'Which account sends' },
  },
})
